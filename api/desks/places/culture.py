"""Heritage and stories of a name at the desk (地名文化)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from api.desks.done import done
from api.desks.officer import officer_of
from api.desks.places.common import Code, Named, Text, Token, day_of, href
from gazetteer.culture import heritage, stories
from geo.cases import attachments
from geo.problems import BadInput
from geo.store.engine import act, session

router = APIRouter(include_in_schema=False, prefix="/desk/places")


@router.post("/{kind}/{code}/heritage")
def protect(
    request: Request, kind: Named, code: Code, heritage_class: Annotated[str, Form(max_length=20)],
    level: Annotated[str, Form(max_length=10)], evidence: Text, since: Annotated[str, Form(max_length=6)] = "",
    listed_on: Annotated[str, Form(max_length=10)] = "", document: Annotated[str, Form(max_length=200)] = "",
    protection: Text = "", token: Token = "",
) -> Response:  # fmt: skip
    """Put the name on a protection list."""
    officer = officer_of(request, token)
    if since and not since.lstrip("-").isdigit():
        raise BadInput(f"“{since}”不是年份。", "填公元年份，公元前用负数。", code="heritage.year")
    with session() as db:
        act(db, actor=officer.name, action=f"{kind}.protect", request_id=officer.request_id)
        heritage.add(db, kind, code, heritage_class, level, evidence=evidence, since_year=int(since) if since else None,
                     listed_on=day_of(listed_on) if listed_on else None, document=document, protection=protection)  # fmt: skip
    return done(href(kind, code), "已列入保护名录。")


@router.post("/{kind}/{code}/stories")
def tell(
    request: Request, kind: Named, code: Code, title: Annotated[str, Form(max_length=100)],
    body: Annotated[str, Form(max_length=20_000)], teller: Annotated[str, Form(max_length=100)] = "", token: Token = "",
    media: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:  # fmt: skip
    """Write a story, with the pictures and recordings that are given; a draft first."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action=f"{kind}.story", request_id=officer.request_id)
        number = stories.write(db, kind, code, title, body, teller=teller)
        for file in media or ():
            if file.filename:
                attachments.put(
                    db, stories.OWNER, code, str(number), file.filename, file.file.read(), actor=officer.name
                )
    return done(href(kind, code), "故事已存为草稿，点“公开”后显示在地名页上。")


@router.post("/{kind}/{code}/stories/{story}")
def publish(
    request: Request, kind: Named, code: Code, story: int, state: Annotated[str, Form(max_length=10)],
    version: Annotated[int, Form()], token: Token = "",
) -> Response:  # fmt: skip
    """Make a story public or take it off."""
    officer = officer_of(request, token)
    with session() as db:
        act(db, actor=officer.name, action=f"{kind}.story", request_id=officer.request_id)
        stories.publish(db, story, state, version=version)
    return done(href(kind, code), "已公开。" if state == "公开" else "已撤下。")
