"""One question to the database for all who ask it at the same time, with an answer that is never older than the asking."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class SharedQuestion(Generic[T]):
    """Asks a question once for every waiting request.

    A request joins only a question that has not yet been put: what was committed before the request came is in the
    answer. Sixteen requests that come together cost one or two questions instead of sixteen. Belongs to one event loop.
    """

    def __init__(self, ask: Callable[[], Awaitable[T]]) -> None:
        self._ask = ask
        self._one_at_a_time = asyncio.Lock()
        self._waiting: asyncio.Task[T] | None = None

    async def answer(self) -> T:
        """The answer as of now.

        Raises:
            Exception: whatever the question raised, to each who waited for it.
        """
        if self._waiting is None:
            self._waiting = asyncio.create_task(self._put())
        # A caller who hangs up must not take the answer from the others.
        return await asyncio.shield(self._waiting)

    async def _put(self) -> T:
        async with self._one_at_a_time:
            self._waiting = None  # whoever comes from here on asks anew
            return await self._ask()
