"""How the program logs: one line an event, JSON where a machine reads, and never a variable's content.

Tracebacks are plain: the usual rich form prints local variables, and those hold the addresses people ask for.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from typing import Any

import orjson
import structlog


def configure() -> None:
    """Set up logging for this process: readable on a terminal, JSON lines otherwise."""
    on_terminal = sys.stderr.isatty()
    plain = structlog.dev.ConsoleRenderer(
        colors=on_terminal, exception_formatter=structlog.dev.plain_traceback
    )
    last = [plain] if on_terminal else [structlog.processors.format_exc_info, _json()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=False),
            *last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _json() -> structlog.processors.JSONRenderer:
    return structlog.processors.JSONRenderer(serializer=_dumped)


def _dumped(event: dict[str, Any], *, default: Callable[[Any], Any]) -> str:
    """A line for each request is written: with the quick writer, and Chinese as it stands."""
    try:
        return orjson.dumps(event, default=default, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:  # half a character, a number of a hundred digits: what the quick one refuses
        return json.dumps(event, default=default, ensure_ascii=False)
