"""Laying agreements and sheets out on pages: heads, feet and page numbers round Qt's text; printer, preview and PDF."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import (
    QPageLayout,
    QPageSize,
    QPainter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from cocivic_desktop.ui.printing.agreement_html import agreement_html
from cocivic_desktop.ui.printing.output import pdf_file, preview_dialog
from cocivic_desktop.ui.printing.paper import PlainPaper, font_of
from cocivic_desktop.ui.printing.simple_html import simple_html

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.ui.printing.paper import Paper, Texts

_SHORT: Final = 64.0
"""Height in points up to which a paragraph is not torn: four lines."""
_LINES_KEPT: Final = 28.0
"""Height of the two lines that stand below a heading at least, in points."""


def write_pdf(texts: Texts, path: Path) -> Path:
    """Write a PDF on our paper, whole or not at all.

    Raises `BadInput` when it cannot be written, or the letterhead cannot be read.
    """
    sorry = "The PDF could not be made. Please try again, or save it as a Word document."
    paper = paper_of(texts)
    return pdf_file(texts[0].title, partial(set_up, paper=paper), partial(print_pages, texts, paper), path, sorry)


def show_preview(texts: Texts, parent: QWidget) -> QPrintPreviewDialog:
    """Show the pages as they will be printed; the dialog prints them on any printer there is.

    Raises `BadInput` when the letterhead cannot be read.
    """
    paper = paper_of(texts)
    return preview_dialog(texts[0].title, partial(set_up, paper=paper), partial(print_pages, texts, paper), parent)


def paper_of(texts: Texts) -> Paper:
    """The letterhead's file where one was chosen, else plain paper. Raises `BadInput` when it cannot be read."""
    if texts[0].letterhead_file is None:
        return PlainPaper(texts)
    from cocivic_desktop.ui.printing.letterhead import LetterheadPaper

    return LetterheadPaper(texts)


def set_up(printer: QPrinter, paper: Paper | None = None) -> None:
    """A4 or the letterhead's size, upright; the margins are drawn here, so the printer's own are none."""
    page = paper.page_size if paper is not None else QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)


def print_pages(texts: Texts, paper: Paper, printer: QPrinter) -> bool:
    """Paint every page (or those the person asked for) on a printer or into its file; False when that fails."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        document, scale = layout(texts, paper, printer)
        count = document.pageCount()
        first, last = printer.fromPage() or 1, min(printer.toPage() or count, count)
        for number in range(first, last + 1):
            if number > first:
                printer.newPage()
            _paint_page(painter, paper, document, scale, number, count)
    finally:
        painter.end()
    return True


def layout(texts: Texts, paper: Paper, printer: QPrinter) -> tuple[QTextDocument, float]:
    """The text in pages, in points, and how many dots of the printer a point has."""
    size = printer.pageLayout().fullRect(QPageLayout.Unit.Point)
    room = paper.room(size.width(), size.height())
    document = QTextDocument()
    document.setDefaultFont(font_of(10))
    document.setDocumentMargin(0)
    document.setHtml(_html(texts))
    document.setPageSize(room.size())
    if paper.first_lower:
        cursor = QTextCursor(document.begin())
        first = cursor.blockFormat()
        first.setTopMargin(paper.first_lower)
        cursor.setBlockFormat(first)
    keep_together(document)
    return document, printer.resolution() / 72


def keep_together(document: QTextDocument) -> None:
    """Put on the next page what would end a page (a heading, a table's caption), and short paragraphs it would tear."""
    height = document.pageSize().height()
    places = document.documentLayout()
    block = document.begin()
    while block.isValid():
        following = block.next()
        if QTextCursor(block).currentTable() is None and following.isValid():
            place = places.blockBoundingRect(block)
            page = int(place.top() // height)
            if block.blockFormat().headingLevel():
                after = following.next() if following.next().isValid() else following
                bottom = places.blockBoundingRect(after).top() + _LINES_KEPT
            elif QTextCursor(following).currentTable() is not None:
                bottom = places.blockBoundingRect(following).bottom() + _LINES_KEPT
            else:
                bottom = place.bottom() if place.height() <= _SHORT else place.top()
            if bottom > (page + 1) * height and place.top() > page * height + 1:
                cursor = QTextCursor(_heading_above(block))
                layout_of = cursor.blockFormat()
                layout_of.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                cursor.setBlockFormat(layout_of)
                document.markContentsDirty(0, document.characterCount())
        block = following


def _heading_above(block: QTextBlock) -> QTextBlock:
    """The heading right above a paragraph, with the state between them; else the paragraph itself."""
    above = block
    for _ in range(2):
        above = above.previous()
        if not above.isValid() or QTextCursor(above).currentTable() is not None:
            return block
        if above.blockFormat().headingLevel():
            return above
    return block


def _paint_page(
    painter: QPainter, paper: Paper, document: QTextDocument, scale: float, number: int, count: int
) -> None:
    painter.save()
    painter.scale(scale, scale)
    room = paper.paint(painter, number, count)
    painter.translate(room.left(), room.top() - (number - 1) * room.height())
    document.drawContents(painter, QRectF(0, (number - 1) * room.height(), room.width(), room.height()))
    painter.restore()


def _html(texts: Texts) -> str:
    from cocivic_desktop.documents.content import AgreementText, SimpleDocument

    simple = next((text for text in texts if isinstance(text, SimpleDocument)), None)
    return simple_html(simple) if simple else agreement_html([one for one in texts if isinstance(one, AgreementText)])
