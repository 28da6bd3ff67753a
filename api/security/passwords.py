"""Passwords (密码): Argon2id, and a rule that a person can follow."""

from __future__ import annotations

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from geo.problems import BadInput

SHORTEST, LONGEST = 10, 128
# Letters and digits that nobody confuses when reading them from a screen.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The Argon2id hash of a password that keeps the rule: 10 to 128 characters, more than two different ones.

    Raises:
        BadInput: too short, too long or a repetition.
    """
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < 3 or "\0" in password:
        raise BadInput(
            f"密码不合规定：要 {SHORTEST} 到 {LONGEST} 个字符，不能只是一两个字符的重复",
            "换一个更长的密码",
            code="password",
        )
    return _hasher.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether a password is the stored one. Takes as long for an unknown account (``None``) as for a known one."""
    try:
        return _hasher.verify(stored or _nobodys_hash(), password[:LONGEST]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def random_password() -> str:
    """A password of 16 readable characters in four groups (78 bits)."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_hex())
