"""Who may do what: accounts, rights, audit (系统). Three administrators that nobody unites (三员分立)."""

from __future__ import annotations

from api.rights.callers import STAFF

_THREE = frozenset({"administrator", "security", "auditor"})
_ADMINISTRATOR = frozenset({"administrator"})
_GRANTS = frozenset({"administrator", "security"})
_AUDITOR = frozenset({"auditor"})
_ACCOUNT = "/desk/system/accounts/{name}"
_ME = "/desk/system/me"

RIGHTS: dict[tuple[str, str], frozenset[str]] = {
    ("GET", "/desk/system"): STAFF,
    # one's own account
    ("GET", _ME): STAFF,
    ("POST", f"{_ME}/password"): STAFF,
    ("POST", f"{_ME}/logins/end"): STAFF,
    ("POST", f"{_ME}/code"): STAFF,
    ("POST", f"{_ME}/code/confirm"): STAFF,
    ("POST", f"{_ME}/code/off"): STAFF,
    # accounts: the administrator opens and closes them, the security administrator says what they may do
    ("GET", "/desk/system/accounts"): _THREE,
    ("POST", "/desk/system/accounts"): _ADMINISTRATOR,
    ("GET", _ACCOUNT): _THREE,
    ("POST", f"{_ACCOUNT}/disable"): _ADMINISTRATOR,
    ("POST", f"{_ACCOUNT}/enable"): _ADMINISTRATOR,
    ("POST", f"{_ACCOUNT}/password"): _ADMINISTRATOR,
    ("POST", f"{_ACCOUNT}/unlock"): _ADMINISTRATOR,
    ("POST", f"{_ACCOUNT}/grant"): _GRANTS,
    ("POST", "/desk/system/organisations"): _GRANTS,
    # keys for programs
    ("GET", "/desk/system/keys"): _GRANTS,
    ("POST", "/desk/system/keys"): _GRANTS,
    ("POST", "/desk/system/keys/revoke"): _GRANTS,
    # looking back
    ("GET", "/desk/system/why"): _THREE,
    ("GET", "/desk/system/audit"): _AUDITOR,
    ("GET", "/desk/system/audit/export"): _AUDITOR,
    # background work
    ("GET", "/desk/system/jobs"): _ADMINISTRATOR,
    ("POST", "/desk/system/jobs/{job}/stop"): _ADMINISTRATOR,
    ("POST", "/desk/system/jobs/{job}/retry"): _ADMINISTRATOR,
}
