"""The counter's form as it comes in, and what it means; nothing typed is lost when it is refused."""

from __future__ import annotations

from typing import Annotated

import shapely
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from api import lookup
from api.desks.drawn import drawn
from gazetteer.registration import looking
from gazetteer.registration.model import Application, Person
from geo.problems import BadInput, Finding, Problem

SURE = 0.9
"""So sure an answer must be to stand for what an applicant wrote; the window looks at it again anyway."""
Short = Annotated[str, Field(max_length=100)]


class CounterForm(BaseModel):
    """Every field of the form, as text."""

    model_config = ConfigDict(str_strip_whitespace=True)

    token: str = Field("", max_length=200)
    step: str = Field("", max_length=20)
    kind: str = Field("新编", max_length=10)
    address: str = Field("", max_length=200)
    handle: str = Field("", max_length=64)
    handle_name: Short = ""
    point: str = Field("", max_length=2000)
    number: str = Field("", max_length=20)
    sub: str = Field("", max_length=10)
    bld: str = Field("", max_length=10)
    unit: str = Field("", max_length=10)
    room: str = Field("", max_length=10)
    use_reserved: str = Field("", max_length=1)
    temporary: str = Field("", max_length=1)
    plate_size: str = Field("小门牌", max_length=10)
    postcode: str = Field("", max_length=10)
    former: str = Field("", max_length=200)
    successor: str = Field("", max_length=64)
    same_as: str = Field("", max_length=2000)
    applicant_kind: str = Field("个人", max_length=4)
    applicant: Short = ""
    id_number: str = Field("", max_length=30)
    phone: str = Field("", max_length=30)
    title_number: Short = ""
    materials: list[str] = Field(default_factory=list, max_length=20)
    note: str = Field("", max_length=500)
    opened: str = Field("", max_length=20)
    seen: str = Field("", max_length=10)


def plain(text: str) -> str:
    """Text without control characters, which neither a screen nor the database holds."""
    return "".join(c for c in text if c >= " ")


def application_of(db: Session, form: CounterForm, *, channel: str, seconds: int | None) -> Application:
    """What a form means: the road by code or by its whole name, the place from the map's field.

    Raises:
        BadInput: the place cannot be read.
    """
    lon, lat = place_of(form.point)
    return Application(
        kind=form.kind, channel=channel, address=form.address, handle=form.handle or handle_named(db, form.handle_name),
        number=plain(form.number).removesuffix("号"), sub=plain(form.sub), bld=plain(form.bld).removesuffix("幢"),
        unit=plain(form.unit).removesuffix("单元"), room=plain(form.room).removesuffix("室"), lon=lon, lat=lat,
        temporary=bool(form.temporary), use_reserved=bool(form.use_reserved), plate_size=form.plate_size,
        postcode=form.postcode, former=plain(form.former), successor=form.successor,
        same_as=tuple(plain(line).strip()[:200] for line in form.same_as.splitlines() if plain(line).strip())[:20],
        materials=tuple(form.materials), note=plain(form.note), seconds=seconds,
        person=Person(form.applicant_kind if form.applicant_kind == "单位" else "个人", plain(form.applicant),
                      plain(form.id_number), plain(form.phone), plain(form.title_number)),
    )  # fmt: skip


def with_address(form: CounterForm) -> CounterForm:
    """The applicant's form with the code of the address that was written out; what is no sure address stays to be refused.

    Raises:
        BadInput: the wording names no registered door for sure.
    """
    said = form.address
    if not said or said.isascii():
        return form
    answer = lookup.engine().geocode(said)
    best = answer.best
    if best is None or best.level != "door" or (answer.status != "auto" and answer.confidence < SURE):
        near = f"，是不是{best.standard_address}" if best is not None and best.level == "door" else ""
        finding = Finding("registration.address", "block", "address · 已登记的地址", f"没有找到“{said[:60]}”{near}",
                          "写全区、镇街、道路和门牌号；不清楚的到窗口办理")  # fmt: skip
        raise BadInput(finding.evidence + "。", finding.remedy + "。", code=finding.code, findings=(finding,))
    return form.model_copy(update={"address": best.code})


def form_of(given: Application, handle_name: str, seen: int) -> CounterForm:
    """The form filled with an application that is to be corrected; ``seen`` is its version."""
    who = given.person
    plain = {name: getattr(given, name) for name in (
        "kind", "address", "handle", "number", "sub", "bld", "unit", "room", "plate_size", "postcode", "former", "successor",
        "note")}  # fmt: skip
    return CounterForm(
        **plain, handle_name=handle_name, temporary="1" if given.temporary else "", same_as="\n".join(given.same_as),
        point=f"{given.lon},{given.lat}" if given.lon is not None else "", materials=list(given.materials), seen=str(seen),
        applicant_kind=who.kind, applicant=who.name, id_number=who.id_number, phone=who.phone, title_number=who.title_number,
    )  # fmt: skip


def seen_of(form: CounterForm) -> int:
    """The version that the form started from; 0, which no case has, where it is not said."""
    return int(form.seen) if form.seen.isascii() and form.seen.isdigit() else 0


def place_of(text: str) -> tuple[float | None, float | None]:
    """Longitude and latitude of the map's field; none where it is empty.

    Raises:
        BadInput: it holds something else.
    """
    if not text.strip():
        return None, None
    shape = drawn(text, "point")
    if not isinstance(shape, shapely.Point):
        raise BadInput("位置不是一个点。", "在地图上点出门的位置。", code="registration.point")
    return round(shape.x, 8), round(shape.y, 8)


def handle_named(db: Session, name: str) -> str:
    """Code of the only road, natural village or estate of this name; empty where there is none or several."""
    found = [h for h in looking.handles(db, name) if h.name == name] if name else []
    return found[0].code if len(found) == 1 else ""


def errors_of(problem: Problem) -> dict[str, str]:
    """A refusal as sentences by field of the form; the field stands before ``·`` in a finding's place."""
    told = {f.where.partition(" · ")[0]: sentence_of(f) for f in problem.findings if f.severity == "block"}
    return told or {"": f"{problem.sentence}{problem.remedy}"}


def sentence_of(finding: Finding) -> str:
    """A finding as a sentence without the field's key."""
    label = finding.where.partition(" · ")[2]
    return (
        f"{label}：{finding.evidence}。{finding.remedy}。"
        if label
        else f"{finding.evidence}。{finding.remedy}。"
    )


def shown(findings: list[Finding]) -> list[Finding]:
    """Findings with the field's Chinese name alone, for the screen."""
    return [
        Finding(f.code, f.severity, f.where.partition(" · ")[2] or f.where, f.evidence, f.remedy, f.row)
        for f in findings
    ]
