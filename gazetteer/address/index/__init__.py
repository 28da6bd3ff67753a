"""The address index (地址索引): one immutable, memory-mapped file derived from the register.

:func:`build_index` writes it from plain rows, :class:`Index` reads it. Nothing else knows the layout,
which is described in ``docs/address-engine.md``.
"""

from gazetteer.address.index.build import build_index
from gazetteer.address.index.container import IndexInfo
from gazetteer.address.index.reader import Index

__all__ = ["Index", "IndexInfo", "build_index"]
