"""The record of each import: which file, what came of it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Integer, Text, func
from sqlalchemy.orm import Mapped, mapped_column

from gazetteer.register.models.mixins import SCHEMA
from geo.store.columns import Base, Numbered


class ImportBatch(Numbered, Base):
    """One import (入库批次): the act stands here once, with counts and the file's hash, not once a row."""

    __tablename__ = "import_batch"
    __table_args__ = (SCHEMA,)

    act_id: Mapped[uuid.UUID | None] = mapped_column()
    """The act as in ``audit.entry``; the rows it wrote carry it too."""
    kind: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    datum: Mapped[str] = mapped_column(Text, server_default="")
    source: Mapped[str] = mapped_column(Text, server_default="")
    actor: Mapped[str] = mapped_column(Text, server_default="")
    imported_at: Mapped[datetime] = mapped_column(server_default=func.now())
    row_count: Mapped[int] = mapped_column(Integer, server_default="0")
    inserted: Mapped[int] = mapped_column(Integer, server_default="0")
    updated: Mapped[int] = mapped_column(Integer, server_default="0")
    unchanged: Mapped[int] = mapped_column(Integer, server_default="0")
    refused: Mapped[int] = mapped_column(Integer, server_default="0")
    undo_asked_at: Mapped[datetime | None] = mapped_column()
    """Taking it back was asked for and is at work; ``undo_said`` says why it was not done."""
    undo_said: Mapped[str] = mapped_column(Text, server_default="")
    undone_at: Mapped[datetime | None] = mapped_column()
    undone_by: Mapped[str | None] = mapped_column(Text)
    undone_act: Mapped[uuid.UUID | None] = mapped_column()
