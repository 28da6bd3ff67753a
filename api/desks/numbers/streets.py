"""Whole streets, natural villages and estates in one stroke: seen on the map first, then written, then undone if need be."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from api.desks.datums import systems
from api.desks.done import done
from api.desks.numbers.doors_given import doors_given
from api.desks.numbers.forms import handle_named, place_of
from api.desks.numbers.parts import HOME, LEGEND, clerk_of, shapes
from api.pages.templates import page
from gazetteer.numbering import batches
from gazetteer.numbering.estate import read_pattern, tree
from gazetteer.numbering.ground import Ground, load, rules_here
from gazetteer.numbering.rules import CERTAINTY, rules_of
from gazetteer.numbering.text import written
from geo.files.layers import WhichLayer
from geo.problems import BadInput, Problem
from geo.store.engine import act as name_act
from geo.store.engine import bulk_act, session

router = APIRouter(include_in_schema=False, prefix=HOME)

Token = Annotated[str, Form(max_length=200)]
Name = Annotated[str, Form(max_length=100)]
Code = Annotated[str, Form(max_length=64)]


@router.get("/streets")
def street(request: Request, handle: Annotated[str, Query(max_length=64)] = "") -> Response:
    """The form: which road or natural village, and where its doors are."""
    return _street(request, handle=handle)


@router.post("/streets")
def plan(request: Request, handle: Code = "", handle_name: Name = "", points: Annotated[str, Form(max_length=200_000)] = "",
         file: Annotated[UploadFile | None, File()] = None, datum: Annotated[str, Form(max_length=20)] = "",
         layer: Annotated[str, Form(max_length=200)] = "", step: Annotated[str, Form(max_length=10)] = "plan",
         token: Token = "") -> Response:  # fmt: skip
    """``show`` shows the road, ``plan`` what would be written (试算); only ``write`` writes it."""
    clerk = clerk_of(request, token)
    try:
        with session(timeout_s=0) as db:
            ground = load(db, handle or handle_named(db, handle_name) or "-")
            clerk.check_district(ground.division)
            handle = ground.code
            if step == "show":
                return _street(request, handle=handle, points=points)
            doors = doors_given(points, file, ground, datum=datum, layer=layer)
            made = batches.plan_for(ground, doors)
            difference = batches.difference(ground, doors, made)
            if step == "write":
                name_act(db, actor=clerk.name, action="number.street", request_id=clerk.request_id)
                batch = batches.write_plan(
                    db, ground, doors, made, actor=clerk.name, shown=clerk.shown, on_day=date.today()
                )
                return done(f"{HOME}/batches", f"第{batch}批：已写入{len(made.doors)}个门牌。")
    except Problem as problem:
        return _street(
            request, handle=handle, handle_name=handle_name, points=points, datum=datum, problem=problem
        )
    new = [(*doors[d.entrance], written(d.number, d.sub)) for d in made.doors]
    if file is not None and file.filename:
        points = "\n".join(f"{lon:.8f},{lat:.8f}" for lon, lat in doors)
    return _page(request, ground=ground, plan=made, difference=difference, points=points, shape=shapes(ground, new),
                 handle=ground.code, handle_name=ground.name, datum=datum)  # fmt: skip


@router.get("/estates")
def estate(request: Request) -> Response:
    """The form: which estate and its pattern."""
    return _estate(request)


@router.post("/estates")
def build(request: Request, handle: Code = "", handle_name: Name = "", pattern: Annotated[str, Form(max_length=200)] = "",
          point: Annotated[str, Form(max_length=2000)] = "", step: Annotated[str, Form(max_length=10)] = "plan",
          token: Token = "") -> Response:  # fmt: skip
    """``plan`` shows the tree; ``write`` writes it."""
    clerk = clerk_of(request, token)
    asked: dict[str, Any] = {"handle": handle, "handle_name": handle_name, "pattern": pattern, "point": point}
    try:
        lon, lat = place_of(point)
        with session(timeout_s=0) as db:
            ground = load(db, handle or handle_named(db, handle_name) or "-")
            if ground.kind != "estate":
                raise BadInput(f"{ground.name}不是小区。", "选一个住宅区。", code="estate.kind")
            clerk.check_district(ground.division)
            read = read_pattern(pattern)
            if step == "write":
                with bulk_act(db, actor=clerk.name, action="number.estate", request_id=clerk.request_id,
                              detail={"pattern": pattern, "estate": ground.code}):  # fmt: skip
                    batch = batches.write_estate(db, ground, read, lon=lon, lat=lat, actor=clerk.name, shown=clerk.shown,
                                                 on_day=date.today())  # fmt: skip
                return done(f"{HOME}/batches", f"第{batch}批：已写入{read.count}个地址。")
            branches = tree(read, ground.rules)
    except Problem as problem:
        return _estate(request, problem=problem, **asked)
    return page(request, "numbers/estates.html", ground=ground, branches=branches, count=read.count, trouble="",
                **{**asked, "handle": ground.code, "handle_name": ground.name})  # fmt: skip


@router.get("/rules")
def rules(
    request: Request, division: Annotated[str, Query(max_length=12, pattern=r"^\d{0,12}$")] = ""
) -> Response:
    """The rules in force with their sources and how sure each is; of the register's county where none is named."""
    with session() as db:
        known = rules_of(division) if division else rules_here(db)
    groups = (("编号", known.numbering), ("登记", known.registration), ("诊断", known.diagnosis))
    return page(request, "numbers/rules.html", rules=known, groups=groups, certainty=CERTAINTY, words=WORDS)


WORDS = {
    "start_east_west": "东西向道路的起编端", "start_north_south": "南北向道路的起编端", "odd_side": "单号一侧",
    "spacing": "编号方式", "metres_per_number": "每号米数", "reserve_if_gap_m": "留预留号的间距（米）",
    "reserve_at_most": "一处最多预留", "skip_4": "跳过含4的号", "sub_form": "附号写法", "rural_by": "农村编号单位",
    "one_sided_parity": "单侧街只用一种号", "room_digits": "室号序号位数", "working_days": "办理时限（工作日）",
    "postcode": "邮政编码前缀", "off_road_m": "偏离道路的限值（米）", "same_door_m": "同门判定（米）",
    "order_tolerance_m": "顺序判定的定位误差（米）", "on_line_m": "不判左右的距离（米）",
    "east": "东", "west": "西", "south": "南", "north": "北", "left": "左侧（左单右双）", "right": "右侧（左双右单）",
    "sequential": "依次编号", "distance": "按距离编号", "dash": "12号-1", "zhi": "12号之一", "natvil": "自然村",
    "True": "是", "False": "否",
}  # fmt: skip


def _street(request: Request, *, handle: str = "", handle_name: str = "", points: str = "", datum: str = "",
            problem: Problem | None = None) -> Response:  # fmt: skip
    ground: Ground | None = None
    if handle:
        with session() as db:
            try:
                ground = load(db, handle)
            except Problem as missing:
                problem = problem or missing
    layers = list(problem.layers.items()) if isinstance(problem, WhichLayer) else []
    return _page(request, status=problem.status if problem else 200, ground=ground, points=points, layers=layers,
                 shape=shapes(ground) if ground else None, trouble=problem.sentence + problem.remedy if problem else "",
                 handle=handle, handle_name=ground.name if ground else handle_name, datum=datum)  # fmt: skip


def _page(request: Request, *, status: int = 200, **told: Any) -> Response:
    """The page with what is told; what is not told is empty."""
    with session() as db:
        offered = systems(db)
    empty: dict[str, Any] = {"plan": None, "difference": None, "layers": [], "trouble": "", "datum": ""}
    return page(request, "numbers/streets.html", status=status, legend=LEGEND, written=written, systems=offered,
                **(empty | told))  # fmt: skip


def _estate(request: Request, *, handle: str = "", handle_name: str = "", pattern: str = "", point: str = "",
            problem: Problem | None = None) -> Response:  # fmt: skip
    return page(request, "numbers/estates.html", status=problem.status if problem else 200, ground=None, branches=(),
                count=0, handle=handle, handle_name=handle_name, pattern=pattern, point=point,
                trouble=problem.sentence + problem.remedy if problem else "")  # fmt: skip
