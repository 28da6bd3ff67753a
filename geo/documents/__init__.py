"""Office papers (公文、证件、报告): stated once as blocks, drawn as Word for editing and as PDF for print."""

from geo.documents.model import (
    BY_HAND,
    Block,
    Document,
    Facts,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Signature,
    Signatures,
    Table,
)
from geo.documents.pdf import pdf, pdf_of
from geo.documents.word import word

__all__ = ["BY_HAND", "Block", "Document", "Facts", "Heading", "Note", "PageBreak", "Paragraph", "Picture", "Signature",
           "Signatures", "Table", "pdf", "pdf_of", "word"]  # fmt: skip
