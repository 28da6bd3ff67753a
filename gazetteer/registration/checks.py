"""What can be wrong with an application, told before anything is stored: fields, formats, number against road and side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazetteer.numbering.ground import Ground
from gazetteer.numbering.model import SIDES, Standing
from gazetteer.numbering.suggest import odd_on
from gazetteer.numbering.text import written
from gazetteer.registration.model import KINDS, NEW_NUMBER, SIZES, WITH_ADDRESS, Application, needed
from geo.problems import Finding

_PHONE = re.compile(r"(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$", re.ASCII)
_NUMBER = re.compile(r"(?:\d{1,5}(?:支弄|弄))*\d{1,5}$", re.ASCII)
_PLAIN = re.compile(r"[0-9]{1,5}$")
_SUB = re.compile(r"\d{1,3}$", re.ASCII)
_POSTCODE = re.compile(r"\d{6}$", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def identity_is_right(number: str) -> bool:
    """Whether an 18-digit identity number agrees with its check digit (GB 11643)."""
    if not re.match(r"[0-9]{17}[0-9Xx]$", number):
        return False
    total = sum(int(c) * w for c, w in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def form_findings(given: Application, *, postcode_prefix: str = "") -> Iterator[Finding]:
    """Findings about the fields themselves; ``where`` is the field's key before ``·``."""
    if given.kind not in KINDS:
        yield _block(
            "kind", "kind · 办理类型", f"没有“{given.kind[:10]}”这种登记", f"可选：{'、'.join(KINDS)}"
        )
        return
    if not given.person.name.strip():
        yield _block("applicant", "applicant · 申请人", "没有写申请人", "填写产权人或申请单位")
    if given.kind in WITH_ADDRESS and not given.address:
        yield _block("address", "address · 原地址", "没有选择已登记的地址", "先查找，再从结果中选一个")
    if given.kind in NEW_NUMBER:
        yield from _number_fields(given)
    if given.kind == "证明" and not given.same_as:
        yield _block("same_as", "same_as · 其他地址", "没有写指向同一不动产的其他地址", "每行写一个")
    yield from _formats(given, postcode_prefix)
    yield from _materials(given)


def _number_fields(given: Application) -> Iterator[Finding]:
    if not given.handle:
        yield _block("handle", "handle · 道路、自然村或小区", "没有选择", "输入名称，从列表里选")
    if not given.number and not given.bld:
        yield _block("number", "number · 门牌号", "门牌号为空", "采用建议的号码，或自己填写")
    elif given.number and not _NUMBER.match(given.number):
        yield _block(
            "number", "number · 门牌号", f"“{given.number[:20]}”不是门牌号", "只写数字，弄内写 400弄10"
        )
    if given.sub and not _SUB.match(given.sub):
        yield _block("sub", "sub · 附号", f"“{given.sub[:10]}”不是附号", "只写数字")
    if given.plate_size not in SIZES:
        yield _block(
            "plate_size",
            "plate_size · 规格",
            f"没有“{given.plate_size[:10]}”这种规格",
            f"可选：{'、'.join(SIZES)}",
        )
    if (given.lon is None) != (given.lat is None):
        yield _block("point", "point · 位置", "位置不完整", "在地图上点出门的位置")


def _formats(given: Application, postcode_prefix: str) -> Iterator[Finding]:
    phone, identity = given.person.phone.strip(), given.person.id_number.strip()
    if phone and not _PHONE.match(phone):
        yield _block("phone", "phone · 电话", "电话号码的写法不对", "写11位手机号或带区号的座机号")
    if identity and given.person.kind == "个人" and not identity_is_right(identity):
        yield _block("id_number", "id_number · 身份证号", "身份证号的校验位不对", "对照证件再录一次")
    if given.postcode and not _POSTCODE.match(given.postcode):
        yield _block("postcode", "postcode · 邮政编码", "邮政编码不是6位数字", "改正或留空")
    elif given.postcode and postcode_prefix and not given.postcode.startswith(postcode_prefix):
        yield _warn("postcode", "postcode · 邮政编码", f"本区邮政编码以{postcode_prefix}开头", "核对邮政编码")


def _materials(given: Application) -> Iterator[Finding]:
    missing = [m.name for m in needed(given.kind) if m.required and m.key not in given.materials]
    if missing:
        yield _warn(
            "materials",
            "materials · 材料",
            f"没有勾选：{'；'.join(missing)}",
            "收齐后勾选，或在说明里写明理由",
        )


def ground_findings(given: Application, ground: Ground) -> Iterator[Finding]:
    """Findings about the number against its road: taken, kept back, side, 号段."""
    if given.bld or not _PLAIN.match(given.number) or (given.sub and not _SUB.match(given.sub)):
        return
    number, sub = int(given.number), int(given.sub or 0)
    shown = written(number, sub)
    same = [s for s in ground.standing if s.number == number and s.sub == sub]
    yield from _taken(same, shown, given)
    if ground.kind == "road":
        low, high = ground.number_from, ground.number_to
        if low is not None and high is not None and not low <= number <= high:
            yield _warn(
                "range",
                "number · 门牌号",
                f"{shown}不在{ground.name}的号段{low}至{high}号内",
                "核对号码，或先修订号段",
            )
        yield from _side(given, ground, number, shown)


def _taken(same: list[Standing], shown: str, given: Application) -> Iterator[Finding]:
    for one in same:
        if one.code and one.code != given.address:
            yield _block(
                "taken", "number · 门牌号", f"{shown}已经登记（{one.code}）", "查已有的地址，不要重复登记"
            )
        elif one.reserved and not given.use_reserved:
            yield _block(
                "reserved",
                "number · 门牌号",
                f"{shown}是预留号",
                "确需启用的，勾选“启用预留号”并在说明里写明理由",
            )
        elif not one.code and not one.reserved:
            yield _warn("held", "number · 门牌号", f"{shown}正由另一件登记占用", "换一个号码")


def _side(given: Application, ground: Ground, number: int, shown: str) -> Iterator[Finding]:
    if given.lon is None or given.lat is None or not ground.pieces:
        return
    advice = ground.suggest(given.lon, given.lat)
    if odd_on(advice.side, ground.rules) != (number % 2 == 1):
        kind = "单" if odd_on(advice.side, ground.rules) else "双"
        yield _warn("side", "number · 门牌号", f"{shown}的单双与位置不符：门在{SIDES[advice.side]}，应为{kind}号",
                    "核对位置或号码；有特殊情况的写明理由")  # fmt: skip


def _block(code: str, where: str, evidence: str, remedy: str) -> Finding:
    return Finding(f"registration.{code}", "block", where, evidence, remedy)


def _warn(code: str, where: str, evidence: str, remedy: str) -> Finding:
    return Finding(f"registration.{code}", "warn", where, evidence, remedy)
