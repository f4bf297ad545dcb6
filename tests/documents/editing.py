"""Editing an exported agreement as others would: in Word, with tracked changes, in Google Docs."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Sequence

from lxml import etree

from cocivic_desktop.documents.wml import Element, name, w
from tests.documents.parts import words

AUTHOR, WHEN = "Jürgen Weiß", "2026-09-20T10:15:00Z"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Returned:
    """An export being edited."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {path: package.read(path) for path in package.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self._comments = w("comments")

    def bytes(self) -> bytes:
        """The file as it comes back."""
        self.parts["word/document.xml"] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        if len(self._comments):
            self.parts["word/comments.xml"] = etree.tostring(self._comments, xml_declaration=True, encoding="UTF-8")
            self._add("[Content_Types].xml", f'<Override PartName="/word/comments.xml" ContentType="{_COMMENTS}"/>')
            relation = f'<Relationship Id="rIdC" Type="{_OFFICE}/comments" Target="comments.xml"/>'
            self._add("word/_rels/document.xml.rels", relation)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for path, content in self.parts.items():
                package.writestr(path, content)
        return buffer.getvalue()

    def _add(self, path: str, element: str) -> None:
        if element.encode() not in self.parts[path]:
            head, end, tail = self.parts[path].rpartition(b"</")
            self.parts[path] = head + element.encode() + end + tail

    def paragraph(self, start: str) -> Element:
        """The paragraph that begins with some words."""
        return next(p for p in self.root.iter(name("p")) if words(p).startswith(start))

    def row(self, start: str) -> Element:
        """The table's row that begins with some words."""
        return next(row for row in self.root.iter(name("tr")) if words(row).startswith(start))

    def clause(self, title: str) -> list[Element]:
        """All blocks of a clause."""
        heading = self.paragraph(title)
        control = next((a for a in heading.iterancestors(name("sdt"))), None)
        return [control] if control is not None else [heading]

    def replace(self, start: str, old: str, new: str) -> None:
        """Type over some words of a paragraph."""
        paragraph = self.paragraph(start)
        for text in paragraph.iter(name("t")):
            if old in (text.text or ""):
                text.text = (text.text or "").replace(old, new)
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                return
        raise AssertionError(old)

    def replace_tracked(self, start: str, old: str, new: str, author: str = AUTHOR) -> None:
        """The same while changes are tracked: the run is split in three."""
        run = next(r for r in self.paragraph(start).iter(name("r")) if old in words(r))
        before, after = words(run).split(old, 1)
        place, parent = run.getparent().index(run), run.getparent()  # type: ignore[union-attr]
        pieces = [text_run(before, run)] if before else []
        if old:
            pieces.append(mark("del", deleted(text_run(old, run)), author=author))
        if new:
            pieces.append(mark("ins", text_run(new, run), author=author))
        pieces += [text_run(after, run)] if after else []
        parent.remove(run)  # type: ignore[union-attr]
        for offset, piece in enumerate(pieces):
            parent.insert(place + offset, piece)  # type: ignore[union-attr]

    def delete(self, start: str) -> None:
        """Delete a paragraph."""
        remove(self.paragraph(start))

    def delete_tracked(self, start: str) -> None:
        """Delete a paragraph with its mark while changes are tracked."""
        delete_tracked(self.paragraph(start))

    def insert(self, after: str, text: str, *, tracked: bool = False, style: str = "") -> Element:
        """A new paragraph behind another one, in its style or another."""
        model = self.paragraph(after)
        new = w("p", copy.deepcopy(model.find(name("pPr"))))
        if style:
            next(new.iter(name("pStyle"))).set(name("val"), style)
        new.append(w("r"))
        new[-1].append(_text(text))
        model.addnext(new)
        if tracked:
            run = new[-1]
            new.remove(run)
            new.append(mark("ins", run))
            mark_paragraph(new, "ins")
        return new

    def comment(self, start: str, passage: str, text: str) -> None:
        """A remark about some words of a paragraph."""
        run = next(r for r in self.paragraph(start).iter(name("r")) if passage in words(r))
        before, after = words(run).split(passage, 1)
        number = len(self._comments)
        content = w("comment", w("p", w("r", _text(text))), id=number, author=AUTHOR, date=WHEN, initials="JW")
        self._comments.append(content)
        pieces = [
            text_run(before, run), w("commentRangeStart", id=number), text_run(passage, run),
            w("commentRangeEnd", id=number), w("r", w("commentReference", id=number)), text_run(after, run),
        ]  # fmt: skip
        for piece in pieces:
            run.addprevious(piece)
        remove(run)

    def move(self, start: str, after: str) -> None:
        """Cut a paragraph and paste it elsewhere."""
        paragraph = self.paragraph(start)
        remove(paragraph)
        self.paragraph(after).addnext(paragraph)

    def move_tracked(self, start: str, after: str) -> None:
        """The same while changes are tracked: as Word writes moves."""
        source = self.paragraph(start)
        target = copy.deepcopy(source)
        for paragraph, tag in ((source, "moveFrom"), (target, "moveTo")):
            for run in paragraph.findall(name("r")):
                moved = mark(tag)
                run.addprevious(moved)
                moved.append(run)
            mark_paragraph(paragraph, tag)
        for found in [e for e in target if e.tag in {name("bookmarkStart"), name("bookmarkEnd")}]:
            target.remove(found)
        self.paragraph(after).addnext(target)


def as_google(data: bytes) -> bytes:
    """As Google Docs gives it back: no controls, bookmarks, properties or names of styles; numbers written as text."""
    edited = Returned(data)
    root = edited.root
    for control in list(root.iter(name("sdt"))):
        for child in list(control.find(name("sdtContent"))):  # type: ignore[arg-type]
            control.addprevious(child)
        remove(control)
    for bookmark in [*root.iter(name("bookmarkStart")), *root.iter(name("bookmarkEnd"))]:
        remove(bookmark)
    clause = paragraph_number = 0
    for paragraph in root.iter(name("p")):
        style = next(iter(paragraph.iter(name("pStyle"))), None)
        kind = style.get(name("val")) if style is not None else ""
        number = ""
        if kind == "ClauseHeading":
            clause, paragraph_number = clause + 1, 0
            number = f"{clause}. "
        elif kind == "ClauseParagraph":
            paragraph_number += 1
            number = f"{clause}.{paragraph_number} "
        if style is not None:
            style.set(name("val"), "Heading1" if kind in {"ClauseHeading", "Heading1", "AnnexHeading"} else "Normal")
        first = next(iter(paragraph.iter(name("t"))), None)
        if number and first is not None:
            first.text = number + (first.text or "")
    for style_name in root.iter(name("rStyle"), name("tblStyle")):
        remove(style_name)
    edited.parts.pop("docProps/custom.xml", None)
    for path in ("_rels/.rels", "[Content_Types].xml"):
        edited.parts[path] = re.sub(rb"<(Relationship|Override)[^>]*custom[^>]*/>", b"", edited.parts[path])
    return edited.bytes()


def text_run(text: str, model: Element) -> Element:
    """A run of some words in the form of another."""
    form = model.find(name("rPr"))
    return w("r", copy.deepcopy(form), _text(text))


def deleted(run: Element) -> Element:
    """A run as it stands within a deletion."""
    for text in run.iter(name("t")):
        text.tag = name("delText")
    return run


def mark(tag: str, *content: Element, author: str = AUTHOR) -> Element:
    """A tracked change around runs."""
    return w(tag, *content, id=900, author=author, date=WHEN)


def mark_paragraph(paragraph: Element, tag: str) -> None:
    """Track a paragraph's mark."""
    properties = paragraph.find(name("pPr"))
    if properties is None:
        properties = w("pPr")
        paragraph.insert(0, properties)
    properties.append(w("rPr", mark(tag)))


def delete_tracked(paragraph: Element) -> None:
    """Delete a paragraph with its mark while changes are tracked."""
    for run in paragraph.findall(name("r")):
        gone = mark("del")
        run.addprevious(gone)
        gone.append(deleted(run))
    mark_paragraph(paragraph, "del")


def delete_row_tracked(row: Element) -> None:
    """Delete a table's row while changes are tracked."""
    for paragraph in row.iter(name("p")):
        delete_tracked(paragraph)
    properties = row.find(name("trPr"))
    if properties is None:
        properties = w("trPr")
        row.insert(0, properties)
    properties.append(mark("del"))


def fill_row(row: Element, texts: Sequence[str]) -> Element:
    """A copy of a row with other texts."""
    new = copy.deepcopy(row)
    for cell, text in zip(new.iter(name("tc")), texts, strict=True):
        paragraph = next(cell.iter(name("p")))
        for run in paragraph.findall(name("r")):
            paragraph.remove(run)
        paragraph.append(w("r", _text(text)))
    return new


def remove(element: Element) -> None:
    """Take an element out of its parent."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _text(text: str) -> Element:
    element = w("t")
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element
