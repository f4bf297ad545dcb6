"""A DOCX as paragraphs and tables with tracked changes, comments and clause marks (ECMA-376 part 1, section 17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from cocivic_desktop.documents.hostile import Package
from cocivic_desktop.documents.returned.lookups import comments_of, notes_of, styles_of, value_of, writer_of
from cocivic_desktop.documents.returned.model import UnmappedKind
from cocivic_desktop.documents.returned.pieces import Piece, Spelled, spelled
from cocivic_desktop.documents.wml import Element, name, read_clause_bookmark, read_clause_tag

PAGE = "#"
"""What stands for page numbers, which differ by themselves."""
_P, _R, _TBL, _SDT, _FALLBACK = (
    name("p"), name("r"), name("tbl"), name("sdt"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)  # fmt: skip
_SIGNS = {
    "br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-", "softHyphen": "", "pgNum": PAGE,
}  # fmt: skip
_PARTS_OF_OTHERS = {name(tag) for tag in ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr", "tblGrid")}
_INSERTED = {name("ins"), name("moveTo")}
_DELETED = {name("del"), name("moveFrom")}


@dataclass
class Line:
    """A paragraph. `gone`: tracked changes remove all of it."""

    pieces: list[Piece] = field(default_factory=list)
    style: str = ""
    heading: bool = False
    bookmarks: list[UUID] = field(default_factory=list)
    control: UUID | None = None
    mark_deleted: bool = False
    comments: list[str] = field(default_factory=list)
    extras: list[tuple[UnmappedKind, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._spelled: Spelled | None = None

    @property
    def spelled(self) -> Spelled:
        """The text with all changes accepted."""
        if self._spelled is None:
            self._spelled = spelled(self.pieces)
        return self._spelled

    @property
    def text(self) -> str:
        """The same without its writers."""
        return self.spelled.text

    @property
    def gone(self) -> bool:
        """Whether it is there in the file, and not once its changes are accepted."""
        return not self.text and any(piece.deleted and piece.text.strip() for piece in self.pieces)


@dataclass
class Row:
    """A table's row: lines cell by cell."""

    cells: list[list[Line]]
    deleted: bool = False
    by: Piece | None = None

    def texts(self) -> list[str]:
        """The cells' texts, a line per paragraph."""
        return ["\n".join(line.text for line in cell if line.text) for cell in self.cells]


@dataclass
class Grid:
    """A table."""

    rows: list[Row]
    style: str = ""
    control: UUID | None = None

    def lines(self) -> Iterator[Line]:
        """All paragraphs, row by row."""
        for row in self.rows:
            for cell in row.cells:
                yield from cell


Block = Line | Grid


@dataclass
class Body:
    """What a file holds: the body's blocks, what was deleted, headers, footers, comments and notes.

    `comments` are (author, date, text, passage) by their id.
    """

    blocks: list[Block]
    ghosts: list[Line] = field(default_factory=list)
    header: list[Line] = field(default_factory=list)
    footer: list[Line] = field(default_factory=list)
    comments: dict[str, tuple[str, datetime | None, str, str]] = field(default_factory=dict)

    def lines(self) -> Iterator[Line]:
        """All paragraphs of the body."""
        for block in self.blocks:
            if isinstance(block, Grid):
                yield from block.lines()
            else:
                yield block


def read_body(package: Package, main: str) -> Body:
    """Everything of a file's main part and of those that belong to it. Raises `RefusedFile`."""
    styles = styles_of(package, main)
    reader = _Reader(package, main, styles)
    body = package.xml(main).find(name("body"))
    blocks, ghosts = _settled(reader.blocks(body)) if body is not None else ([], [])
    result = Body(blocks, ghosts)
    for kind, lines in (("header", result.header), ("footer", result.footer)):
        for path in sorted(package.related(main, kind)):
            settled, _ = _settled(_Reader(package, path, styles).blocks(package.xml(path)))
            lines += [line for line in Body(settled).lines() if line.text or line.gone]
    result.comments = reader.finished_comments()
    return result


class _Reader:
    """Walks through one part; keeps what is open across paragraphs: fields and comments."""

    def __init__(self, package: Package, path: str, styles: Mapping[str, tuple[str, bool]]) -> None:
        self._styles = styles
        self._comments = comments_of(package, path)
        self._notes = notes_of(package, path)
        self._passages: dict[str, list[str]] = {}
        self._open: list[str] = []
        self._fields: list[list[str]] = []
        """Of each open field: its instruction, and "result" once that has begun."""

    def finished_comments(self) -> dict[str, tuple[str, datetime | None, str, str]]:
        """All comments with the words they are about."""
        return {
            key: (*comment, " ".join("".join(self._passages.get(key, ())).split()))
            for key, comment in self._comments.items()
        }

    def blocks(self, container: Element, control: UUID | None = None) -> list[Block]:
        """Paragraphs and tables, also of content controls and custom XML."""
        result: list[Block] = []
        for child in container:
            if child.tag == _P:
                result.append(self._line(child, control))
            elif child.tag == _TBL:
                result.append(self._grid(child, control))
            elif child.tag == _SDT:
                content = child.find(name("sdtContent"))
                if content is not None:
                    result += self.blocks(content, _control(child) or control)
            elif child.tag == name("altChunk"):
                result.append(Line(extras=[(UnmappedKind.EMBEDDED, "")], control=control))
            elif child.tag == name("bookmarkStart"):
                result.append(Line(bookmarks=_bookmark(child), control=control))
            elif child.tag not in _PARTS_OF_OTHERS and child.tag != name("sectPr") and len(child):
                result += self.blocks(child, control)
        return result

    def _grid(self, table: Element, control: UUID | None) -> Grid:
        style = table.find(f"{name('tblPr')}/{name('tblStyle')}")
        grid = Grid([], self._styles.get(value_of(style), ("", False))[0], control)
        for row in _inside(table, name("tr")):
            cells = [self._cell(cell, control) for cell in _inside(row, name("tc"))]
            gone = row.find(f"{name('trPr')}/{name('del')}")
            came = row.find(f"{name('trPr')}/{name('ins')}")
            mark = gone if gone is not None else came
            by = Piece("", came is not None, gone is not None, *writer_of(mark)) if mark is not None else None
            grid.rows.append(Row(cells, gone is not None, by))
        return grid

    def _cell(self, cell: Element, control: UUID | None) -> list[Line]:
        lines = list(Body(self.blocks(cell, control)).lines())
        if cell.find(f"{name('tcPr')}/{name('cellDel')}") is not None:
            for line in lines:
                line.pieces = [replace(piece, deleted=True) for piece in line.pieces]
        return lines

    def _line(self, paragraph: Element, control: UUID | None) -> Line:
        style, heading = self._styles.get(value_of(paragraph.find(f"{name('pPr')}/{name('pStyle')}")), ("", False))
        level = paragraph.find(f"{name('pPr')}/{name('outlineLvl')}")
        line = Line(style=style, heading=heading or (level is not None and value_of(level) < "9"), control=control)
        for mark in paragraph.iterfind(f"{name('pPr')}/{name('rPr')}/*"):
            if mark.tag in _DELETED:
                line.mark_deleted = True
        self._inline(paragraph, line, Piece(""))
        return line

    def _inline(self, container: Element, line: Line, state: Piece) -> None:
        for child in container:
            if child.tag == _R:
                style = value_of(child.find(f"{name('rPr')}/{name('rStyle')}"))
                blank = self._styles.get(style, ("", False))[0] == "missing words"
                self._run(child, line, replace(state, blank=blank))
            elif child.tag in _INSERTED or child.tag in _DELETED:
                gone = child.tag in _DELETED
                author, date = writer_of(child)
                inner = replace(
                    state, inserted=state.inserted or not gone, deleted=state.deleted or gone, author=author, date=date
                )
                self._inline(child, line, inner)
            elif child.tag == name("fldSimple"):
                self._field(child.get(name("instr"), ""), child, line, state)
            elif child.tag == name("bookmarkStart"):
                line.bookmarks += _bookmark(child)
            elif child.tag == name("commentRangeStart"):
                self._open.append(child.get(name("id"), ""))
                line.comments.append(child.get(name("id"), ""))
            elif child.tag == name("commentRangeEnd"):
                self._open = [key for key in self._open if key != child.get(name("id"))]
            elif child.tag.endswith("}oMath") or child.tag.endswith("}oMathPara"):
                self._add(line, replace(state, text="".join(part.text or "" for part in child.iter())))
            elif child.tag not in _PARTS_OF_OTHERS and child.tag != _FALLBACK:
                if child.tag == _SDT and (clause := _control(child)):
                    line.control = line.control or clause
                self._inline(child, line, state)

    def _field(self, instruction: str, container: Element, line: Line, state: Piece) -> None:
        if _is_page(instruction):
            self._add(line, replace(state, text=PAGE))
        else:
            self._inline(container, line, state)

    def _run(self, run: Element, line: Line, state: Piece) -> None:
        for child in run:
            tag = child.tag.rpartition("}")[2]
            if child.tag == name("fldChar"):
                self._field_mark(child.get(name("fldCharType"), ""), line, state)
            elif tag in {"instrText", "delInstrText"}:
                if self._fields:
                    self._fields[-1][0] += child.text or ""
            elif any(len(field) == 1 or _is_page(field[0]) for field in self._fields):
                continue  # an instruction, or the number of a page
            elif tag in {"t", "delText"}:
                self._add(line, replace(state, text=child.text or ""))
            elif tag in _SIGNS:
                self._add(line, replace(state, text=_SIGNS[tag]))
            elif tag == "sym":
                code = child.get(name("char"), "")
                self._add(line, replace(state, text=chr(int(code, 16)) if _is_code(code) else ""))
            elif tag.endswith("Reference"):
                self._reference(tag, child.get(name("id"), ""), line)
            elif child.tag != _FALLBACK and tag not in {"rPr", "lastRenderedPageBreak", "annotationRef"}:
                self._thing(child, line)

    def _reference(self, tag: str, key: str, line: Line) -> None:
        if tag == "commentReference" and key not in line.comments and key not in self._passages:
            line.comments.append(key)
        elif tag != "commentReference":
            line.extras.append((UnmappedKind.NOTE, self._notes.get(f"{tag.removesuffix('Reference')} {key}", "")))

    def _field_mark(self, kind: str, line: Line, state: Piece) -> None:
        if kind == "begin":
            self._fields.append([""])
        elif kind == "separate" and self._fields:
            self._fields[-1].append("result")
        elif kind == "end" and self._fields and _is_page(self._fields.pop()[0]):
            self._add(line, replace(state, text=PAGE))

    def _thing(self, element: Element, line: Line) -> None:
        """Pictures, text boxes, embedded files."""
        boxes = [box for box in element.iter(name("txbxContent")) if not _in_fallback(box, element)]
        for box in boxes:
            text = "\n".join(inner.text for inner in Body(self.blocks(box)).lines() if inner.text)
            line.extras.append((UnmappedKind.TEXT_BOX, text))
        tag = element.tag.rpartition("}")[2]
        if not boxes and tag in {"drawing", "pict", "object", "AlternateContent"}:
            described = next((p for p in element.iter() if p.tag.endswith("}docPr")), None)
            text = "" if described is None else described.get("descr") or described.get("name") or ""
            line.extras.append((UnmappedKind.EMBEDDED if tag == "object" else UnmappedKind.PICTURE, text))

    def _add(self, line: Line, piece: Piece) -> None:
        if piece.text:
            line.pieces.append(piece)
            for key in self._open:
                self._passages.setdefault(key, []).append("" if piece.deleted else piece.text)


def _settled(blocks: Sequence[Block]) -> tuple[list[Block], list[Line]]:
    """Blocks once all changes are accepted, and the paragraphs that then are gone."""
    ghosts: list[Line] = []
    result: list[Block] = []
    for block in _joined(blocks, ghosts):
        if isinstance(block, Grid):
            for row in block.rows:
                row.cells = [[b for b in _joined(cell, ghosts) if isinstance(b, Line)] for cell in row.cells]
                if row.deleted:
                    ghosts += [line for cell in row.cells for line in cell]
            kept = [row for row in block.rows if not row.deleted]
            if kept:
                result.append(Grid(kept, block.style, block.control))
        else:
            result.append(block)
    return result, ghosts


def _joined(blocks: Sequence[Block], ghosts: list[Line]) -> list[Block]:
    """A paragraph whose mark is deleted goes on in the next one; one of which nothing is left is gone."""
    result: list[Block] = []
    waiting: Line | None = None
    for block in blocks:
        if isinstance(block, Grid):
            result += [waiting] if waiting else []
            waiting = None
            result.append(block)
            continue
        line = block
        if line.mark_deleted and line.gone:
            ghosts.append(line)
            if not waiting:
                continue
        if waiting and waiting.heading and line.heading and line.text:
            # LibreOffice forgets that the words of a deleted heading in a content control are deleted.
            result.append(waiting)
            waiting = None
        if waiting:
            line = Line(
                [*waiting.pieces, *line.pieces], waiting.style,
                waiting.heading, [*waiting.bookmarks, *line.bookmarks], waiting.control or line.control,
                line.mark_deleted, [*waiting.comments, *line.comments], [*waiting.extras, *line.extras],
            )  # fmt: skip
            waiting = None
        elif line.gone:
            ghosts.append(line)
        if line.mark_deleted and line.text:
            waiting = line
        else:
            result.append(line)
    return [*result, waiting] if waiting else result


def _inside(container: Element, tag: str) -> Iterator[Element]:
    """Rows or cells, also within content controls."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag not in _PARTS_OF_OTHERS and child.tag not in {_TBL, _P}:
            yield from _inside(child, tag)


def _control(element: Element) -> UUID | None:
    return read_clause_tag(value_of(element.find(f"{name('sdtPr')}/{name('tag')}")))


def _bookmark(element: Element) -> list[UUID]:
    found = read_clause_bookmark(element.get(name("name"), ""))
    return [found] if found else []


def _is_page(instruction: str) -> bool:
    words = instruction.split()
    return bool(words) and words[0].upper() in {"PAGE", "NUMPAGES", "SECTIONPAGES"}


def _is_code(code: str) -> bool:
    try:
        return 0x20 <= int(code, 16) < 0xFFFE and not 0xD800 <= int(code, 16) < 0xE000
    except ValueError:
        return False


def _in_fallback(element: Element, top: Element) -> bool:
    while element is not top:
        parent = element.getparent()
        if parent is None or parent.tag == _FALLBACK:
            return parent is not None
        element = parent
    return False
