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
        self._waiting: list[asyncio.Future[T]] = []
        self._asking: asyncio.Task[None] | None = None

    async def answer(self) -> T:
        """The answer as of now.

        Raises:
            Exception: whatever the question raised, to each who waited for it.
        """
        # A future of its own for each: a caller who hangs up must not take the answer from the others.
        mine: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        if self._asking is None:
            self._asking = asyncio.create_task(self._put())
        return await mine

    async def _put(self) -> None:
        """Ask, one question after the other, as long as somebody waits."""
        try:
            # Once round the loop first: whoever comes in the same breath joins this question.
            await asyncio.sleep(0)
            while self._waiting:
                waiting, self._waiting = self._waiting, []  # whoever comes from here on asks anew
                await self._tell(waiting)
        finally:
            self._asking = None
            for left in self._waiting:
                left.cancel()
            self._waiting = []

    async def _tell(self, waiting: list[asyncio.Future[T]]) -> None:
        try:
            answer = await self._ask()
        except Exception as error:
            for one in waiting:
                if not one.done():
                    one.set_exception(error)
            return
        except BaseException:
            for one in waiting:
                one.cancel()
            raise
        for one in waiting:
            if not one.done():
                one.set_result(answer)
