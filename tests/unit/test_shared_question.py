"""One question for all who ask together, never an answer older than the asking, and one who leaves spoils nothing."""

from __future__ import annotations

import asyncio

from api.shared_question import SharedQuestion


class Source:
    """Answers with how often it was asked, after a moment."""

    def __init__(self) -> None:
        self.asked = 0
        self.broken = False

    async def __call__(self) -> int:
        self.asked += 1
        now = self.asked
        await asyncio.sleep(0.01)
        if self.broken:
            raise ConnectionError("away")
        return now


def test_those_who_ask_together_share_one_question():
    async def play() -> tuple[list[int], int]:
        source = Source()
        shared = SharedQuestion(source)
        return await asyncio.gather(*(shared.answer() for _ in range(16))), source.asked

    answers, asked = asyncio.run(play())
    assert answers == [1] * 16
    assert asked == 1


def test_who_comes_while_a_question_runs_gets_the_next_answer():
    async def play() -> tuple[int, int]:
        shared = SharedQuestion(Source())
        first = asyncio.create_task(shared.answer())
        await asyncio.sleep(0.005)
        return await first, await shared.answer()

    assert asyncio.run(play()) == (1, 2)

    async def late() -> list[int]:
        shared = SharedQuestion(Source())
        first = asyncio.create_task(shared.answer())
        await asyncio.sleep(0.005)
        second = asyncio.create_task(shared.answer())
        return await asyncio.gather(first, second)

    assert asyncio.run(late()) == [1, 2]


def test_one_who_hangs_up_does_not_take_the_answer_from_the_others():
    async def play() -> int:
        shared = SharedQuestion(Source())
        leaving, staying = (asyncio.create_task(shared.answer()) for _ in range(2))
        await asyncio.sleep(0.002)
        leaving.cancel()
        return await staying

    assert asyncio.run(play()) == 1


def test_a_question_that_fails_fails_for_each_who_waited_and_for_nobody_later():
    async def play() -> int:
        source = Source()
        source.broken = True
        shared = SharedQuestion(source)
        told = await asyncio.gather(shared.answer(), shared.answer(), return_exceptions=True)
        assert all(isinstance(one, ConnectionError) for one in told)
        source.broken = False
        return await shared.answer()

    assert asyncio.run(play()) == 2
