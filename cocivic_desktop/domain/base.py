"""What every stored thing has in common, and the few value types shared by all."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

SHORT_TEXT = 300
"""Longest single-line text, in characters."""
LONG_TEXT = 20_000
"""Longest free text, in characters."""


def utc_now() -> datetime:
    """The present moment, aware, in UTC. Only constructors and the store call it; rules are passed a day."""
    return datetime.now(UTC)


@dataclass(kw_only=True, eq=False)
class Entity:
    """A stored thing: a UUID made by the app, a version counter, and two moments in UTC.

    `version` is raised by the store at every change and never goes back, not even by undo.
    """

    id: UUID = field(default_factory=uuid4)
    created_at: datetime = field(default_factory=utc_now)
    changed_at: datetime = field(default_factory=utc_now)
    version: int = 0
    archived: bool = False


def reference(kind: str, *, optional: bool = False, owned: bool = False) -> Any:
    """A field that holds the id of another entity.

    `kind` is the class name. `owned` means: when the other goes, this goes with it; otherwise an
    optional reference is emptied, and a needed one keeps the other from being deleted.
    """
    metadata = {"reference": kind, "owned": owned}
    return field(default=None, metadata=metadata) if optional else field(metadata=metadata)


def long_text() -> Any:
    """A free text of up to `LONG_TEXT` characters."""
    return field(default="", metadata={"length": LONG_TEXT})


class Language(StrEnum):
    """Languages of documents (not of the screen)."""

    ENGLISH = "en"
    GERMAN = "de"
    SPANISH = "es"
    TURKISH = "tr"


class Side(StrEnum):
    """Who takes part in a partnership, as the handbook sees it (chapter 7)."""

    CSO = "cso"
    SCHOOL = "school"
    LEARNERS = "learners"


def clean_text(text: str) -> str:
    """Text as it may be stored: NFC, no control characters but tab and line feed, no lone surrogates.

    Control characters and lone surrogates would break DOCX and XLSX at saving (quality.md).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Text for searching: lower case, without accents, also for letters such as Ž, İ and ß."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ı", "i")
