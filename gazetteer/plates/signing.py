"""Sign codes (门牌码签名), so that anyone with the public key can tell a forged plate without asking the server.

Ed25519 over the code. The private key lies in ``DIMING_HOME/plates``, readable by its owner alone, and is made when
the first plate is signed. Public keys of earlier times stay in the folder: what they signed hangs on walls for decades.
"""

from __future__ import annotations

import base64
import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from geo.problems import Unavailable
from geo.settings import settings

CONTEXT: Final = b"diming plate 1\n"
"""Stands before the code in what is signed, so that a signature can never serve for anything else."""
_PRIVATE, _PUBLIC = "signing.pem", "{}.pub.pem"


def sign(code: str) -> str:
    """The signature of a code: 86 characters of base64url. The same code always has the same one."""
    return _text(_private(_folder()).sign(CONTEXT + code.encode()))


def verify(code: str, signature: str) -> bool:
    """Whether one of this office's keys signed the code; never raises for what a stranger typed."""
    try:
        given = base64.b64decode(signature + "=" * (-len(signature) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return False
    return any(_signed(key, given, code) for key in _public_keys(_folder()))


def public_keys() -> list[dict[str, str]]:
    """Every key that signatures are checked with, as JSON Web Keys (RFC 8037), for the published endpoint."""
    _private(_folder())
    raw = [key.public_bytes(Encoding.Raw, PublicFormat.Raw) for key in _public_keys(_folder())]
    return [{"kty": "OKP", "crv": "Ed25519", "kid": _kid(one), "x": _text(one)} for one in raw]


def _signed(key: Ed25519PublicKey, given: bytes, code: str) -> bool:
    try:
        key.verify(given, CONTEXT + code.encode())
    except InvalidSignature:
        return False
    return True


def _folder() -> Path:
    return settings().home / "plates"


@lru_cache(maxsize=4)
def _private(folder: Path) -> Ed25519PrivateKey:
    file = folder / _PRIVATE
    try:
        if not file.exists():
            _make(folder)
        key = load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError) as error:
        raise Unavailable(
            "门牌签名密钥读不出来。", f"请管理员检查 {file}，不要自行重建：旧门牌靠它验真。"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Unavailable("门牌签名密钥不是 Ed25519 密钥。", f"请管理员恢复 {file}。")
    return key


@lru_cache(maxsize=4)
def _public_keys(folder: Path) -> tuple[Ed25519PublicKey, ...]:
    own = _private(folder).public_key()
    found = [own]
    for file in sorted(folder.glob(_PUBLIC.format("*"))):
        key = load_pem_public_key(file.read_bytes())
        if isinstance(key, Ed25519PublicKey) and key != own:
            found.append(key)
    return tuple(found)


def _make(folder: Path) -> None:
    """Make the key once: of two processes that come first together, one key stays and both read it."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Ed25519PrivateKey.generate()
    part = folder / f".{os.getpid()}.part"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    try:
        os.link(part, folder / _PRIVATE)
    except FileExistsError:
        return
    finally:
        part.unlink()
    public = made.public_key()
    kid = _kid(public.public_bytes(Encoding.Raw, PublicFormat.Raw))
    (folder / _PUBLIC.format(kid)).write_bytes(
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )


def _kid(raw: bytes) -> str:
    return raw[:4].hex()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
