"""The private cluster's configuration: one machine, bulk loads, many small reads, no network."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from geo import OFFICE_ZONE
from geo.problems import BadInput


def configuration(socket: Path, replaced: Mapping[str, str]) -> str:
    """The text of ``diming.conf``: the socket alone, memory by the machine's size, then what the caller replaces."""
    memory = _memory_mb()
    values = {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{socket}'",
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": f"{max(64, min(1024, memory // 8))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{max(64, min(512, memory // 16))}MB",
        # A load of a few million rows must not be slowed by checkpoints every few seconds.
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        # An acknowledged write must survive the machine's power failing.
        "synchronous_commit": "on",
        # Compiling costs more than it gains on the short queries of a register.
        "jit": "off",
        "random_page_cost": "1.1",
        "timezone": f"'{OFFICE_ZONE}'",
        "log_timezone": f"'{OFFICE_ZONE}'",
        "lc_messages": "'C.UTF-8'",
        "log_min_duration_statement": "5s",
        # A slow statement is logged without what was asked: that may be personal data.
        "log_parameter_max_length": "0",
        "idle_in_transaction_session_timeout": "10min",
    } | dict(replaced)
    return "".join(f"{name} = {value}\n" for name, value in values.items())


def archiving(folder: Path) -> dict[str, str]:
    """The settings that copy every finished segment of the log into ``folder`` and let replicas connect (WAL 归档).

    Raises:
        BadInput: the folder's name holds a quote, which PostgreSQL's command cannot.
    """
    if any(sign in str(folder) for sign in "'\"\\%"):
        raise BadInput(
            f"归档目录 {folder} 的名字里有引号、反斜杠或百分号", "换一个目录，再设 DIMING_WAL_ARCHIVE"
        )
    # The copy appears under its name only when it is whole, and never over another one.
    command = (
        f'test ! -f "{folder}/%f" && cp "%p" "{folder}/.%f.part" && mv "{folder}/.%f.part" "{folder}/%f"'
    )
    return {
        "wal_level": "replica",
        "max_wal_senders": "5",
        "wal_keep_size": "256MB",
        "archive_mode": "on",
        "archive_command": f"'{command}'",
        "archive_timeout": "5min",
    }


def identities(system_users: Iterable[str], roles: Iterable[str]) -> str:
    """The text of ``pg_ident.conf``: which system users may be which of the two roles."""
    return "".join(f"diming {user} {role}\n" for user in system_users for role in roles)


def _memory_mb() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
