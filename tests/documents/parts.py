"""Looking into finished DOCX files: their parts, and what no validator sees."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from cocivic_desktop.documents.wml import name

Element = etree._Element
_BROUGHT = re.compile(r"word/(document|header\d|footer\d)\.xml")


def part(data: bytes, path: str) -> Element:
    """The root of one part of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(path))


def written_parts(data: bytes) -> dict[str, Element]:
    """Document, headers and footers by path."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {path: etree.fromstring(package.read(path)) for path in package.namelist() if _BROUGHT.fullmatch(path)}


def normalised(root: Element) -> str:
    """XML with one element a line, without the declarations of namespaces, for comparing with a golden file."""
    etree.indent(root, " ")
    text = etree.tostring(root, encoding="unicode")
    return re.sub(r' xmlns:\w+="[^"]+"', "", text).strip() + "\n"


def values(root: Element, tag: str, attribute: str = "val") -> list[str]:
    """An attribute of all elements with a tag, in order."""
    return [element.get(name(attribute), "") for element in root.iter(name(tag))]


def words(root: Element) -> str:
    """All text, a line per paragraph; of a run, its text."""
    paragraphs = root.iter(name("p")) if root.tag != name("r") else [root]
    return "\n".join(
        "".join({name("t"): n.text or "", name("br"): "\n", name("tab"): "\t"}.get(n.tag, "") for n in p.iter())
        for p in paragraphs
    )


def defects(data: bytes) -> list[str]:
    """What validators overlook: dangling styles and numberings, open fields, doubled ids, words without a language."""
    styles, numbering = part(data, "word/styles.xml"), part(data, "word/numbering.xml")
    known_styles = set(values(styles, "style", "styleId"))
    known_kinds = set(values(numbering, "abstractNum", "abstractNumId"))
    known_numbers = set(values(numbering, "num", "numId"))
    found = [f"dangling kind {k}" for k in values(numbering, "abstractNumId") if k not in known_kinds]
    found += [f"doubled number {n}" for n, c in Counter(values(numbering, "num", "numId")).items() if c > 1]
    found += [f"dangling style {s}" for s in values(numbering, "pStyle") if s not in known_styles]
    for path, root in [("styles", styles), *written_parts(data).items()]:
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            found += [f"{path}: dangling style {s}" for s in values(root, tag) if s not in known_styles]
        found += [f"{path}: dangling number {n}" for n in values(root, "numId") if n not in known_numbers]
        found += [
            f"{path}: {text}" for text in (*_open_fields(root), *_doubled(root), *_wordless(root), *_tables(root))
        ]
    return found


def _open_fields(root: Element) -> Iterator[str]:
    for paragraph in root.iter(name("p")):
        kinds = values(paragraph, "fldChar", "fldCharType")
        if kinds != ["begin", "separate", "end"] * (len(kinds) // 3):
            yield f"open field {kinds}"
        if len(list(paragraph.iter(name("instrText"), name("delInstrText")))) != len(kinds) // 3:
            yield "a field without an instruction"


def _doubled(root: Element) -> Iterator[str]:
    controls = [element.get(name("val"), "") for element in root.iterfind(f".//{name('sdtPr')}/{name('id')}")]
    starts, ends = values(root, "bookmarkStart", "id"), values(root, "bookmarkEnd", "id")
    for ids in (controls, starts, values(root, "bookmarkStart", "name")):
        yield from (f"doubled id {value}" for value, count in Counter(ids).items() if count > 1)
    if sorted(starts) != sorted(ends):
        yield f"bookmarks start {starts} and end {ends}"
    yield from (f"too long a name {value}" for value in values(root, "bookmarkStart", "name") if len(value) > 40)
    yield from (f"too long a tag {value}" for tag in ("tag", "alias") for value in values(root, tag) if len(value) > 64)


def _wordless(root: Element) -> Iterator[str]:
    for run in root.iter(name("r")):
        language = run.find(f"{name('rPr')}/{name('lang')}")
        tag = language.get(name("val"), "") if language is not None else ""
        if run.find(name("drawing")) is None and not re.fullmatch(r"[a-z]{2}-[A-Z]{2}", tag):
            yield f"language {tag!r} of {words(run)[:20]!r}"


def _columns(row: Element) -> int:
    spans = (cell.find(f"{name('tcPr')}/{name('gridSpan')}") for cell in row.findall(name("tc")))
    return sum(1 if span is None else int(span.get(name("val"), "1")) for span in spans)


def _tables(root: Element) -> Iterator[str]:
    for table in root.iter(name("tbl")):
        following = table.getnext()
        if following is None or following.tag != name("p"):
            yield "a table with no paragraph behind it"
        grid = len(list(table.iter(name("gridCol"))))
        rows = list(table.iter(name("tr")))
        if not rows or any(_columns(row) != grid for row in rows):
            yield "a table whose rows do not fit its columns"
        for cell in table.iter(name("tc")):
            if cell[-1].tag != name("p"):
                yield "a cell that does not end with a paragraph"
