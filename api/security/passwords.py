"""Passwords (密码): Argon2id, and a rule that a person can follow."""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from geo.problems import BadInput

SHORTEST, LONGEST = 10, 128
# Letters and digits that nobody confuses when reading them from a screen.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
# What people choose when they must choose ten characters: walks over the keyboard and the alphabet, and these words.
_WALKS: Final = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv",
)
_WORDS: Final = (
    "password",
    "passw0rd",
    "woaini",
    "iloveyou",
    "admin",
    "diming",
    "minzheng",
    "letmein",
    "welcome",
)
_hasher = PasswordHasher()


def hash_password(password: str, *, name: str = "") -> str:
    """The Argon2id hash of a password that keeps the rule (:func:`check_password`).

    Raises:
        BadInput: it does not keep the rule; the sentence says which part of it.
    """
    check_password(password, name=name)
    return _hasher.hash(password)


def check_password(password: str, *, name: str = "") -> None:
    """Refuse what is guessed first. 10 to 128 characters of any script; no rule about kinds of characters.

    Args:
        password: as typed.
        name: the account's name, which the password must not be made of.

    Raises:
        BadInput: too short, too long, a repetition, a walk over the keyboard, a common word, or the account's name.
    """
    if not SHORTEST <= len(password) <= LONGEST or len(set(password)) < 3 or "\0" in password:
        raise BadInput(
            f"密码不合规定：要 {SHORTEST} 到 {LONGEST} 个字符，不能只是一两个字符的重复",
            "换一个更长的密码",
            code="password",
        )
    if len(_own_part(password.lower(), name.lower())) < SHORTEST // 2:
        raise BadInput(
            "密码太容易猜到：不要用账号名、常见词或键盘上相邻的字符",
            "换几个不相干的词连起来",
            code="password",
        )


def _own_part(password: str, name: str) -> str:
    """What is left of a password without the parts that everybody tries."""
    for known in (name, *_WORDS):
        if len(known) >= 4:
            password = password.replace(known, "")
    for walk in (part for w in _WALKS for part in (w, w[::-1])):
        for length in range(len(walk), 3, -1):
            for start in range(len(walk) - length + 1):
                password = password.replace(walk[start : start + length], "")
    return password


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
