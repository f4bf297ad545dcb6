"""The head or foot of a DOCX page as the HTML that Qt lays out. Lengths are in points of paper, one pixel each."""

from __future__ import annotations

import copy
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from cocivic_desktop.documents.wml import Element, name, w

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part

PAGE, PAGES = "\ue000", "\ue001"
"""Stand for the number of the page and of all pages."""
EMU: Final = 12_700
"""English metric units in a point (ECMA-376 part 1, section 20.1.10.16)."""
_TWENTIETHS: Final = 20
_A4: Final = (11906, 16838)
_MARGIN: Final = 1134
"""A4 and 2 cm, in twentieths of a point, where a document says nothing."""
_USUAL_SIZE: Final = 20
"""Half points of a letter where no style says otherwise: 10 points (ECMA-376 part 1, section 17.3.2.38)."""
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KINDS: Final = {"image/png", "image/jpeg", "image/gif", "image/bmp"}
"""Pictures that Qt draws without plugins."""
_ALIGNED: Final = {"center": "center", "right": "right", "end": "right", "both": "justify"}
_OFF: Final = {"0", "false", "off", "none", "nil"}
_LOOKS: Final = {
    "b": "font-weight: bold",
    "i": "font-style: italic",
    "u": "text-decoration: underline",
    "caps": "text-transform: uppercase",
}
_NO_NAME = re.compile(r"[^\w -]")
"""What the name of a font does not hold."""
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_LENGTH = re.compile(r"(width|height):\s*([\d.]+)(pt|px|in|cm|mm)?")
_POINTS: Final = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 28.35, "mm": 2.835}


@dataclass(frozen=True)
class Placed:
    """Something that floats on a page: from its left and upper edge, in points. `fill` is a colour or ""."""

    x: float
    y: float
    width: float
    height: float
    html: str = ""
    fill: str = ""


@dataclass(frozen=True)
class Room:
    """A page and its margins; `head` and `foot` are how far its head and foot stand from its edge."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    head: float
    foot: float

    @property
    def text_width(self) -> float:
        """Between the margins."""
        return self.width - self.left - self.right


class StoryReader:
    """Reads the heads and feet of one document."""

    def __init__(self, document: Document) -> None:
        section = document.sections[0]._sectPr
        size, margins = section.find(name("pgSz")), section.find(name("pgMar"))
        left, right, top, bottom = (_number(margins, side, _MARGIN) for side in ("left", "right", "top", "bottom"))
        head, foot = _number(margins, "header", _MARGIN // 2), _number(margins, "footer", _MARGIN // 2)
        width, height = _number(size, "w", _A4[0]), _number(size, "h", _A4[1])
        self.room = Room(width, height, left, right, top, bottom, head, foot)
        root = document.styles.element
        self._styles = {style.get(name("styleId"), ""): style for style in root.iter(name("style"))}
        self._defaults = root.find(name("docDefaults"))
        self._part: Part = document.part
        self._placed: list[Placed] = []
        self._tag = ""

    def read(self, root: Element, part: Part, tag: str) -> tuple[str, tuple[Placed, ...]]:
        """What flows in a "header" or "footer", and what floats."""
        self._part, self._placed, self._tag = part, [], tag
        return self._blocks(root), tuple(self._placed)

    def _blocks(self, container: Element) -> str:
        html = ""
        for child in _settled(container):
            if child.tag == name("p"):
                html += self._paragraph(child)
            elif child.tag == name("tbl"):
                html += self._table(child)
        return html

    def _paragraph(self, paragraph: Element) -> str:
        pieces = [""]
        for run in _runs(paragraph):
            for text in self._run(run, paragraph):
                if text == "\t":
                    pieces.append("")
                else:
                    pieces[-1] += text
        align = self._value(paragraph, "pPr", "jc")
        spacing = [self._find(paragraph, None, "pPr", "spacing", side) for side in ("before", "after")]
        before, after = (_float(text) / _TWENTIETHS for text in spacing)
        style = f"margin: {before:.0f}px 0 {after:.0f}px 0; font-size: {self._size(paragraph, None):g}px"
        if len(pieces) > 1:
            sides = ("left", "right") if len(pieces) == 2 else ("left", "center", "right")
            last = pieces[len(sides) - 1 :]
            pieces = [*pieces[: len(sides) - 1], " ".join(piece for piece in last if piece)]
            cells = "".join(
                f"<td align='{side}' style='padding: 0'><p style='{style}'>{piece or '&nbsp;'}</p></td>"
                for side, piece in zip(sides, pieces, strict=False)
            )
            html = f"<table width='100%' cellspacing='0' cellpadding='0'><tr>{cells}</tr></table>"
        else:
            html = f"<p align='{_ALIGNED.get(align, 'left')}' style='{style}'>{pieces[0] or '&nbsp;'}</p>"
        return self._ruled(paragraph, html)

    def _ruled(self, paragraph: Element, html: str) -> str:
        """Lines above and below a paragraph."""
        for side in ("top", "bottom"):
            border = next(iter(paragraph.iterfind(f"{name('pPr')}/{name('pBdr')}/{name(side)}")), None)
            if border is not None and border.get(name("val"), "") not in _OFF:
                width = max(1.0, _float(border.get(name("sz"))) / 8)
                line = f"border-{side}: {width:g}px solid {_colour(border.get(name('color'))) or '#000000'}"
                cell = f"<td style='padding: 0; {line}'>{html}</td>"
                html = f"<table width='100%' cellspacing='0' cellpadding='0'><tr>{cell}</tr></table>"
        return html

    def _run(self, run: Element, paragraph: Element) -> Iterator[str]:
        style = self._letters(run, paragraph)
        for child in _settled(run):
            tag = child.tag.rpartition("}")[2]
            if tag == "t":
                yield f"<span style='{style}'>{escape(child.text or '')}</span>"
            elif tag in {"tab", "ptab"}:
                yield "\t"
            elif tag in {"br", "cr"}:
                yield "<br>"
            elif tag == "noBreakHyphen":
                yield "\u2011"
            elif tag == "field":
                yield f"<span style='{style}'>{child.text}</span>"
            elif tag == "drawing":
                yield "".join(self._drawing(place) for place in child)
            elif tag == "pict":
                yield self._old_picture(child)

    def _letters(self, run: Element, paragraph: Element) -> str:
        """How a run looks."""
        parts = [f"font-size: {self._size(paragraph, run):g}px"]
        font = self._find(paragraph, run, "rPr", "rFonts", "ascii")
        if font:
            parts.append(f"font-family: {_NO_NAME.sub('', font)}")
        colour = _colour(self._find(paragraph, run, "rPr", "color", "val"))
        if colour:
            parts.append(f"color: {colour}")
        for tag, words in (
            ("b", "font-weight: bold"),
            ("i", "font-style: italic"),
            ("u", "text-decoration: underline"),
        ):
            if self._find(paragraph, run, "rPr", tag, "val", "on") not in {"", *_OFF}:
                parts.append(words)
        if self._find(paragraph, run, "rPr", "caps", "val", "on") not in {"", *_OFF}:
            parts.append("text-transform: uppercase")
        return "; ".join(parts)

    def _size(self, paragraph: Element, run: Element | None) -> float:
        return (_float(self._find(paragraph, run, "rPr", "sz", "val")) or _USUAL_SIZE) / 2

    def _value(self, paragraph: Element, group: str, tag: str) -> str:
        return self._find(paragraph, None, group, tag, "val")

    def _find(
        self, paragraph: Element, run: Element | None, group: str, tag: str, attribute: str, bare: str = ""
    ) -> str:
        """A property from the run, its style, the paragraph, its style, or the document; `bare`: it is just there."""
        own = [run.find(name("rPr"))] if run is not None and group == "rPr" else []
        own += self._chain(own[0] if own else None, "rStyle", group)
        settings = paragraph.find(name("pPr"))
        own += [settings] if group == "pPr" else []
        own += self._chain(settings, "pStyle", group)
        if self._defaults is not None:
            own.append(self._defaults.find(f"{name(group)}Default/{name(group)}"))
        for properties in own:
            found = properties.find(name(tag)) if properties is not None else None
            if found is not None and (value := found.get(name(attribute), bare)):
                return value
        return ""

    def _chain(self, properties: Element | None, tag: str, group: str) -> list[Element | None]:
        """The properties that a style and those it is based on give."""
        used = properties.find(name(tag)) if properties is not None else None
        key, result = used.get(name("val"), "") if used is not None else "", []
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            style = self._styles[key]
            result.append(style.find(name(group)))
            based = style.find(name("basedOn"))
            key = based.get(name("val"), "") if based is not None else ""
        return result

    # --- tables

    def _table(self, table: Element) -> str:
        grid = [_number(column, "w", 0) for column in table.iterfind(f"{name('tblGrid')}/{name('gridCol')}")]
        total = sum(grid) or 1
        rows = ""
        for row in _settled(table):
            if row.tag != name("tr"):
                continue
            cells, column = "", 0
            for cell in _settled(row):
                if cell.tag != name("tc"):
                    continue
                span = cell.find(f"{name('tcPr')}/{name('gridSpan')}")
                across = max(1, int(_float(span.get(name("val"))))) if span is not None else 1
                width = round(100 * sum(grid[column : column + across]) / total)
                column += across
                place = cell.find(f"{name('tcPr')}/{name('vAlign')}")
                upright = {"center": "middle", "bottom": "bottom"}.get(
                    place.get(name("val"), "") if place is not None else "", "top"
                )
                cells += f"<td width='{width}%' colspan='{across}' valign='{upright}'>{self._blocks(cell)}</td>"
            rows += f"<tr>{cells}</tr>"
        border = "1" if self._has_borders(table) else "0"
        wide = min(self.room.text_width, total) if total > 1 else self.room.text_width
        return (
            f"<table width='{wide:.0f}' border='{border}' cellspacing='0' cellpadding='4' "
            f"style='border-collapse: collapse; border-color: #808080'>{rows}</table>"
        )

    def _has_borders(self, table: Element) -> bool:
        properties = table.find(name("tblPr"))
        for group in (properties, *self._chain(properties, "tblStyle", "tblPr")):
            borders = group.find(name("tblBorders")) if group is not None else None
            if borders is not None:
                return any(side.get(name("val"), "") not in _OFF for side in borders)
        return False

    # --- pictures and what floats

    def _drawing(self, place: Element) -> str:
        extent = place.find(f"{_WP}extent")
        if extent is None:
            return ""
        width, height = _float(extent.get("cx")) / EMU, _float(extent.get("cy")) / EMU
        html = self._picture(place, width, height)
        if place.tag == f"{_WP}inline":
            return html
        box = next(place.iter(name("txbxContent")), None)
        fill = ""
        if box is not None:
            placed, self._placed = self._placed, []
            html = self._blocks(box)
            self._placed = placed
        elif not html:
            fill = next((_colour(one.get("val")) for one in place.iter(f"{_A}srgbClr")), "")
        if html or fill:
            x = self._offset(place, "positionH", width)
            y = self._offset(place, "positionV", height)
            self._placed.append(Placed(x, y, width, height, html, fill))
        return ""

    def _picture(self, place: Element, width: float, height: float) -> str:
        blip = next(place.iter(f"{_A}blip"), None)
        return self._image(blip.get(f"{_R}embed", ""), width, height) if blip is not None else ""

    def _old_picture(self, picture: Element) -> str:
        """A picture as documents before 2007 and some programs write it (VML)."""
        for image in picture.iter(f"{_V}imagedata"):
            shape = image.getparent()
            lengths = {
                side: float(value) * _POINTS[unit or "px"]
                for side, value, unit in _LENGTH.findall(shape.get("style", "") if shape is not None else "")
            }
            return self._image(image.get(f"{_R}id", ""), lengths.get("width", 0), lengths.get("height", 0))
        return ""

    def _image(self, key: str, width: float, height: float) -> str:
        part = self._part.related_parts.get(key)
        if part is None or part.content_type not in _KINDS or width <= 0 or height <= 0:
            return ""
        data = b64encode(part.blob).decode()
        return f"<img src='data:{part.content_type};base64,{data}' width='{width:.0f}' height='{height:.0f}'>"

    def _offset(self, place: Element, which: str, extent: float) -> float:
        """Where something floats, from the page's left or upper edge (ECMA-376 part 1, section 20.4.3)."""
        position, room, across = place.find(f"{_WP}{which}"), self.room, which == "positionH"
        relative = position.get("relativeFrom", "") if position is not None else ""
        full = room.width if across else room.height
        first, last = (room.left, full - room.right) if across else (room.top, full - room.bottom)
        if not across and relative in {"paragraph", "line"}:
            first, last = (room.head, room.top) if self._tag == "header" else (last, full - room.foot)
        if relative == "page":
            first, last = 0.0, full
        elif relative in {"rightMargin", "bottomMargin"}:
            first, last = last, full
        elif relative in {"leftMargin", "topMargin"}:
            first, last = 0.0, first
        shift = position.find(f"{_WP}posOffset") if position is not None else None
        align = position.find(f"{_WP}align") if position is not None else None
        if shift is not None:
            return first + _float(shift.text) / EMU
        side = (align.text or "").strip() if align is not None else ""
        if side == "center":
            return (first + last - extent) / 2
        return last - extent if side in {"right", "bottom", "outside"} else first


def _runs(paragraph: Element) -> Iterator[Element]:
    """The runs of a paragraph; the field of a page's number is one run with a sign of ours."""
    fields: list[str | None] = []
    """Of each open field its instruction; None once that was said, "" where its result is not wanted."""
    for run in _inner(paragraph):
        if run.tag == name("fldSimple"):
            sign = _sign(run.get(name("instr"), ""))
            yield from run.iter(name("r")) if sign is None else [_signed(next(run.iter(name("r")), None), sign)]
            continue
        mark = run.find(name("fldChar"))
        kind = mark.get(name("fldCharType"), "") if mark is not None else ""
        if kind == "begin":
            fields.append("")
        elif kind in {"separate", "end"} and fields:
            sign = _sign(fields[-1] or "")
            if sign is not None:
                yield _signed(run, sign)
            fields[-1] = None if sign is None and kind == "separate" else ""
            if kind == "end":
                fields.pop()
        elif any(one is not None for one in fields):
            fields[-1] = (fields[-1] or "") + "".join(code.text or "" for code in run.iter(name("instrText")))
        else:
            yield run


def _inner(container: Element) -> Iterator[Element]:
    """Runs and simple fields, also those in links, content controls and tracked insertions."""
    for child in container:
        if child.tag in {name("r"), name("fldSimple")}:
            yield child
        elif child.tag not in {name("pPr"), name("del"), name("moveFrom")}:
            yield from _inner(child)


def _settled(container: Element) -> Iterator[Element]:
    """The children with content controls opened, and of two ways to say something the first."""
    for child in container:
        if child.tag == name("sdt"):
            content = child.find(name("sdtContent"))
            yield from _settled(content) if content is not None else ()
        elif child.tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            yield from _settled(choice) if choice is not None else ()
        elif child.tag in {name("ins"), name("moveTo")}:
            yield from _settled(child)
        elif isinstance(child.tag, str):
            yield child


def _sign(instruction: str) -> str | None:
    words = instruction.upper().split()
    return {"PAGE": PAGE, "NUMPAGES": PAGES, "SECTIONPAGES": PAGES}.get(words[0]) if words else None


def _signed(run: Element | None, sign: str) -> Element:
    """A run with only a sign, looking like another one."""
    properties = run.find(name("rPr")) if run is not None else None
    made = w("r", copy.deepcopy(properties) if properties is not None else None, w("field"))
    made[-1].text = sign
    return made


def _number(element: Element | None, attribute: str, usual: int) -> float:
    """A length in points. A negative margin means the same distance, but that nothing may push it."""
    text = element.get(name(attribute)) if element is not None else None
    return abs(_float(text) if text else usual) / _TWENTIETHS


def _float(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _colour(text: str | None) -> str:
    return f"#{text}" if text and _COLOUR.fullmatch(text) else ""
