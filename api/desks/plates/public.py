"""What a scan shows (扫码页): everybody the address, staff the state and a quick report, the office the record's link."""

from __future__ import annotations

from typing import Annotated, Final

import orjson
from fastapi import APIRouter, Form, Path, Query, Request, Response
from sqlalchemy import text

from api import lookup
from api.desks.done import done
from api.desks.plates.look import look, origin_of
from api.pages.plate import plate_of
from api.pages.templates import page
from api.rights.callers import DESK
from api.security.caller import check_csrf, identify
from gazetteer.plates import repairs
from gazetteer.plates.codes import spaced
from gazetteer.plates.repairs import CAUSES
from gazetteer.plates.scanning import scan
from gazetteer.plates.signing import public_keys
from geo.cases import attachments
from geo.problems import TooOften
from geo.store.engine import act, session

router = APIRouter(tags=["门牌"])

Code = Annotated[str, Path(max_length=64)]
Signature = Annotated[str, Query(alias="s", max_length=200)]
GRID: Final = frozenset({"township", "inspector"})
HOURLY: Final = 5
"""Reports of plates from one network address within an hour."""

_RECENT = text(
    "SELECT count(*) FROM register.plate_repair WHERE origin = :origin AND reported_at > now() - interval '1 hour'"
)


@router.get("/p/{code}", include_in_schema=False)
def scanned(request: Request, code: Code, signature: Signature = "") -> Response:
    """The address as a plate, pinyin, map, story, services, the words for an emergency call; more for staff."""
    found = look(request, code, signature)
    with session() as db:
        seen = scan(db, found.plate)
        photos = attachments.of(db, "plate", found.plate.code) if _grid(request) else []
    shown = seen.successor or seen.plate
    answer = page(
        request, "plates/scan.html", scan=seen, shown=shown, signature=found.signature, causes=CAUSES,
        spaced=spaced(found.plate.code), plate=plate_of(lookup.engine().parse(shown.standard_address), shown.handle_name),
        grid=_grid(request), office=bool(identify(request).roles & DESK), photos=photos, given=signature,
        ended=found.plate.state == "retired" or found.plate.address_ended is not None,
    )  # fmt: skip
    # Who scans where is nobody else's business: the next page does not learn the address of this one.
    answer.headers["referrer-policy"] = "no-referrer"
    answer.headers["x-robots-tag"] = "noindex"
    return answer


@router.post("/p/{code}/report", include_in_schema=False)
def report(
    request: Request,
    code: Code,
    cause: Annotated[str, Form(max_length=20)] = "",
    note: Annotated[str, Form(max_length=200)] = "",
    signature: Annotated[str, Form(alias="s", max_length=200)] = "",
    token: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Anybody says that a plate is damaged; an order opens, the state changes when staff has looked."""
    check_csrf(request, token)
    found = look(request, code, signature)
    origin = origin_of(request)
    with session() as db:
        if (db.scalar(_RECENT, {"origin": origin}) or 0) >= HOURLY:
            raise TooOften(
                "提交的报修太多。", "请一小时后再试，急事请直接联系地名主管部门。", code="report-throttled"
            )
        actor = identify(request).name
        act(db, actor=actor, action="plate.report")
        order = repairs.report(
            db, found.plate.code, cause, note=_plain(note), reporter="公众", actor=actor, origin=origin
        )
    back = f"/p/{found.plate.code}" + (f"?s={signature}" if signature else "")
    return done(back, f"已收到，工单号 {order}，30 天内处理。")


@router.get("/v1/plate-keys", summary="门牌签名公钥")
def keys() -> Response:
    """The keys with which a plate's code can be checked without this server: Ed25519 over ``diming plate 1\\n`` and the code."""
    body = {"context": "diming plate 1\n", "keys": public_keys()}
    return Response(
        orjson.dumps(body), media_type="application/json", headers={"cache-control": "max-age=3600"}
    )


def _grid(request: Request) -> bool:
    return bool(identify(request).roles & GRID)


def _plain(note: str) -> str:
    return "".join(char for char in note.strip() if char >= " ")
