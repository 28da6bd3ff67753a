"""Papers of a joint inspection (联检文书): records, register forms, report, filing letter, agreement; Word and PDF."""

from boundary.papers.agreement import agreement
from boundary.papers.bundle import KINDS, paper, papers_of
from boundary.papers.inspection_record import inspection_record
from boundary.papers.letter import letter
from boundary.papers.register_form import register_form
from boundary.papers.report import report

__all__ = [
    "KINDS",
    "agreement",
    "inspection_record",
    "letter",
    "paper",
    "papers_of",
    "register_form",
    "report",
]
