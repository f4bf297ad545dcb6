"""Two versions of an agreement as one DOCX with tracked changes.

Works on the files themselves, so that frozen versions are compared exactly as they left and the look is that of the
export. Accepting all changes gives the new version's paragraphs, tables and rows, rejecting all gives the old one's,
in texts, styles and languages. What only steers the layout (keep with next, column widths) and the file's properties
follow the new version. Clauses stand without their content controls, in which LibreOffice puts tracked changes in the
wrong place, and keep their bookmarks. A narrow empty paragraph may follow at the end, where no program can delete the
last one; LibreOffice also leaves one beside a table that comes or goes as a whole.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from cocivic_desktop.documents.hostile import Package
from cocivic_desktop.documents.redline_words import Revisions
from cocivic_desktop.documents.wml import Element, W, gap, name, w
from cocivic_desktop.domain.rules.text_compare import align, in_order, likeness

_DOCUMENT = "word/document.xml"
_MARGINS = re.compile(r"word/(header|footer)\d*\.xml")
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P, _TBL, _TR, _TC, _SDT = (name(tag) for tag in ("p", "tbl", "tr", "tc", "sdt"))
_UNALIKE: Final = 0.15
"""Likeness below which a paragraph in another's place is shown as deleted and inserted."""


def redline_docx(old: bytes, new: bytes, *, author: str, date: datetime) -> bytes:
    """Two exports of an agreement as one with tracked changes by `author` at `date` (aware).

    Raises `RefusedFile` for bytes that are no DOCX.
    """
    before, after = Package(old), Package(new)
    revisions = Revisions(author, date)
    parts = {_DOCUMENT: _merged_document(before.xml(_DOCUMENT), after.xml(_DOCUMENT), revisions)}
    with zipfile.ZipFile(io.BytesIO(new)) as package:
        for path in package.namelist():
            if _MARGINS.fullmatch(path) and path in before:
                parts[path] = _merged_margin(before.xml(path), after.xml(path), revisions)
        return _rewritten(package, parts)


def _rewritten(package: zipfile.ZipFile, parts: dict[str, Element]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as result:
        for info in package.infolist():
            content = package.read(info)
            if info.filename in parts:
                content = etree.tostring(parts[info.filename], xml_declaration=True, encoding="UTF-8", standalone=True)
            result.writestr(info, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _merged_document(old: Element, new: Element, revisions: Revisions) -> Element:
    before, after = old.find(name("body")), new.find(name("body"))
    if before is None or after is None:
        return new
    blocks, steady_end = _Merger(revisions).merged(
        [block for block in before if block.tag != name("sectPr")],
        [block for block in after if block.tag != name("sectPr")],
    )
    section = after.find(name("sectPr"))
    for block in list(after):
        if block is not section:
            after.remove(block)
    for place, block in enumerate([*blocks, *([] if steady_end else [gap()])]):
        after.insert(place, block)
    _renumber(after)
    return new


def _merged_margin(old: Element, new: Element, revisions: Revisions) -> Element:
    """A header or footer; with pictures, or when it cannot be said, the new one."""
    if any(f"{{{_RELATIONS}}}" in str(key) for part in old.iter() for key in part.attrib):
        return new
    blocks, steady_end = _Merger(revisions).merged(list(old), list(new), closed=True)
    if steady_end:
        for block in list(new):
            new.remove(block)
        new.extend(blocks)
    return new


def _renumber(body: Element) -> None:
    """Bookmarks of two files in one: each has a number of its own and stands once, rather where it stays."""
    starts = list(body.iter(name("bookmarkStart")))
    starts.sort(key=lambda start: bool(start.xpath("count(../w:pPr/w:rPr/w:del)", namespaces={"w": W})))
    known: set[str] = set()
    for count, start in enumerate(starts, 1):
        paragraph = start.getparent()
        if paragraph is None:
            continue
        ends = [end for end in paragraph.findall(name("bookmarkEnd")) if end.get(name("id")) == start.get(name("id"))]
        title = start.get(name("name"), "")
        for mark in (start, *ends):
            if title in known or not ends:
                paragraph.remove(mark)
            else:
                mark.set(name("id"), str(count))
        known.add(title)


@dataclass(frozen=True)
class _Unit:
    """What comes and goes together: a paragraph, a clause, or a table with the narrow gap behind it."""

    kind: str
    """Two units can be versions of each other when their kinds are the same."""
    text: str
    blocks: tuple[Element, ...]


_Pair = tuple[_Unit | None, _Unit | None]


class _Merger:
    """Merges blocks of two versions. Nothing of the given elements is changed."""

    def __init__(self, revisions: Revisions) -> None:
        self._revisions = revisions
        self._alike: set[tuple[str, str]] = set()
        """Clauses with the same words in both versions, which may only have moved."""

    def merged(
        self, old: Sequence[Element], new: Sequence[Element], *, closed: bool = False
    ) -> tuple[list[Element], bool]:
        """Blocks that hold both versions, and whether their last paragraph is in both.

        In something `closed`, such as a cell, the last paragraph cannot go or come by itself: instead, the mark of
        the one before it is tracked.
        """
        pairs = self._paired(_units(old), _units(new))
        if closed:
            pairs = _closed(pairs)
        kept = _kept_mark(pairs) if closed else None
        result: list[Element] = []
        for one, two in pairs:
            if one and two:
                result += self._both(one, two)
            elif one or two:
                result += self._single((one or two).blocks, "del" if one else "ins")  # type: ignore[union-attr]
        if kept:
            self._shift_marks(result, *kept)
        return result, bool(kept) or not pairs or all(pairs[-1])

    def _paired(self, old: Sequence[_Unit], new: Sequence[_Unit]) -> list[_Pair]:
        """Clauses by their ids where they kept their order; what lies between them by its likeness."""
        places = {unit.kind: place for place, unit in enumerate(old) if unit.kind.startswith(_SDT)}
        common = [(places[unit.kind], j) for j, unit in enumerate(new) if unit.kind in places]
        self._alike |= {(unit.kind, unit.text) for unit in old} & {(unit.kind, unit.text) for unit in new}
        steady = [common[index] for index in in_order([i for i, _ in common])]
        result: list[_Pair] = []
        i = j = 0
        for one, two in [*steady, (len(old), len(new))]:
            result += _between(old[i:one], new[j:two])
            if one < len(old):
                result.append((old[one], new[two]))
            i, j = one + 1, two + 1
        return result

    def _both(self, one: _Unit, two: _Unit) -> list[Element]:
        first, second = one.blocks[0], two.blocks[0]
        if second.tag == _P:
            return [self._revisions.merged(first, second)]
        if second.tag == _TBL:
            return [self._table(first, second), *(copy.deepcopy(block) for block in two.blocks[1:])]
        return self.merged(_inside(first), _inside(second))[0]

    def _single(self, blocks: Sequence[Element], tag: str) -> list[Element]:
        """Blocks that only one version has, wholly tracked; clauses without their controls."""
        result: list[Element] = []
        for block in blocks:
            if block.tag == _SDT:
                moved = (f"{_SDT} {_value(block, 'tag')}", _text(block)) in self._alike
                result += self._clause(_inside(block), tag, moved=moved)
                continue
            element = copy.deepcopy(block)
            for paragraph in element.iter(_P):
                self._revisions.whole_paragraph(paragraph, tag)
            for row in element.iter(_TR):
                self._revisions.row_mark(row, tag)
            result.append(element)
        return result

    def _clause(self, blocks: Sequence[Element], tag: str, *, moved: bool) -> list[Element]:
        """A clause that only one version has, or has here.

        LibreOffice takes a text that one person deletes here and inserts there for its own kind of move, and loses
        the style of what follows when that is settled. Not so when words and marks (but the last) go two minutes apart.
        """
        result = self._single(blocks, tag)
        if tag == "del" and moved:
            for block in result[:-1]:
                if block.tag == _P:
                    self._revisions.delay_mark(block)
        return result

    def _table(self, old: Element, new: Element) -> Element:
        """One table with the rows of both versions; it has the column edges of both where they differ in number."""
        before, result = copy.deepcopy(old), copy.deepcopy(new)
        if (one := _widths(before)) != (two := _widths(result)):
            _set_grids(before, result, two if len(one) == len(two) else None)
        rows_before, rows_after = before.findall(_TR), result.findall(_TR)
        for row in rows_after:
            result.remove(row)
        for i, j in align(
            [_text(row) for row in rows_before], [_text(row) for row in rows_after], alike=0.3, lone=True
        ):
            both = self._row(rows_before[i], rows_after[j]) if i is not None and j is not None else None
            if both is not None:
                result.append(both)
                continue
            result.extend(self._single([] if i is None else [rows_before[i]], "del"))
            result.extend(self._single([] if j is None else [rows_after[j]], "ins"))
        return result

    def _row(self, old: Element, new: Element) -> Element | None:
        """A row with both versions of each cell, None where a cell's paragraphs cannot be merged."""
        result = copy.deepcopy(new)
        if len(old.findall(_TC)) != len(new.findall(_TC)):
            return None
        for before, after in zip(old.findall(_TC), result.findall(_TC), strict=True):
            blocks, steady = self.merged(_content(before), _content(after), closed=True)
            if not steady:
                return None
            for block in _content(after):
                after.remove(block)
            after.extend(blocks)
        return result

    def _shift_marks(self, blocks: Sequence[Element], count: int, tag: str) -> None:
        """The last `count` paragraphs are tracked: track the mark before each of them instead of its own."""
        for paragraph in blocks[len(blocks) - count - 1 :]:
            for mark in paragraph.iterfind(f"{name('pPr')}/{name('rPr')}"):
                for tracked in mark.findall(name(tag)):
                    mark.remove(tracked)
                if not len(mark) and (properties := mark.getparent()) is not None:
                    properties.remove(mark)
        for paragraph in blocks[len(blocks) - count - 1 : -1]:
            self._revisions.paragraph_mark(paragraph, tag)


def _closed(pairs: list[_Pair]) -> list[_Pair]:
    """The last paragraphs of both versions as one where neither could go."""
    if len(pairs) > 1:
        (one, none), (nothing, two) = pairs[-2:]
        if one and two and not none and not nothing and one.kind == two.kind and one.kind.startswith(_P):
            return [*pairs[:-2], (one, two)]
    return pairs


def _kept_mark(pairs: Sequence[_Pair]) -> tuple[int, str] | None:
    """How many paragraphs at the end only one version has, and how they are tracked; None when marks cannot shift."""
    count = 0
    while (
        count < len(pairs) and (pairs[-1 - count][0] is None) == (pairs[-1][0] is None) and not all(pairs[-1 - count])
    ):
        count += 1
    if not count or count == len(pairs) or not all(pairs[-1 - count]):
        return None
    kinds = {unit.kind for pair in pairs[len(pairs) - count - 1 :] for unit in pair if unit}
    if len(kinds) > 1 or not next(iter(kinds)).startswith(_P):
        return None
    return count, "ins" if pairs[-1][0] is None else "del"


def _between(old: Sequence[_Unit], new: Sequence[_Unit]) -> list[_Pair]:
    result: list[_Pair] = []
    for i, j in align([_key(unit) for unit in old], [_key(unit) for unit in new], lone=True):
        one = None if i is None else old[i]
        two = None if j is None else new[j]
        result += [(one, two)] if not (one and two) or _fit(one, two) else [(one, None), (None, two)]
    return result


def _fit(one: _Unit, two: _Unit) -> bool:
    """Whether two units may be versions of each other."""
    if one.kind != two.kind:
        return False
    return not (one.text and two.text and one.kind.startswith(_P)) or likeness(one.text, two.text) > _UNALIKE


def _units(blocks: Sequence[Element]) -> list[_Unit]:
    result: list[_Unit] = []
    for block in blocks:
        if block.tag == _P:
            last = result[-1].blocks if result else ()
            if len(last) == 1 and last[0].tag == _TBL and not _text(block):
                result[-1] = _Unit(result[-1].kind, result[-1].text, (*last, block))
            else:
                result.append(_Unit(f"{_P} {_value(block, 'pStyle')}", _text(block), (block,)))
        elif block.tag == _TBL:
            result.append(_Unit(f"{_TBL} {_value(block, 'tblStyle')}", _text(block), (block,)))
        elif block.tag == _SDT:
            result.append(_Unit(f"{_SDT} {_value(block, 'tag')}", _text(block), (block,)))
    return result


def _key(unit: _Unit) -> str:
    """Never the same for units of different kinds."""
    return f"{unit.kind.rpartition('}')[2]} {unit.text}"


def _value(block: Element, tag: str) -> str:
    found = next(block.iter(name(tag)), None)
    return "" if found is None else found.get(name("val"), "")


def _text(block: Element) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(name("t"))) for p in block.iter(_P))


def _inside(control: Element) -> list[Element]:
    return [block for content in control.findall(name("sdtContent")) for block in content]


def _widths(table: Element) -> list[int]:
    return [int(column.get(name("w"), "0")) for column in table.iterfind(f"{name('tblGrid')}/{name('gridCol')}")]


def _set_grids(old: Element, new: Element, widths: list[int] | None) -> None:
    """Let two tables stand in one: the old one takes the new one's widths, or both have all their edges."""
    edges = sorted({sum(of[:n]) for of in (_widths(old), _widths(new)) for n in range(1, len(of) + 1)})
    for table in (old, new):
        ends = [sum(_widths(table)[:n]) for n in range(1, len(_widths(table)) + 1)]
        for row in table.findall(_TR):
            for index, cell in enumerate(row.findall(_TC)):
                if widths is not None:
                    _set_first(cell, "tcW", w=widths[index], type="dxa")
                    continue
                start = ends[index - 1] if index else 0
                span = sum(1 for edge in edges if start < edge <= ends[index])
                if span > 1:
                    _set_first(cell, "gridSpan", val=span)
    if widths is None:
        grid = new.find(name("tblGrid"))
        if grid is not None:
            grid[:] = [w("gridCol", w=edge - before) for before, edge in zip([0, *edges], edges, strict=False)]


def _set_first(cell: Element, tag: str, **values: str | int) -> None:
    """Set a property of a cell; its width is the first, its span the second."""
    properties = cell.find(name("tcPr"))
    if properties is None:
        return
    for former in properties.findall(name(tag)):
        properties.remove(former)
    properties.insert(0 if tag == "tcW" else 1, w(tag, **values))


def _content(cell: Element) -> list[Element]:
    return [block for block in cell if block.tag != name("tcPr")]
