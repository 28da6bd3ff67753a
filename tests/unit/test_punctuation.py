"""Chinese sentences that the import, the export and their surroundings say carry Chinese punctuation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("gazetteer/register", "geo", "boundary")
HALF = re.compile(r"[\u4e00-\u9fff”》）][,;:()!?]|[,;:()!?][\u4e00-\u9fff“《（]")
# Patterns and headings are not said, but met in files; an address of a database is typed as it stands.
MET = {"compile", "Field"}
TYPED = "用户:密码@主机:5432"


def sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text of a module that may be said: no docstring, no pattern, no heading, no SQL of several lines."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        heard = isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in MET
        if heard or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            silent.update(id(inner) for inner in ast.walk(node))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in silent:
            continue
        if "\n" not in node.value and TYPED not in node.value:
            yield node.lineno, node.value


def test_no_half_width_mark_stands_beside_a_chinese_character() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}: {said[:60]}"
        for room in ROOMS
        for file in sorted((ROOT / room).rglob("*.py"))
        for line, said in sentences(ast.parse(file.read_text("utf-8")))
        if HALF.search(said)
    ]
    assert found == []
