"""One question for all who ask together, never an answer older than the asking, and one who leaves spoils nothing."""

from __future__ import annotations

import asyncio

from api.shared_question import SharedQuestion


class Source:
    """Answers with how often it was asked, once it may."""

    def __init__(self) -> None:
        self.asked = 0
        self.broken = False
        self.put = asyncio.Event()
        self.may = asyncio.Event()

    async def __call__(self) -> int:
        self.asked += 1
        now = self.asked
        self.put.set()
        await self.may.wait()
        if self.broken:
            raise ConnectionError("away")
        return now


def test_those_who_ask_together_share_one_question():
    async def play() -> tuple[list[int], int]:
        source = Source()
        source.may.set()
        shared = SharedQuestion(source)
        return await asyncio.gather(*(shared.answer() for _ in range(16))), source.asked

    answers, asked = asyncio.run(play())
    assert answers == [1] * 16
    assert asked == 1


def test_who_comes_while_a_question_runs_gets_the_next_answer():
    async def play() -> tuple[int, int]:
        source = Source()
        shared = SharedQuestion(source)
        first = asyncio.create_task(shared.answer())
        await source.put.wait()
        source.may.set()
        return await first, await shared.answer()

    assert asyncio.run(play()) == (1, 2)

    async def late() -> list[int]:
        source = Source()
        shared = SharedQuestion(source)
        first = asyncio.create_task(shared.answer())
        await source.put.wait()
        second = asyncio.create_task(shared.answer())
        await asyncio.sleep(0)  # it stands in line now
        source.may.set()
        return await asyncio.gather(first, second)

    assert asyncio.run(late()) == [1, 2]


def test_one_who_hangs_up_does_not_take_the_answer_from_the_others():
    async def play() -> int:
        source = Source()
        shared = SharedQuestion(source)
        leaving, staying = (asyncio.create_task(shared.answer()) for _ in range(2))
        await source.put.wait()
        leaving.cancel()
        source.may.set()
        return await staying

    assert asyncio.run(play()) == 1


def test_a_question_that_fails_fails_for_each_who_waited_and_for_nobody_later():
    async def play() -> int:
        source = Source()
        source.broken = True
        source.may.set()
        shared = SharedQuestion(source)
        told = await asyncio.gather(shared.answer(), shared.answer(), return_exceptions=True)
        assert all(isinstance(one, ConnectionError) for one in told)
        source.broken = False
        return await shared.answer()

    assert asyncio.run(play()) == 2
