"""What is seen in a sheet's XML while it is unpacked for checking: formulas, and cells whose formula failed."""

from __future__ import annotations

import re

_ERROR_CELL = re.compile(rb'<c (?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})"')
_OVERLAP = 200  # longer than any opening tag of a cell
_MOST = 1_000


class SheetWatch:
    """Counts formulas and collects the places of error cells; the reading library shows those as empty."""

    def __init__(self) -> None:
        self.formulas = 0
        self.errors: dict[tuple[int, int], None] = {}
        self._tail = b""

    def __call__(self, member: str, piece: bytes) -> None:
        """Look at one unpacked piece of one member of the workbook."""
        if not member.startswith("xl/worksheets/"):
            self._tail = b""
            return
        self.formulas += piece.count(b"<f>") + piece.count(b"<f ")
        for found in _ERROR_CELL.finditer(self._tail + piece):
            if len(self.errors) < _MOST:
                self.errors[int(found[2]), _column(found[1])] = None
        self._tail = piece[-_OVERLAP:]


def _column(letters: bytes) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
