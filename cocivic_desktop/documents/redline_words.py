"""Tracked changes inside paragraphs: runs inserted and deleted word by word (ECMA-376 part 1, section 17.13.5)."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lxml import etree

from cocivic_desktop.documents.wml import SPACE, Element, name, w
from cocivic_desktop.domain.rules.text_compare import WORDS, opcodes

_MARKS = {name("bookmarkStart"), name("bookmarkEnd")}
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DELETED_NAMES = {name("t"): name("delText"), name("instrText"): name("delInstrText")}
_FIRST_ID = 10_000
"""Ids of tracked changes start above those of bookmarks and content controls' places."""


class Revisions:
    """Makes the marks of one author's changes at one moment, each with its own id."""

    def __init__(self, author: str, date: datetime) -> None:
        self._author, self._last = author, _FIRST_ID
        self._date, self._later = (
            moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (date, date + timedelta(minutes=2))
        )

    def mark(self, tag: str, *children: Element) -> Element:
        """A `w:ins` or `w:del` around runs, or as a mark by itself."""
        self._last += 1
        return w(tag, *children, id=self._last, author=self._author, date=self._date)

    def delay_mark(self, paragraph: Element) -> None:
        """Let a tracked paragraph's mark follow its words by two minutes."""
        for mark in paragraph.iterfind(f"{name('pPr')}/{name('rPr')}/{name('del')}"):
            mark.set(name("date"), self._later)

    def whole_paragraph(self, paragraph: Element, tag: str) -> None:
        """Track all of a paragraph, its mark too."""
        for child in list(paragraph):
            if child.tag == name("pPr") or child.tag in _MARKS:
                continue
            place = paragraph.index(child)
            paragraph.remove(child)
            for offset, element in enumerate(self._tracked([child], tag)):
                paragraph.insert(place + offset, element)
        self.paragraph_mark(paragraph, tag)

    def paragraph_mark(self, paragraph: Element, tag: str) -> None:
        """Track a paragraph's mark only."""
        properties = paragraph.find(name("pPr"))
        if properties is None:
            properties = w("pPr")
            paragraph.insert(0, properties)
        of_mark = properties.find(name("rPr"))
        if of_mark is None:
            of_mark = w("rPr")
            properties.append(of_mark)
        of_mark.insert(0, self.mark(tag))

    def row_mark(self, row: Element, tag: str) -> None:
        """Track a table's row."""
        properties = row.find(name("trPr"))
        if properties is None:
            properties = w("trPr")
            row.insert(0, properties)
        properties.append(self.mark(tag))

    def merged(self, old: Element, new: Element) -> Element:
        """The new paragraph with what is gone and what came tracked inside it."""
        before, after = _tokens(old), _tokens(new)
        result = w("p")
        properties = new.find(name("pPr"))
        if properties is not None:
            result.append(copy.deepcopy(properties))
        result.extend(copy.deepcopy(child) for child in new if child.tag == name("bookmarkStart"))
        for tag, i1, i2, j1, j2 in opcodes([token.key for token in before], [token.key for token in after]):
            if tag == "equal":
                result.extend(_elements(after[j1:j2]))
            else:
                result.extend(self._tracked(_elements(before[i1:i2]), "del"))
                result.extend(self._tracked(_elements(after[j1:j2]), "ins"))
        result.extend(copy.deepcopy(child) for child in new if child.tag == name("bookmarkEnd"))
        return result

    def _tracked(self, elements: Sequence[Element], tag: str) -> list[Element]:
        """Runs within one mark; other elements keep their place, and what runs they hold are marked inside them."""
        result: list[Element] = []
        gathered: list[Element] = []
        for element in elements:
            if tag == "del" and _needs_a_part(element):
                continue
            if tag == "del":
                _as_deleted(element)
            if element.tag == name("r"):
                gathered.append(element)
                continue
            if gathered:
                result.append(self.mark(tag, *gathered))
                gathered = []
            inner = list(element)
            for child in inner:
                element.remove(child)
            element.extend(self._tracked(inner, tag) if inner and inner[0].tag == name("r") else inner)
            result.append(element)
        return [*result, self.mark(tag, *gathered)] if gathered else result


@dataclass(frozen=True)
class _Token:
    """A word with its form, or a piece that is whole or not there: a field, a picture, a link."""

    key: tuple[str, str]
    text: str | None
    form: Element | None
    elements: tuple[Element, ...] = ()


def _tokens(paragraph: Element) -> list[_Token]:
    result: list[_Token] = []
    field: list[Element] = []
    depth = 0
    for child in paragraph:
        if child.tag == name("pPr") or child.tag in _MARKS:
            continue
        kinds = [mark.get(name("fldCharType")) for mark in child.iter(name("fldChar"))]
        depth += kinds.count("begin") - kinds.count("end")
        if kinds or depth:
            field.append(child)
            if depth <= 0:
                result.append(_whole(field))
                field, depth = [], 0
        elif child.tag == name("r") and all(part.tag in _TEXTS for part in child):
            result += _words(child)
        else:
            result.append(_whole([child]))
    return [*result, _whole(field)] if field else result


_TEXTS = {name(tag) for tag in ("rPr", "t", "br", "tab")}


def _words(run: Element) -> list[_Token]:
    form = run.find(name("rPr"))
    key = "" if form is None else etree.tostring(form, method="c14n", exclusive=True).decode()
    result = []
    for part in run:
        if part.tag == name("t"):
            result += [_Token((key, text), text, form) for text in WORDS.findall(part.text or "")]
        elif part.tag != name("rPr"):
            text = "\n" if part.tag == name("br") else "\t"
            result.append(_Token((key, text), text, form))
    return result


def _whole(elements: Iterable[Element]) -> _Token:
    parts = tuple(elements)
    return _Token(
        ("", "".join(etree.tostring(p, method="c14n", exclusive=True).decode() for p in parts)), None, None, parts
    )


def _elements(tokens: Sequence[_Token]) -> list[Element]:
    """Tokens as runs again; neighbours of the same form share one."""
    result: list[Element] = []
    form: str | None = None
    for token in tokens:
        if token.text is None:
            result += [copy.deepcopy(element) for element in token.elements]
            form = None
            continue
        if form != token.key[0]:
            result.append(w("r", copy.deepcopy(token.form)))
            form = token.key[0]
        _add_text(result[-1], token.text)
    return result


def _add_text(run: Element, text: str) -> None:
    if text in {"\n", "\t"}:
        run.append(w("br" if text == "\n" else "tab"))
        return
    last = run[-1] if len(run) else None
    if last is None or last.tag != name("t"):
        last = w("t")
        run.append(last)
    last.text = (last.text or "") + text
    if last.text != last.text.strip():
        last.set(SPACE, "preserve")


def _as_deleted(element: Element) -> None:
    for part in element.iter(*_DELETED_NAMES):
        part.tag = _DELETED_NAMES[str(part.tag)]
        part.set(SPACE, "preserve")


def _needs_a_part(element: Element) -> bool:
    """Whether it shows a part of the old file, such as a picture, which the new one does not have."""
    return any(str(key).startswith(_RELATIONS) for part in element.iter() for key in part.attrib)
