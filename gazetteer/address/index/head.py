"""The head over many counties (总索引): the divisions, every key and name of all counties, and which file holds which.

Made from the counties' files alone, by moving numbers and merging sorted arrays: a county that is replaced needs a new
head, but no other county is read again from the register or written again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from gazetteer.address.index.build import OF_DOOR, Rows, assembled
from gazetteer.address.index.container import Container, IndexInfo, write_container
from gazetteer.address.index.countyfile import CountyFile, folder_of
from gazetteer.address.index.divisions import DivisionTable
from gazetteer.address.index.handles import KINDS
from gazetteer.address.index.namekeys import ALIAS, key_sections
from gazetteer.address.index.names import document_sections
from gazetteer.address.index.numbering import FILES, moved
from gazetteer.address.index.prefixes import merged_prefixes
from gazetteer.address.index.strings import Pool, pool_sections
from gazetteer.address.matching.keys import fold, key64
from gazetteer.address.model import AliasRow
from gazetteer.address.words.text import normalise
from geo.problems import BadInput

_PREFIXES = ("prefix.text", "prefix.at", "prefix.weight")
Arrays = dict[str, np.ndarray[Any, Any]]


def write_head(
    head: Path,
    tree: DivisionTable,
    aliases: Iterable[AliasRow],
    counties: Sequence[CountyFile],
    home: Set[int],
    meta: Mapping[str, str],
) -> IndexInfo:
    """Write the head over these counties; from its renaming on they are the index.

    Raises:
        BadInput: more counties than one index can hold.
    """
    if len(counties) > FILES:
        raise BadInput(
            f"区县共 {len(counties)} 个，一个索引最多 {FILES} 个。", "请分省建立索引。", code="index.too-many"
        )
    files = [Container(folder_of(head) / one.file) for one in counties]
    own = [a for a in aliases if a.target_kind == "division"]
    sections, counts = assembled(tree, tree, Rows(aliases=own), home)
    divided = set(sections["key.hash"].tolist())
    sections |= _keys(sections, files) | _names(files) | _typed(sections, files)
    sections |= _words(files, divided) | _taken_over(files)
    sections["home"] = np.array(sorted(home), "<u4")
    for what in ("doors", "handles", "aliases"):
        counts[what] += sum(getattr(one, what) for one in counties)
    named = json.dumps([asdict(one) for one in counties], ensure_ascii=False)
    return write_container(head, sections, counts, {**meta, "counties": named, "divisions": tree.mark()})


def _keys(sections: Arrays, files: Sequence[Container]) -> Arrays:
    """The keys of all, each list of targets as one file over all counties would have it: aliases come last."""
    hashes, targets = [sections["key.hash"]], [sections["key.target"]]
    for aliases in (False, True):
        for number, file in enumerate(files, start=1):
            target = file.array("key.target")
            wanted = (target >= ALIAS) == aliases
            hashes.append(file.array("key.hash")[wanted])
            targets.append(moved(target[wanted], number))
    every = np.concatenate(hashes)
    order = np.argsort(every, kind="stable")
    return {"key.hash": every[order], "key.target": np.concatenate(targets)[order]}


def _names(files: Sequence[Container]) -> Arrays:
    """The index of names over all; the same name in several counties is one document."""
    documents: dict[str, list[int]] = {}
    for at_doors in (False, True):
        for number, file in enumerate(files, start=1):
            names, at = Pool(file, "name"), file.view("name.targets")
            targets = moved(file.array("name.target"), number).tolist()
            for n in range(len(names)):
                if (targets[at[n]] >= OF_DOOR) == at_doors:
                    documents.setdefault(names[n], []).extend(targets[at[n] : at[n + 1]])
    return document_sections(documents)


def _typed(sections: Arrays, files: Sequence[Container]) -> Arrays:
    """The sorted keys for completion of all."""
    parts = [(sections, sections["prefix.target"])]
    parts += [
        ({name: file.array(name) for name in _PREFIXES}, moved(file.array("prefix.target"), number))
        for number, file in enumerate(files, start=1)
    ]
    return merged_prefixes(parts)


def _words(files: Sequence[Container], divided: Set[int]) -> Arrays:
    """The names that help to cut a text: as keys ``w`` with the kind, and the lengths that follow two characters."""
    kinds: dict[str, int] = {}
    for file in files:
        pool = Pool(file, "pool")
        for name, kind in zip(file.view("handle.name"), file.view("handle.kind"), strict=True):
            word = pool[name]
            if KINDS[kind] in ("place", "natvil") and _divided(word, divided):
                continue
            kinds.setdefault(normalise(word).clean, kind)
    lengths: dict[str, int] = {}
    for word in kinds:
        if len(word) >= 2:
            lengths[word[:2]] = lengths.get(word[:2], 0) | 1 << min(len(word), 62)
    keys = key_sections((key64("w", word), kind) for word, kind in kinds.items() if len(word) >= 2)
    return {
        "word.hash": keys["key.hash"],
        "word.kind": keys["key.target"].astype("u1"),
        "word.lengths": np.fromiter(lengths.values(), "<u8", count=len(lengths)),
        **pool_sections("word", lengths),
    }


def _divided(word: str, divided: Set[int]) -> bool:
    """Whether a registered place bears the name of a division: 溪头村, listed as a place too."""
    if word[-1:] not in "省市区县镇乡道村":
        return False
    name = fold(word)
    return any(key64("v", name + committee) in divided for committee in ("", "委会", "民委员会"))


def _taken_over(files: Sequence[Container]) -> Arrays:
    boxes = [file.array("county.box") for file in files]
    used = [file.array("county.door_div") for file in files]
    return {
        "county.box": np.concatenate(boxes) if boxes else np.zeros(0, "<i8"),
        "door.used": np.unique(np.concatenate(used)) if used else np.zeros(0, "<u4"),
    }


def listed(meta: Mapping[str, str]) -> Iterator[CountyFile]:
    """The counties that a head names, in the order of their numbers."""
    for one in json.loads(meta["counties"]):
        yield CountyFile(**one)
