"""Devices (外业设备): a browser that one account works with; the office can shut one out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import NotAllowed, NotFound

_REGISTER: Final = text("""
    INSERT INTO register.field_device (id, account, division, label) VALUES (:id, :account, :division, :label)
    ON CONFLICT (id) DO UPDATE SET seen_at = now(), label = excluded.label, wiped_at = NULL
    WHERE field_device.account = excluded.account AND field_device.revoked_at IS NULL
    RETURNING id
""")
_SEEN: Final = text("""
    UPDATE register.field_device SET seen_at = now()
    WHERE id = :id AND account = :account AND revoked_at IS NULL RETURNING id
""")
_LIST: Final = text("""
    SELECT d.id::text, d.account, d.division, d.label, d.registered_at, d.seen_at, d.wiped_at, d.revoked_at,
           count(i.client_id) AS items
    FROM register.field_device d LEFT JOIN register.field_item i ON i.device = d.id
    WHERE d.division LIKE :within || '%'
    GROUP BY d.id ORDER BY d.revoked_at NULLS FIRST, d.seen_at DESC
""")


@dataclass(frozen=True, slots=True)
class Device:
    """One device as the office sees it; ``items`` is how many items it brought in."""

    id: str
    account: str
    division: str
    label: str
    registered_at: datetime
    seen_at: datetime
    wiped_at: datetime | None
    revoked_at: datetime | None
    items: int


def register(db: Session, device: str, *, account: str, division: str, label: str) -> None:
    """Note a device for an account; again is no error.

    Raises:
        NotAllowed: it belongs to another account, or the office shut it out.
    """
    found = db.scalar(
        _REGISTER, {"id": device, "account": account, "division": division, "label": label[:80] or "外业设备"}
    )
    if found is None:
        raise NotAllowed(
            "此设备已停用，或登记在别的账号名下", "请换用本人的设备，或联系系统管理员", code="field.device"
        )


def check(db: Session, device: str, *, account: str) -> None:
    """Note that the device is alive.

    Raises:
        NotAllowed: it is not registered to this account, or the office shut it out.
    """
    if db.scalar(_SEEN, {"id": device, "account": account}) is None:
        raise NotAllowed(
            "此设备没有登记，或已停用", "请联网重新“带走”，或联系系统管理员", code="field.device"
        )


def note_wiped(db: Session, device: str, *, account: str) -> None:
    """The device says that it wiped what it held."""
    db.execute(
        text("UPDATE register.field_device SET wiped_at = now() WHERE id = :id AND account = :account"),
        {"id": device, "account": account},
    )


def revoke(db: Session, device: str) -> None:
    """Take nothing more from a device that was lost or passed on.

    Raises:
        NotFound: no such device, or shut out already.
    """
    found = db.scalar(
        text("UPDATE register.field_device SET revoked_at = now() WHERE id = CAST(:id AS uuid) "
             "AND revoked_at IS NULL RETURNING id"),
        {"id": device},
    )  # fmt: skip
    if found is None:
        raise NotFound("没有这个在用的设备", "请刷新设备清单")


def listed(db: Session, within: str = "") -> list[Device]:
    """Every device of the divisions that begin so, those in use first."""
    return [Device(*row) for row in db.execute(_LIST, {"within": within})]
