"""Characters: standard table, traditional and variant forms, look-alike pairs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gazetteer.base.making.files import read_csv, read_json
from gazetteer.base.making.pinyin import Reader


def table(reader: Reader) -> Iterator[tuple[object, ...]]:
    """Rows of characters.csv: character, level, readings."""
    for char, (level, said) in reader.characters.items():
        yield char, level, " ".join(said)


def variants(source: Path, curated: Path, reader: Reader) -> list[tuple[str, str, str]]:
    """Rows of variants.csv: form, standard character, 繁体 or 异体. Hand-kept rows win over the source."""
    found = {
        old: (new, "繁体")
        for old, new in read_json(source / "names" / "tongyong_traditional.convert.json").items()
        if new in reader.characters and old != new
    }
    for row in read_csv(curated / "variants.csv"):
        found[row["form"]] = (row["standard"], row["kind"])
    return sorted((old, new, kind) for old, (new, kind) in found.items())


def lookalikes(source: Path, curated: Path, reader: Reader) -> list[tuple[str, str, float]]:
    """Rows of lookalikes.csv: each pair of standard characters once, with its similarity."""
    pairs: dict[tuple[str, str], float] = {}
    for one, others in read_json(source / "names" / "lookalike_characters.json")["table"].items():
        for other, score in others:
            if one in reader.characters and other in reader.characters and one != other:
                key = (min(one, other), max(one, other))
                pairs[key] = max(pairs.get(key, 0.0), float(score))
    for row in read_csv(curated / "lookalikes.csv"):
        key = (min(row["one"], row["other"]), max(row["one"], row["other"]))
        pairs[key] = float(row["similarity"])
    return sorted((one, other, score) for (one, other), score in pairs.items())
