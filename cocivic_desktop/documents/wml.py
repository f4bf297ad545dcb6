"""The elements of WordprocessingML that our documents are made of (ECMA-376 part 1, section 17).

Elements are built with lxml, so that any text is content and never markup. Lengths are in twentieths of a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from lxml import etree

from cocivic_desktop.documents.content import Cell, Run
from cocivic_desktop.domain.base import clean_text
from cocivic_desktop.domain.rules.drafting import blank

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
TEXT_WIDTH = 9070
"""Width of the text between the margins of the base document: 16 cm."""

_NAMESPACES = {"w": W}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TAGS = {"en": "en-GB", "de": "de-DE", "es": "es-ES", "tr": "tr-TR"}
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
_PIECES = re.compile(r"([\n\t])")
_FIELDS = re.compile(r"(\{page\}|\{pages\})")
_CLAUSE_TAG = "clause:"
_CLAUSE_BOOKMARK = "clause_"


def name(tag: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return f"{{{W}}}{tag}"


def w(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """An element of the main namespace; attributes are of the same namespace, children that are None are left out."""
    element = etree.Element(name(tag), nsmap=_NAMESPACES)
    for attribute, value in attributes.items():
        element.set(name(attribute), str(value))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def language_tag(language: str) -> str:
    """The tag that word processors know a language by: "de" → "de-DE". A full tag stays as it is."""
    return _TAGS.get(language, language)


def printable(text: str) -> str:
    """Text as a file can hold it: cleaned, and without the code points that XML 1.0 forbids."""
    return _NO_CHARACTERS.sub("", clean_text(text))


def one_line(text: str) -> str:
    """Text for headings and properties: printable, in one line, with single spaces."""
    return " ".join(printable(text).split())


def shortened(text: str, length: int) -> str:
    """One line of at most `length` characters."""
    text = one_line(text)
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def run(text: str, language: str, *, style: str = "", highlight: bool = False) -> Element:
    """A run in a language; line feeds become breaks, tabs become tabs."""
    properties = w(
        "rPr",
        w("rStyle", val=style) if style else None,
        w("highlight", val="yellow") if highlight else None,
        w("lang", val=language_tag(language)),
    )
    element = w("r", properties)
    for piece in _PIECES.split(printable(text)):
        if piece == "\n":
            element.append(w("br"))
        elif piece == "\t":
            element.append(w("tab"))
        elif piece:
            part = w("t")
            part.text = piece
            if piece != piece.strip():
                part.set(SPACE, "preserve")
            element.append(part)
    return element


def runs(content: Cell, language: str) -> list[Element]:
    """The runs of a text or of a paragraph's pieces. What is missing stands marked, as "[name of the school?]"."""
    if isinstance(content, str):
        content = (Run(content),)
    result = []
    for piece in content:
        if piece.missing:
            result.append(run(blank(one_line(piece.text)), piece.language or language, style="Missing", highlight=True))
        elif piece.text:
            result.append(run(piece.text, piece.language or language))
    return result


def length(content: Cell) -> int:
    """Characters of a text or of a paragraph's pieces."""
    return len(content) if isinstance(content, str) else sum(len(piece.text) for piece in content)


def paragraph(
    style: str,
    content: Iterable[Element] = (),
    *,
    keep_next: bool = False,
    numbering: tuple[int, int] | None = None,
    indent: int = 0,
    right: bool = False,
) -> Element:
    """A paragraph with runs. `numbering` (instance, level) and `indent` stand where the style's own are not meant."""
    properties = w(
        "pPr",
        w("pStyle", val=style) if style else None,
        w("keepNext") if keep_next else None,
        w("numPr", w("ilvl", val=numbering[1]), w("numId", val=numbering[0])) if numbering else None,
        w("ind", left=indent) if indent else None,
        w("jc", val="right") if right else None,
    )
    element = w("p", properties if len(properties) else None)
    element.extend(content)
    return element


def text_paragraph(style: str, text: str, language: str, *, keep_next: bool = False) -> Element:
    """A paragraph of one text."""
    return paragraph(style, runs(text, language), keep_next=keep_next)


def gap() -> Element:
    """A narrow empty paragraph; tables that touch would become one."""
    return paragraph("Gap")


def keep_with_following(content: Sequence[Element]) -> None:
    """Tie the last paragraph (or the last row of a table, and the gap behind it) to what follows the content."""
    for element in reversed(content):
        is_table = element.tag == name("tbl")
        for part in element[-1].iter(name("p")) if is_table else [element]:
            _keep_next(part)
        if is_table or len(element) > 1:
            return


def _keep_next(part: Element) -> None:
    properties = part.find(name("pPr"))
    if properties is None:
        properties = w("pPr")
        part.insert(0, properties)
    if properties.find(name("keepNext")) is None:
        properties.insert(1 if properties.find(name("pStyle")) is not None else 0, w("keepNext"))


def field(instruction: str, shown: str, language: str) -> list[Element]:
    """A complete field: begin, instruction, separator, what it shows until it is reckoned anew, end."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(SPACE, "preserve")
    return [
        _in_run(w("fldChar", fldCharType="begin"), language),
        _in_run(code, language),
        _in_run(w("fldChar", fldCharType="separate"), language),
        run(shown, language),
        _in_run(w("fldChar", fldCharType="end"), language),
    ]


def page_numbers(words: str, language: str) -> list[Element]:
    """Words such as "Page {page} of {pages}" with both numbers as fields."""
    result: list[Element] = []
    for piece in _FIELDS.split(words):
        if piece == "{page}":
            result += field("PAGE", "1", language)
        elif piece == "{pages}":
            result += field("NUMPAGES", "1", language)
        elif piece:
            result.append(run(piece, language))
    return result


def row(cells: Iterable[Element], *, head: bool = False, split: bool = False, height: int = 0) -> Element:
    """A row of a table. It stays on one page unless `split`; a `head` is repeated on every page."""
    properties = w(
        "trPr",
        None if split else w("cantSplit"),
        w("trHeight", val=height, hRule="atLeast") if height else None,
        w("tblHeader") if head else None,
    )
    element = w("tr", properties if len(properties) else None)
    element.extend(cells)
    return element


def cell(width: int, content: Sequence[Element], *, border: str = "", bottom: bool = False, air: int = 0) -> Element:
    """A cell. `border` names one side that gets a thin line; `bottom` sets the content at the bottom.

    `air` is the room above and below the content, in twentieths of a point.
    """
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("tcBorders", w(border, val="single", sz=4, space=0, color="5B6770")) if border else None,
        w("tcMar", w("top", w=air, type="dxa"), w("bottom", w=air, type="dxa")) if air else None,
        w("vAlign", val="bottom") if bottom else None,
    )
    element = w("tc", properties)
    element.extend(content or [paragraph("Gap")])
    return element


def table(style: str, widths: Sequence[int], rows: Iterable[Element], *, alt: str = "", head: bool = False) -> Element:
    """A table with fixed widths. `alt` describes it to screen readers."""
    properties = w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0020" if head else "0000", firstRow=int(head), lastRow=0, firstColumn=0, lastColumn=0,
          noHBand=1, noVBand=1),
        w("tblCaption", val=shortened(alt, 200)) if alt else None,
    )  # fmt: skip
    element = w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)))
    element.extend(rows)
    return element


def clause_tag(clause_id: UUID) -> str:
    """The tag of the content control that holds a clause."""
    return f"{_CLAUSE_TAG}{clause_id}"


def read_clause_tag(tag: str) -> UUID | None:
    """The clause that a content control's tag names, None for a foreign one."""
    try:
        return UUID(tag.removeprefix(_CLAUSE_TAG)) if tag.startswith(_CLAUSE_TAG) else None
    except ValueError:
        return None


def clause_bookmark(clause_id: UUID) -> str:
    """The name of the bookmark over a clause's heading (at most 40 characters, letters, digits and _)."""
    return f"{_CLAUSE_BOOKMARK}{clause_id.hex}"


def read_clause_bookmark(title: str) -> UUID | None:
    """The clause whose heading a bookmark stands over, None for a foreign one."""
    try:
        return UUID(title.removeprefix(_CLAUSE_BOOKMARK)) if title.startswith(_CLAUSE_BOOKMARK) else None
    except ValueError:
        return None


def clause_control(clause_id: UUID, number: int, title: str, content: Sequence[Element]) -> Element:
    """A content control around a clause, and a bookmark over its heading (the content's first paragraph).

    Word keeps both; LibreOffice drops such controls and tears bookmarks that reach over several paragraphs or
    tables, but keeps this one. `number` is unique in the document. The control shows no frame, and its content may
    be changed.
    """
    appearance = etree.Element(f"{{{W15}}}appearance", nsmap={"w15": W15})
    appearance.set(f"{{{W15}}}val", "hidden")
    properties = w(
        "sdtPr",
        w("alias", val=shortened(title, 60)) if one_line(title) else None,
        w("tag", val=clause_tag(clause_id)),
        w("id", val=1_000_000 + number),
        appearance,
    )
    control = w("sdt", properties, w("sdtContent", *content))
    heading = next(control.iter(name("p")))
    heading.insert(1, w("bookmarkStart", id=number, name=clause_bookmark(clause_id)))  # behind its properties
    heading.append(w("bookmarkEnd", id=number))
    return control


def shares(widths: Sequence[float], columns: int, total: int = TEXT_WIDTH) -> list[int]:
    """Column widths that make up `total`, from shares. Shares that do not fit the columns count as equal."""
    if len(widths) != columns or any(share <= 0 for share in widths):
        widths = [1.0] * columns
    whole = sum(widths)
    result = [round(total * share / whole) for share in widths]
    result[-1] += total - sum(result)
    return result


def _in_run(element: Element, language: str) -> Element:
    return w("r", w("rPr", w("lang", val=language_tag(language))), element)
