"""A document on the organisation's own paper: head, foot and page of a letterhead (.docx), everything else ours.

Of the letterhead come the headers and footers of its first section with their pictures and styles, the size and
margins of its page, and its theme. Nothing else is taken: no text, macros, templates, links to other files or
pictures from the net. So documents look as they always do, on another paper.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.parts.hdrftr import FooterPart, HeaderPart
from lxml import etree

from cocivic_desktop import paths
from cocivic_desktop.documents.hostile import Package, open_docx
from cocivic_desktop.documents.letterhead_styles import BorrowedStyles
from cocivic_desktop.documents.wml import TEXT_WIDTH, Element, name, w

if TYPE_CHECKING:
    from docx.document import Document

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PICTURES: Final = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".bmp": "image/bmp",
    ".tif": "image/tiff", ".tiff": "image/tiff", ".emf": "image/x-emf", ".wmf": "image/x-wmf", ".svg": "image/svg+xml",
}  # fmt: skip
_LINKS: Final = ("http://", "https://", "mailto:", "tel:")
_FRAMES: Final = frozenset(name(tag) for tag in ("drawing", "pict", "object"))
_DROPPED: Final = frozenset(
    name(tag)
    for tag in ("bookmarkStart", "bookmarkEnd", "dataBinding", "placeholder", "numPr", "proofErr", "del", "moveFrom")
)
_NARROWEST: Final = 4_000
"""Least width of the text, in twentieths of a point (7 cm): a page that leaves less is not taken over."""
_NEW_TABLES: Final = 15
_CELL_MARGIN: Final = 108
"""Usual space between a cell's edge and its text, in twentieths of a point."""
KINDS: Final = ("default", "first", "even")


@dataclass(frozen=True)
class Base:
    """An empty document, and which heads and feet of its pages are the letterhead's ("header-first" …)."""

    document: Document
    worn: frozenset[str] = frozenset()

    @property
    def text_width(self) -> int:
        """Width between the margins, in twentieths of a point."""
        return _text_width(self.document.sections[0]._sectPr) or TEXT_WIDTH


def base_document(letterhead: bytes | None = None) -> Base:
    """An empty document with our styles, on a letterhead (the bytes of a .docx) if one is given.

    A letterhead whose headers and footers are all empty gives the page only: `worn` is empty then.
    Raises `BadInput` (`RefusedFile`) for a file that is no DOCX, damaged or dangerous.
    """
    document: Document = docx.Document(io.BytesIO(_base()))
    return Base(document) if letterhead is None else Base(document, _wear(document, letterhead))


def fit_tables(content: Sequence[Element], width: int) -> None:
    """Make tables that were laid out for `TEXT_WIDTH` as wide as the text of another page."""
    if width == TEXT_WIDTH:
        return
    for element in content:
        for tag in ("tblW", "gridCol", "tcW"):
            for part in element.iter(name(tag)):
                old = part.get(name("w"), "")
                if old.isdigit():
                    part.set(name("w"), str(round(int(old) * width / TEXT_WIDTH)))


@cache
def _base() -> bytes:
    return (paths.resources() / "templates" / "base.docx").read_bytes()


def _wear(document: Document, data: bytes) -> frozenset[str]:
    package, main = open_docx(data)
    root = package.xml(main)
    section = next(root.iter(name("sectPr")), None)
    if section is None:
        return frozenset()
    ours = document.element.body[-1]
    _take_page(section, ours)
    related = _relations(package, main)
    taken: dict[tuple[str, str], tuple[str, Element]] = {}
    for tag in ("header", "footer"):
        for reference in section.findall(name(f"{tag}Reference")):
            kind = reference.get(name("type"), "default")
            target = related.get(reference.get(f"{{{_R}}}id", ""))
            if kind in KINDS and target is not None and target.path in package:
                taken[tag, kind] = (target.path, package.xml(target.path))
    if not any(_holds_something(part) for _, part in taken.values()):
        return frozenset()
    settings = _part_of(package, main, "settings")
    styles = BorrowedStyles(_part_of(package, main, "styles"), document.styles.element)
    pictures: dict[str, Part] = {}
    for number, ((tag, kind), (path, part)) in enumerate(sorted(taken.items()), start=1):
        styles.bring(_cleaned(part))
        _hang_tables(part, settings)
        borrowed = _story(document, tag, f"/word/letterhead{number}.xml", part)
        _relate(borrowed, _relations(package, path), package, pictures)
        _refer(document, ours, tag, kind, borrowed)
    _take_theme(document, package, main)
    _take_kinds(document, section, ours, settings)
    _widen_tabs(document, _text_width(ours) or TEXT_WIDTH)
    return frozenset(f"{tag}-{kind}" for tag, kind in taken)


@dataclass(frozen=True)
class _Target:
    """What a relationship leads to: a part's path, or an address outside."""

    kind: str
    path: str
    outside: bool


def _relations(package: Package, source: str) -> dict[str, _Target]:
    folder, base = posixpath.split(source)
    path = posixpath.join(folder, "_rels", f"{base}.rels")
    result: dict[str, _Target] = {}
    for relation in package.xml(path).iter(_RELATIONS) if path in package else ():
        target, outside = relation.get("Target", ""), relation.get("TargetMode") == "External"
        if not outside:
            joined = posixpath.normpath(posixpath.join(folder, target))
            target = target.lstrip("/") if target.startswith("/") else joined
        kind = relation.get("Type", "").rpartition("/")[2]
        result[relation.get("Id", "")] = _Target(kind, target, outside)
    return result


def _part_of(package: Package, main: str, kind: str) -> Element | None:
    found = package.related(main, kind)
    return package.xml(found[0]) if found else None


def _holds_something(part: Element) -> bool:
    return any(frame in _FRAMES for frame in (element.tag for element in part.iter())) or bool(
        "".join(element.text or "" for element in part.iter(name("t"))).strip()
    )


def _cleaned(part: Element) -> Element:
    """Without what would point to parts that stay behind, or could clash with names in our text."""
    for element in list(part.iter()):
        parent = element.getparent()
        if parent is None or not isinstance(element.tag, str):
            continue
        in_control = element.tag == name("id") and parent.tag == name("sdtPr")
        if element.tag in _DROPPED or in_control:
            parent.remove(element)
    return part


def _hang_tables(part: Element, settings: Element | None) -> None:
    """Keep tables where older documents have them: up to mode 14 their text, not their edge, stands at the margin."""
    modes = settings.iter(name("compatSetting")) if settings is not None else ()
    mode = next((m.get(name("val"), "") for m in modes if m.get(name("name")) == "compatibilityMode"), "12")
    if mode.isdigit() and int(mode) >= _NEW_TABLES:
        return
    for properties in part.iter(name("tblPr")):
        indent = properties.find(name("tblInd"))
        if indent is None:
            following = (
                properties.find(name(tag)) for tag in ("tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook")
            )
            before = next((element for element in following if element is not None), None)
            indent = w("tblInd", w=0, type="dxa")
            properties.append(indent) if before is None else before.addprevious(indent)
        old = indent.get(name("w"), "0")
        if old.lstrip("-").isdigit():
            indent.set(name("w"), str(int(old) - _CELL_MARGIN))


def _story(document: Document, tag: str, path: str, root: Element) -> HeaderPart | FooterPart:
    cls = HeaderPart if tag == "header" else FooterPart
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part: HeaderPart | FooterPart = cls.load(PackURI(path), f"{_MAIN_TYPE}.{tag}+xml", content, document.part.package)
    return part


def _relate(
    story: HeaderPart | FooterPart, related: dict[str, _Target], package: Package, pictures: dict[str, Part]
) -> None:
    """Bring the pictures and links that a head or foot uses; a frame that needs anything else is taken out."""
    kept: set[str] = set()
    for key, target in related.items():
        suffix = posixpath.splitext(target.path)[1].lower()
        if target.kind == "image" and not target.outside and target.path in package and suffix in _PICTURES:
            if target.path not in pictures:
                place = PackURI(f"/word/media/letterhead{len(pictures) + 1}{suffix}")
                content = package.read(target.path)
                pictures[target.path] = Part(place, _PICTURES[suffix], content, story.package)
            story.load_rel(RELATIONSHIP_TYPE.IMAGE, pictures[target.path], key)
            kept.add(key)
        elif target.kind == "hyperlink" and target.outside and target.path.lower().startswith(_LINKS):
            story.load_rel(RELATIONSHIP_TYPE.HYPERLINK, target.path, key, is_external=True)
            kept.add(key)
    for element in list(story.element.iter()):
        for attribute, value in list(element.attrib.items()):
            if str(attribute).startswith(f"{{{_R}}}") and value not in kept:
                del element.attrib[attribute]
                _take_out_frame(element)


def _take_out_frame(element: Element) -> None:
    frame: Element | None = element
    while frame is not None and frame.tag not in _FRAMES:
        frame = frame.getparent()
    parent = frame.getparent() if frame is not None else None
    if frame is not None and parent is not None:
        parent.remove(frame)


def _refer(document: Document, section: Element, tag: str, kind: str, part: HeaderPart | FooterPart) -> None:
    """Let a section refer to a head or foot instead of our own."""
    for reference in section.findall(name(f"{tag}Reference")):
        if reference.get(name("type")) == kind:
            document.part.drop_rel(reference.get(f"{{{_R}}}id", ""))
            section.remove(reference)
    relation = RELATIONSHIP_TYPE.HEADER if tag == "header" else RELATIONSHIP_TYPE.FOOTER
    reference = w(f"{tag}Reference", type=kind)
    reference.set(f"{{{_R}}}id", document.part.relate_to(part, relation))
    section.insert(0, reference)


def _take_page(theirs: Element, ours: Element) -> None:
    """Size and margins of the page, unless they leave no room for a text."""
    size, margins = theirs.find(name("pgSz")), theirs.find(name("pgMar"))
    if size is None or margins is None or not (_text_width(theirs) or 0) >= _NARROWEST:
        return
    for element in (size, margins):
        old = ours.find(element.tag)
        if old is not None:
            ours.replace(old, parse_xml(etree.tostring(element)))


def _take_kinds(document: Document, theirs: Element, ours: Element, settings: Element | None) -> None:
    """Whether the first page, and even pages, have heads of their own."""
    first, own = theirs.find(name("titlePg")), ours.find(name("titlePg"))
    if own is not None and (first is None or first.get(name("val"), "1") in {"0", "false", "off"}):
        ours.remove(own)
    even = settings.find(name("evenAndOddHeaders")) if settings is not None else None
    if even is not None and even.get(name("val"), "1") not in {"0", "false", "off"}:
        document.settings.odd_and_even_pages_header_footer = True


def _take_theme(document: Document, package: Package, main: str) -> None:
    """The letterhead's colours and fonts by name; our own styles name theirs outright."""
    found = package.related(main, "theme")
    if found and not _relations(package, found[0]):
        content = etree.tostring(package.xml(found[0]), xml_declaration=True, encoding="UTF-8", standalone=True)
        document.part.part_related_by(RELATIONSHIP_TYPE.THEME)._blob = content


def _widen_tabs(document: Document, width: int) -> None:
    """Set the right tab of our heads and feet to the margin of this page."""
    for style in document.styles.element.iter(name("style")):
        if style.get(name("styleId")) in {"Header", "Footer"}:
            for tab in style.iter(name("tab")):
                tab.set(name("pos"), str(width))


def _text_width(section: Element) -> int | None:
    """Width between a section's margins in twentieths of a point; None when it does not say."""
    try:
        size, margins = section.find(name("pgSz")), section.find(name("pgMar"))
        if size is None or margins is None:
            return None
        sides = sum(int(margins.get(name(side), "0")) for side in ("left", "right", "gutter"))
        return int(size.get(name("w"), "0")) - sides
    except ValueError:
        return None
