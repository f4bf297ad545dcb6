"""Accepting and rejecting tracked changes by the letter of the standard, and what a document then holds."""

from __future__ import annotations

import copy
from typing import Any

from cocivic_desktop.documents.wml import Element, name
from tests.documents.parts import part

Shape = list[Any]
_P, _R, _TR, _TBL, _SDT = (name(tag) for tag in ("p", "r", "tr", "tbl", "sdt"))


def accepted(data: bytes, path: str = "word/document.xml") -> Element:
    """The root with all changes accepted."""
    return _settled(part(data, path), gone="del", stays="ins")


def rejected(data: bytes, path: str = "word/document.xml") -> Element:
    """The root with all changes rejected."""
    return _settled(part(data, path), gone="ins", stays="del")


def _settled(root: Element, *, gone: str, stays: str) -> Element:
    root = copy.deepcopy(root)
    for row in list(root.iter(_TR)):
        if row.find(f"{name('trPr')}/{name(gone)}") is not None:
            _remove(row)
    for table in list(root.iter(_TBL)):
        if table.find(_TR) is None:
            _remove(table)
    for mark in [mark for mark in root.iter(name(gone)) if mark.find(_R) is not None]:
        _remove(mark)
    for mark in [mark for mark in root.iter(name(stays)) if mark.find(_R) is not None]:
        for child in list(mark):
            mark.addprevious(child)
        _remove(mark)
    for text in root.iter(name("delText")):
        text.tag = name("t")
    for paragraph in list(root.iter(_P)):
        if paragraph.find(f"{name('pPr')}/{name('rPr')}/{name(gone)}") is not None:
            _join_with_next(paragraph)
    return root


def _join_with_next(paragraph: Element) -> None:
    """A paragraph without its mark goes on in the next one, whose properties count."""
    following = paragraph.getnext()
    content = [child for child in paragraph if child.tag == _R]
    if following is None or following.tag != _P:
        assert not content, "words would be left without a paragraph"
    else:
        place = 1 if following.find(name("pPr")) is not None else 0
        for offset, child in enumerate(content):
            following.insert(place + offset, child)
    _remove(paragraph)


def _remove(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def shape(root: Element) -> Shape:
    """Paragraphs and tables: styles, numbering, and words with their language and character style."""
    result: Shape = []
    for block in root:
        if block.tag == _P:
            result.append(_paragraph(block))
        elif block.tag == _TBL:
            result.append(["table", *([shape(cell) for cell in row.findall(name("tc"))] for row in block.findall(_TR))])
        elif block.tag == _SDT:
            content = block.find(name("sdtContent"))
            result += shape(content) if content is not None else []
        elif block.tag == name("body"):
            result += shape(block)
    return result


def _paragraph(paragraph: Element) -> Shape:
    style = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
    numbering = paragraph.find(f"{name('pPr')}/{name('numPr')}/{name('numId')}")
    pieces: Shape = []
    for run in paragraph.iter(_R):
        form = [run.find(f"{name('rPr')}/{name(tag)}") for tag in ("rStyle", "lang")]
        key = [element.get(name("val")) if element is not None else "" for element in form]
        words = "".join(
            {name("br"): "\n", name("tab"): "\t"}.get(str(t.tag), t.text or "") for t in run if t.tag != name("rPr")
        )
        if pieces and pieces[-1][0] == key:
            pieces[-1][1] += words
        elif words:
            pieces.append([key, words])
    return [
        style.get(name("val")) if style is not None else "",
        numbering.get(name("val")) if numbering is not None else "",
        pieces,
    ]


def without_last_gap(content: Shape, other: Shape) -> Shape:
    """A redline may end with one more narrow empty paragraph."""
    return content[:-1] if len(content) == len(other) + 1 and content[-1] == ["Gap", "", []] else content
