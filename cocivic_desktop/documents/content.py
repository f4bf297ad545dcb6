"""What a document says, as plain data. Who fills it decides about the words; who writes it, about the form.

Every text may hold anything: braces, markup and direction marks come out as they are; only what no file can
hold (control characters) is dropped. Languages are ISO 639-1 codes or BCP 47 tags.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

AGREEMENT_WORDS = (
    "document.draft_mark", "document.page", "document.annex", "document.preamble", "document.bilingual",
    "heading.parties", "heading.signatures", "notice.draft", "notice.missing", "signature.signature",
    "signature.place_date", "signature.name_position",
)  # fmt: skip
"""Keys of an agreement's fixed words. "document.page" holds {page} and {pages}, "document.annex" {number}.

In two languages "document.bilingual" says which of them counts: {language} becomes "language.<code>".
"""


class Words(Protocol):
    """Fixed words of documents by dotted key: a mapping, or the library's labels."""

    def __getitem__(self, key: str, /) -> str:
        """The words of a key."""
        ...


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph. `missing`: `text` names what is still to be filled in here, and is shown marked.

    `language` stands where it is not that of the document.
    """

    text: str
    missing: bool = False
    language: str = ""


Paragraph = Sequence[Run]
Cell = str | Paragraph


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a head. `widths` are shares of the page's width (any unit; equal when empty).

    Columns whose index is in `right` are set to the right, as numbers are. `row_height` (twentieths of a point) keeps
    room for handwriting; `ruled` draws lines between the columns too.
    """

    caption: str = ""
    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float] = ()
    right: frozenset[int] = frozenset()
    row_height: int = 0
    strong: frozenset[int] = frozenset()
    ruled: bool = False


@dataclass(frozen=True)
class Party:
    """One side of an agreement: its name, and below it address, representative and the like."""

    name: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class ClauseText:
    """One clause. `id` maps a returned file back; `state_label` is shown in drafts only; tables follow the paragraphs.

    `number` is the clause's place counted from 1; the file counts by itself, so clauses come in this order.
    """

    id: UUID
    number: int
    title: str
    paragraphs: Sequence[Paragraph] = ()
    state_label: str = ""
    tables: Sequence[Table] = ()


@dataclass(frozen=True, kw_only=True)
class Annex:
    """A part behind the signatures, on a page of its own."""

    title: str
    paragraphs: Sequence[Paragraph] = ()
    tables: Sequence[Table] = ()


@dataclass(frozen=True, kw_only=True)
class SignatureBlock:
    """Where somebody signs. What is empty becomes a line to write on."""

    side_label: str
    organisation: str = ""
    name: str = ""
    position: str = ""
    place_date: str = ""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A logo: the bytes of a PNG or JPEG file, what it shows in words, and its height on the page."""

    data: bytes
    alt: str
    height_mm: float = 14


@dataclass(frozen=True, kw_only=True)
class AgreementText:
    """An agreement in one language, ready to be written.

    `draft` sets the DRAFT mark. `notice` is the small print at the end, `header` the short title on every page
    but the first (the title when empty), `footer` stands left of the page number. `letterhead` and `logo` stand
    on top of the first page, unless a `letterhead_file` (.docx) gives heads and feet of its own. `made_at` (aware)
    and `author` go into the file's properties, and so do `agreement_id` and `version` (0: not a version that was
    shared), by which a file that comes back is known.
    """

    title: str
    language: str
    words: Words
    kind_label: str = ""
    subtitle: str = ""
    parties: Sequence[Party] = ()
    preamble: Sequence[Paragraph] = ()
    sections: Sequence[ClauseText] = ()
    annexes: Sequence[Annex] = ()
    signatures: Sequence[SignatureBlock] = ()
    draft: bool = True
    notice: str = ""
    header: str = ""
    footer: str = ""
    letterhead: Sequence[str] = ()
    letterhead_file: bytes | None = None
    logo: Picture | None = None
    author: str = ""
    made_at: datetime | None = None
    agreement_id: UUID | None = None
    version: int = 0


@dataclass(frozen=True)
class Heading:
    """A heading inside a simple document; `level` 1 or 2. `new_page`: it begins a page."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Items:
    """A list with bullets, or with numbers from 1 when `ordered`."""

    items: Sequence[Cell]
    ordered: bool = False


@dataclass(frozen=True)
class Note:
    """Small print."""

    text: str


@dataclass(frozen=True)
class WritingLines:
    """Empty lines for writing by hand, under an optional prompt."""

    count: int
    prompt: str = ""


@dataclass(frozen=True)
class Fields:
    """Names at the left, what is known at the right; what is empty has ruled lines (so many) to write on by hand."""

    rows: Sequence[tuple[str, str, int]]
    label_share: float = 0.34


Block = str | Paragraph | Heading | Items | Note | Table | WritingLines | Fields


@dataclass(frozen=True, kw_only=True)
class SimpleDocument:
    """Agendas, goal sheets, reports: a title and blocks one after another. A `str` block is a paragraph.

    `words` is asked for "document.page" only. The rest is as in `AgreementText`.
    """

    title: str
    language: str
    words: Words
    kind_label: str = ""
    subtitle: str = ""
    blocks: Sequence[Block] = ()
    header: str = ""
    footer: str = ""
    letterhead: Sequence[str] = ()
    letterhead_file: bytes | None = None
    logo: Picture | None = None
    author: str = ""
    made_at: datetime | None = None
