"""Keys of this installation (密钥), in the folder ``keys`` of the data folder, each readable by its owner alone.

One encrypts the secrets of second steps, one signs what the audit gives out. The folder is part of every backup.
"""

from __future__ import annotations

import base64
import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from geo.problems import Unavailable
from geo.settings import settings

CONTEXT: Final = b"diming audit 1\n"
"""Stands before what is signed, so that a signature can never serve for anything else."""


def seal_secret(secret: str) -> bytes:
    """A secret as the database may keep it."""
    return Fernet(_key(_folder() / "secrets.key")).encrypt(secret.encode())


def open_secret(sealed: bytes) -> str:
    """The secret again.

    Raises:
        Unavailable: the key in the data folder is not the one it was sealed with.
    """
    try:
        return Fernet(_key(_folder() / "secrets.key")).decrypt(sealed).decode()
    except InvalidToken as error:
        raise Unavailable(
            "动态码密钥读不出来", "请管理员恢复数据目录里的 keys 文件夹，或重置该账号的动态码"
        ) from error


def sign(content: bytes) -> str:
    """The Ed25519 signature over a content, in base64."""
    return base64.b64encode(_private().sign(CONTEXT + content)).decode()


def signed(content: bytes, signature: str, public_key: str) -> bool:
    """Whether the holder of ``public_key`` (base64 of its 32 bytes) signed the content."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
        key.verify(base64.b64decode(signature), CONTEXT + content)
    except (ValueError, InvalidSignature):
        return False
    return True


def public_key() -> str:
    """The public half of the key that signs, in base64: give it to whoever checks exports."""
    raw = _private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(_key(_folder() / "audit.key")))


def _folder() -> Path:
    return settings().home / "keys"


@lru_cache(maxsize=8)
def _key(file: Path) -> bytes:
    """32 random bytes in base64, made on first use: of two processes that come first together, one key stays."""
    try:
        if not file.exists():
            _make(file)
        return file.read_bytes()
    except OSError as error:
        raise Unavailable(f"密钥文件 {file} 读写不了", "请管理员检查数据目录的权限和剩余空间") from error


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = file.with_name(f".{os.getpid()}.{file.name}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    raw = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    with os.fdopen(descriptor, "wb") as target:
        target.write(base64.urlsafe_b64encode(raw))
        target.flush()
        os.fsync(target.fileno())
    try:
        os.link(part, file)
    except FileExistsError:
        return
    finally:
        part.unlink()
