"""The address index (地址索引), memory-mapped and derived from the register: one file, or a head and one file a county.

:func:`build_index` writes the one, :func:`build_counties` the other, :class:`Index` reads both. Nothing else knows the
layout, which is described in ``docs/address-engine.md``.
"""

from gazetteer.address.index.build import Rows, build_index
from gazetteer.address.index.container import IndexInfo
from gazetteer.address.index.province import build_counties, county_of, index_files, replace_county
from gazetteer.address.index.reader import Index

__all__ = [
    "Index",
    "IndexInfo",
    "Rows",
    "build_counties",
    "build_index",
    "county_of",
    "index_files",
    "replace_county",
]
