"""Letterheads as organisations have them, made for tests."""

from __future__ import annotations

import io
import struct
import zlib

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor


def picture(width: int = 60, height: int = 24, colour: bytes = b"\x1f\x6f\x63") -> bytes:
    """A PNG of one colour."""
    rows = b"".join(b"\0" + colour * width for _ in range(height))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def letterhead(*, first_page: bool = True, page_numbers: bool = False, letter_size: bool = False) -> bytes:
    """A letterhead: a logo and an address in the head, bank details in a table in the foot, styles of its own."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Georgia"
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Header"].font.color.rgb = RGBColor(0xA3, 0x26, 0x2A)
    section = document.sections[0]
    if letter_size:
        section.page_width, section.page_height = Mm(215.9), Mm(279.4)
        section.left_margin = section.right_margin = Mm(30)
    else:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(20), Mm(20)
    section.top_margin, section.bottom_margin = Mm(45), Mm(35)
    section.different_first_page_header_footer = first_page
    head = section.first_page_header if first_page else section.header
    head.paragraphs[0].add_run().add_picture(io.BytesIO(picture()), height=Mm(12))
    address = head.add_paragraph("Grüner Hafen e. V. · Am Kai 3 · 24103 Kiel")
    address.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if first_page:
        section.header.paragraphs[0].text = "Grüner Hafen e. V."
    foot = section.first_page_footer if first_page else section.footer
    table = foot.add_table(1, 2, Mm(160))
    table.style = "Table Grid"
    table.cell(0, 0).text = "IBAN DE00 0000 0000 0000 0000 00"
    table.cell(0, 1).text = "Amtsgericht Kiel VR 0000"
    foot.add_paragraph()
    if page_numbers:
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), " PAGE ")
        section.footer.paragraphs[0]._p.append(field)
    document.add_paragraph("Dear Sir or Madam, this text does not belong on our paper.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_head(xml: str, *, related: dict[str, tuple[str, str]] | None = None) -> bytes:
    """A letterhead whose head holds this WordprocessingML. `related`: kind and address of what lies outside, by id."""
    document = docx.Document()
    header = document.sections[0].header
    header.paragraphs[0].text = "Head"
    header._element.append(parse_xml(f"<w:p {nsdecls('w', 'r', 'wp', 'a', 'pic')}>{xml}</w:p>"))
    for key, (kind, address) in (related or {}).items():
        url = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        header.part.load_rel(url, address, key, is_external=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
