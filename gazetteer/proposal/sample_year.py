"""A year of made-up naming work (示例数据) for the living sample: proposals in every state, dated around today.

Each case is walked by the same acts as a real one; ``accept@29`` means that it was taken in 29 days ago.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.proposal import batch, deciding, entering, signs, steps, store, voices
from gazetteer.proposal.model import MACHINE
from gazetteer.proposal.sample_load import ACTOR, make_estate, spots
from gazetteer.sample.dated import lay_back
from geo.problems import BadInput
from geo.store.engine import act, session

_OFFICER: Final = steps.Officer(ACTOR, frozenset({"officer", "reviewer", "counter"}))
_TITLE: Final = "示例：春季补命名"
_CASES: Final = (
    ("水岸书苑", "临水而居，书声相闻", "窗口",
     "submit@268 accept@267 check@266 argue@264 notice@262 comment@258 close@252 opine@250 approve@246 file@240 announce@236 sign@190"),
    ("江畔花苑", "永宁江畔", "网上",
     "submit@182 accept@181 check@180 notice@178 close@168 opine@167 approve@163 file@155 announce@150 sign@101"),
    ("橘洲名苑", "取橘洲旧意", "窗口",
     "submit@66 accept@65 check@64 notice@63 close@53 opine@50 approve@20"),
    ("翠屿雅苑", "翠屿为景", "窗口", "submit@48 accept@47 check@46 notice@45 close@36 opine@33 approve@13"),
    ("枫溪家园", "溪畔有枫", "窗口",
     "submit@46 accept@45 check@44 notice@43 close@34 opine@31 approve@12 file@5"),
    ("松岚名苑", "山岚松色", "窗口", "submit@29 accept@28 check@27 argue@26 consult@24 notice@20 close@11 opine@3"),
    ("银桂花园", "园植银桂", "网上", "submit@9 accept@8 check@7 argue@6 notice@5 comment@3 comment@1"),
    ("溪山雅苑", "溪山相映", "窗口", "submit@12 accept@11 check@10 argue@9 consult@4 meeting@2"),
    ("竹里家园", "竹里人家", "窗口", "submit@8 accept@7 check@6 argue@2"),
    ("荷塘雅苑", "旧有荷塘", "窗口", "submit@20 accept@19 check@18"),
    ("帝豪公馆", "气派非凡", "窗口", "submit@40 accept@39 refuse@36"),
    ("云锦新村", "云锦之意", "网上", "submit@6 correct@5"),
    ("和风花苑", "和风送暖", "网上", "submit@25 withdraw@24"),
)  # fmt: skip
_SAID: Final = {
    "correct": "总平面图缺四至坐标，申请表未盖章，请一次补齐。",
    "refuse": "名称用词不符合《地名管理条例》第九条，校验 N11 拦截，请另拟名称（示例）。",
}
_COMMENTS: Final = ("名字好记，赞成。", "附近已有读音相近的小区，送快递容易送错，建议再想想。")
_UNNAMED: Final = text("""
    SELECT id FROM (
      SELECT DISTINCT ON (s.division) s.division, s.id FROM register.road_segment s
      WHERE s.road IS NULL AND s.made_up AND s.valid_to IS NULL AND s.road_class = '巷弄'
        AND NOT EXISTS (SELECT FROM register.proposal p WHERE p.segments @> ARRAY[s.id])
      ORDER BY s.division, s.id) q
    ORDER BY division LIMIT :n
""")


def load_sample_year(*, lanes: int = 4) -> int:
    """Put the year's cases in, unless they are there, and give how many."""
    with session(timeout_s=0) as db:
        if db.scalar(
            text("SELECT EXISTS (SELECT FROM register.naming_batch WHERE title = :t)"), {"t": _TITLE}
        ):
            return 0
        act(db, actor=ACTOR, action="proposal.sample")
        made = 0
        # The first spots of the list belong to the few cases that every sample has.
        for (name, meaning, channel, path), spot in zip(_CASES, spots(db)[6:], strict=False):
            _walk(db, make_estate(db, name, meaning, spot, channel=channel), path)
            made += 1
        return made + _lanes(db, lanes)


def _walk(db: Session, code: str, path: str) -> None:
    days = []
    for step in path.split():
        word, _, ago = step.partition("@")
        on = store.today() - timedelta(int(ago))
        _ACTS.get(word, _plain)(db, code, on, word)
        if word not in ("comment", "meeting"):
            days.append(on)
    first = days[0] - timedelta(1)
    lay_back(db, MACHINE, code, [first, *days])
    db.execute(
        text("UPDATE register.proposal SET made_at = :on WHERE code = :code"), {"on": first, "code": code}
    )


def _plain(db: Session, code: str, on: date, word: str) -> None:
    steps.simple(db, code, word, officer=_OFFICER, on=on)


def _reasoned(db: Session, code: str, on: date, word: str) -> None:
    steps.reasoned(db, code, word, officer=_OFFICER, note=_SAID[word], on=on)


def _argue(db: Session, code: str, on: date, word: str) -> None:
    _plain(db, code, on, word)
    for name, organisation, field in voices.experts(db)[:3]:
        voices.add(db, code, "expert", f"从{field}看，名称含义健康，易读易记。", actor=ACTOR, name=name,
                   organisation=organisation, verdict="同意", given_on=on)  # fmt: skip


def _consult(db: Session, code: str, on: date, word: str) -> None:
    _plain(db, code, on, word)
    for office, verdict, words in (
        ("示例公安分局", "同意", "门牌编制无冲突。"), ("示例自然资源分局", "同意", "与规划一致。"),
        ("示例街道办事处", "建议修改", "建议征求附近居民意见。"),
    ):  # fmt: skip
        voices.add(
            db, code, "department", words, actor=ACTOR, organisation=office, verdict=verdict, given_on=on
        )


def _meeting(db: Session, code: str, on: date, word: str) -> None:
    voices.add(db, code, "meeting", "地名工作联席会议第3次会议（示例）：原则同意，公示后按程序报批。", actor=ACTOR,
               organisation="区地名工作联席会议办公室（示例）", verdict="同意", given_on=on)  # fmt: skip


def _comment(db: Session, code: str, on: date, word: str) -> None:
    said = sum(voice.kind == "public" for voice in voices.of(db, code))
    voices.comment(
        db, code, _COMMENTS[said % 2], name=f"示例居民{said + 1}", contact="", network="示例", on=on
    )


def _close(db: Session, code: str, on: date, word: str) -> None:
    for voice in voices.of(db, code):
        if voice.kind == "public" and not voice.outcome:
            voices.handle(db, voice.id, "采纳", "感谢支持。", actor=ACTOR, shown=voice.content)
    steps.close(db, code, officer=_OFFICER, on=on)


def _sign(db: Session, code: str, on: date, word: str) -> None:
    """The signs of the name are ordered, made and set up; the last of them ends the case."""
    known = store.find(db, code)
    for made in signs.order(
        db, code, signs.spots(db, known), officer=_OFFICER, on=on - timedelta(21), maker="示例标牌厂"
    ):
        signs.move(db, made, "made", officer=_OFFICER, on=on - timedelta(5), version=1)
        signs.move(db, made, "set", officer=_OFFICER, on=on, version=2)


def _number(db: Session, on: date) -> str:
    made = db.scalar(text("SELECT count(*) FROM register.naming_decision WHERE kind = 'approval' "
                          "AND extract(year FROM decided_on) = :year"), {"year": on.year})  # fmt: skip
    return f"示例建地名〔{on.year}〕{int(made or 0) + 1}号"


def _lanes(db: Session, count: int) -> int:
    """One batch of unnamed lanes that got its names this spring, under one opinion and one approval."""
    ids = list(db.scalars(_UNNAMED, {"n": count}))
    if not ids:
        return 0
    codes = batch.start(db, [[one] for one in ids], actor=ACTOR, title=_TITLE)
    today = store.today()
    ready = [code for code in codes if _checked(db, code, today)]
    opined, approved, filed, announced, signed = (today - timedelta(n) for n in (204, 198, 190, 186, 140))
    if ready:
        deciding.opine(db, ready, officer=_OFFICER, on=opined)
        deciding.approve(db, ready, _number(db, approved), officer=_OFFICER, on=approved)
    for at, code in enumerate(ready, start=1):
        steps.file(db, code, f"示例备{filed.year}-补{at}", officer=_OFFICER, on=filed)
        entering.announce(db, code, f"示例公告{announced.year}年补第{at}号", officer=_OFFICER, on=announced)
        _sign(db, code, signed, "sign")
        came = today - timedelta(215)
        lay_back(db, MACHINE, code, [came, came, came, opined, approved, filed, announced, signed])
        db.execute(
            text("UPDATE register.proposal SET made_at = :on WHERE code = :code"), {"on": came, "code": code}
        )
    return len(codes)


def _checked(db: Session, code: str, today: date) -> bool:
    """Take a lane in and check it; a name that a check stops waits for an officer, as it would."""
    on = today - timedelta(215)
    steps.accept(db, code, officer=_OFFICER, on=on)
    try:
        steps.check(db, code, officer=_OFFICER, on=on)
    except BadInput:
        return False
    return True


_ACTS: Final[dict[str, Callable[[Session, str, date, str], Any]]] = {
    "accept": lambda db, code, on, _: steps.accept(db, code, officer=_OFFICER, on=on),
    "check": lambda db, code, on, _: steps.check(db, code, officer=_OFFICER, on=on),
    "argue": _argue, "consult": _consult, "meeting": _meeting, "comment": _comment, "close": _close,
    "notice": lambda db, code, on, _: steps.notice(db, code, officer=_OFFICER, on=on),
    "opine": lambda db, code, on, _: deciding.opine(db, [code], officer=_OFFICER, on=on),
    "approve": lambda db, code, on, _: deciding.approve(db, [code], _number(db, on), officer=_OFFICER, on=on),
    "file": lambda db, code, on, _: steps.file(db, code, f"示例备{on.year}-{code[-4:]}", officer=_OFFICER, on=on),
    "announce": lambda db, code, on, _: entering.announce(db, code, f"示例公告{on.year}年{code[-4:]}号", officer=_OFFICER, on=on),
    "correct": _reasoned, "refuse": _reasoned, "sign": _sign,
}  # fmt: skip
