"""The joint inspection report (界线联合检查报告) in eight parts, with tables, photos and a map at scale."""

from __future__ import annotations

from pyproj import Geod
from sqlalchemy.orm import Session

from boundary import events, rounds
from boundary.inspection import Inspection, of_round
from boundary.papers.maps import line_map, picture
from boundary.papers.photos import photo_blocks
from boundary.papers.words import bureau, local_day
from boundary.parties import sides_of_line
from boundary.register import Line, line, marker
from boundary.rounds import Round, Task
from boundary.rounds.checking import round_sides
from boundary.tolerances import tolerances
from geo.documents import Block, Document, Heading, PageBreak, Paragraph, Signature, Signatures, Table
from geo.documents.model import day_words

_GEOD = Geod(ellps="GRS80")
SOUND = "完好"


def report(db: Session, code: str) -> Document:
    """The report of a round, from its records alone; internal, since its map holds the markers.

    Raises:
        NotFound: no round has this code.
    """
    made = rounds.find(db, code)
    # A tri-point's third side signs the report that speaks of it.
    known, sides = line(db, made.line), sides_of_line(db, made.line) | round_sides(db, code)
    records = {one.reading.marker: one for one in of_round(db, code)}
    tasks = rounds.todo(db, code)
    blocks: list[Block] = [
        *_overview(db, known, tasks), *_organisation(db, made, list(records.values())), *_markers(tasks, records),
        *_references(tasks, records), *_sections(db, code), *_events(db, made), *_problems(db, code, tasks, records),
        *_conclusion(made, known, tasks, records),
        Signatures([Signature(f"{bureau(name)}（盖章）") for name in sides.values()]),
        *_annex(db, tasks, records),
    ]  # fmt: skip
    title = f"{known.name}{made.formal}报告"
    return Document(title, blocks, number=made.report_number, made_up=made.made_up, seal=False)


def _overview(db: Session, known: Line, tasks: list[Task]) -> list[Block]:
    walked = [marker(db, task.marker) for task in tasks]
    length = f"，全长 {known.length_m / 1000:.1f} 千米" if known.length_m else _drawn_length(known)
    papers = "、".join(part for part in (known.agreement, known.approval, known.detail_map) if part)
    count = f"登记界桩 {known.registered} 颗"
    return [
        Heading("一、界线概况"),
        Paragraph(
            f"{known.name}是{known.sides}之间的{known.level or ''}行政区域界线，起于{known.start_text or '起点'}，"
            f"止于{known.end_text or '止点'}{length}，{count}。" + (f"检查依据：{papers}。" if papers else "")
        ),
        picture(
            line_map(known, walked, "示例数据" if known.made_up else "内部资料"),
            f"{known.name}略图",
        ),
    ]


def _drawn_length(known: Line) -> str:
    """The length as the register draws it, where the agreement's is not known."""
    if known.course is None:
        return ""
    return f"，全长约 {_GEOD.geometry_length(known.course) / 1000:.1f} 千米（按登记走向量算）"


def _organisation(db: Session, made: Round, records: list[Inspection]) -> list[Block]:
    days = sorted({local_day(one.reading.inspected_at) for one in records})
    span = "至".join(day_words(day) for day in dict.fromkeys((days[0], days[-1]))) if days else ""
    when = f"外业检查时间：{span}。" if days else "尚未开始外业检查。"
    people = rounds.team(db, made.code)
    return [
        Heading("二、组织和人员"),
        Paragraph(f"本轮联检为{made.reason}，由{made.lead_name}牵头，{made.partner_name}配合。{when}"),
        Table(
            ("单位", "姓名", "职务"),
            [(m.division_name, m.name, m.duty) for m in people],
            widths=(2, 1.2, 1.6),
        ),
    ]


def _markers(tasks: list[Task], records: dict[str, Inspection]) -> list[Block]:
    rows = []
    for at, task in enumerate(tasks, start=1):
        found = records.get(task.marker)
        done = "、".join(
            word
            for word, is_so in (
                ("清理", found is not None and found.reading.cleaned),
                ("描红", found is not None and found.reading.repainted),
            )
            if is_so
        )
        rows.append((
            f"{at}", task.shown, found.reading.state if found else "未检查",
            "；".join(part for part in (done, found.reading.action if found else "") if part),
            f"{len(found.photos)}" if found else "0", f"{len(found.valid_signatures)}" if found else "0",
        ))  # fmt: skip
    return [
        Heading("三、界桩检查情况"),
        Paragraph(f"应检界桩 {len(tasks)} 颗，已检 {len(records)} 颗：{_states(records)}。"),
        Table(("序号", "界桩", "状态", "处理", "照片", "签字"), rows, widths=(0.6, 2, 1, 2.4, 0.7, 0.7),
              numbers=frozenset({4, 5})),
    ]  # fmt: skip


def _states(records: dict[str, Inspection]) -> str:
    counted: dict[str, int] = {}
    for one in records.values():
        counted[one.reading.state] = counted.get(one.reading.state, 0) + 1
    return "、".join(f"{state} {count} 颗" for state, count in counted.items()) or "没有记录"


def _references(tasks: list[Task], records: dict[str, Inspection]) -> list[Block]:
    seen = [one for record in records.values() for one in record.reading.references]
    rows = [
        (task.shown, f"{one.serial}", one.state, one.note)
        for task in tasks
        if task.marker in records
        for one in records[task.marker].reading.references
        if one.state not in ("存在",)
    ]
    said = f"核查方位物 {len(seen)} 个，其中变化、灭失或未查 {len(rows)} 个。"
    table: list[Block] = [Table(("界桩", "方位物", "情况", "说明"), rows)] if rows else []
    return [Heading("四、方位物和其他界线标志"), Paragraph(said), *table]


def _sections(db: Session, code: str) -> list[Block]:
    rows = [
        (
            f"{one.place}",
            f"{one.from_shown}至{one.to_shown}",
            one.follows,
            "有" if one.changed else "无",
            one.finding,
        )
        for one in rounds.sections(db, code)
    ]
    if not rows:
        return [Heading("五、界线段和地形地物变化"), Paragraph("本轮没有填写界线段记录。")]
    return [
        Heading("五、界线段和地形地物变化"),
        Table(("段号", "界桩", "沿线地物", "变化", "情况"), rows, widths=(0.6, 2.2, 1.4, 0.7, 2.8)),
    ]


def _events(db: Session, made: Round) -> list[Block]:
    rows = [
        (
            f"{one.found_on:%Y-%m-%d}",
            one.kind,
            one.marker_name or one.line_name,
            one.state_label,
            one.handling,
        )
        for one in events.listed(db, [made.line])
        if made.year - 5 < one.found_on.year <= made.year
    ]
    if not rows:
        return [Heading("六、跨界建设和界线事件"), Paragraph("两轮联检之间没有登记跨界建设和界线事件。")]
    return [
        Heading("六、跨界建设和界线事件"),
        Table(("日期", "种类", "地点", "办理", "处理结果"), rows, widths=(1.2, 1.2, 1.6, 0.9, 2.4)),
    ]


def _problems(db: Session, code: str, tasks: list[Task], records: dict[str, Inspection]) -> list[Block]:
    """Markers that were not sound with what was done about them, then what the records themselves leave open."""
    rows = [
        (task.shown, one.reading.state, one.reading.action or "未处理")
        for task in tasks
        if (one := records.get(task.marker)) is not None and one.reading.state != SOUND
    ]
    rows += [(f.where, f.evidence, f.remedy) for f in rounds.completeness(db, code, tolerances())]
    if not rows:
        return [Heading("七、问题和处理"), Paragraph("界桩全部完好，检查记录完整，没有需要处理的问题。")]
    return [Heading("七、问题和处理"), Table(("地点", "问题", "处理和建议"), rows, widths=(1.4, 3, 2.4))]


def _conclusion(made: Round, known: Line, tasks: list[Task], records: dict[str, Inspection]) -> list[Block]:
    complete = len(records) == len(tasks) and tasks
    said = (
        f"本轮联检按规定完成，{known.name}应检界桩全部检查，检查结果经各方确认。"
        if complete
        else f"本轮联检尚有 {len(tasks) - len(records)} 颗界桩没有检查，本报告为阶段稿。"
    )
    following = (
        "本次为补充联检，不改变五年联检的年份和牵头次序。"
        if made.extra
        else f"下一轮联检应于 {made.year + tolerances().cycle_years} 年进行，由{made.partner_name}牵头。"
    )
    return [Heading("八、结论"), Paragraph(said + following)]


def _annex(db: Session, tasks: list[Task], records: dict[str, Inspection]) -> list[Block]:
    blocks: list[Block] = [PageBreak(), Heading("附：界桩照片")]
    for task in tasks:
        if task.marker in records and records[task.marker].photos:
            blocks += [Heading(task.shown, 2), *photo_blocks(db, records[task.marker], most=4)]
    return blocks if len(blocks) > 2 else []
