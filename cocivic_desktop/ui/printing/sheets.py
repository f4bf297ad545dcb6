"""Drawn pages on paper: A4 landscape with a title, a line below it and page numbers; printer, preview and PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter

from cocivic_desktop.ui.printing.output import pdf_file, preview_dialog
from cocivic_desktop.ui.texts.marks import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
    from PySide6.QtWidgets import QWidget

POINT_MM: Final = 25.4 / 72
UNIT: Final = 0.8
"""Points of paper per unit that a page draws in: texts of 12 units are 9.6 points high."""
MARGIN_MM: Final = 12.0
HEAD, FOOT = 58.0, 18.0
"""Heights of the title and of the page number, in units."""


@dataclass(frozen=True)
class Sheet:
    """One page: what stands above, and what draws it into a place (in units)."""

    title: str
    note: str
    draw: Callable[[QPainter, QRectF], None]


@dataclass(frozen=True)
class Sheets:
    """Pages with a name for the printer's queue. `make` gives them for a place of a size (in units)."""

    name: str
    make: Callable[[QRectF], list[Sheet]]


def write_pdf(sheets: Sheets, path: Path) -> Path:
    """Write a PDF, whole or not at all. Raises `BadInput` when it cannot be written."""
    sorry = "The PDF could not be made. Please try again, or choose another folder."
    return pdf_file(sheets.name, set_up, partial(print_sheets, sheets), path, sorry)


def show_preview(sheets: Sheets, parent: QWidget) -> QPrintPreviewDialog:
    """Show the pages as they will be printed; the dialog prints them on any printer there is."""
    return preview_dialog(sheets.name, set_up, partial(print_sheets, sheets), parent)


def set_up(printer: QPrinter) -> None:
    """A4 across; the margins are drawn here, so the printer's own are none."""
    page = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Landscape, QMarginsF()))
    printer.setFullPage(True)


def print_sheets(sheets: Sheets, printer: QPrinter) -> bool:
    """Paint the pages (or those the person asked for) on a printer or into its file; False when that fails."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        paper = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
        per_mm = 1 / POINT_MM / UNIT
        place = QRectF(0, 0, (paper.width() - 2 * MARGIN_MM) * per_mm, (paper.height() - 2 * MARGIN_MM) * per_mm)
        inside = place.adjusted(0, HEAD, 0, -FOOT)
        pages = sheets.make(inside)
        scale = printer.resolution() / 72 * UNIT
        first, last = printer.fromPage() or 1, min(printer.toPage() or len(pages), len(pages))
        for number in range(first, last + 1):
            if number > first:
                printer.newPage()
            painter.save()
            painter.scale(scale, scale)
            painter.translate(MARGIN_MM * per_mm, MARGIN_MM * per_mm)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint_frame(painter, place, pages[number - 1], number, len(pages))
            pages[number - 1].draw(painter, inside)
            painter.restore()
    finally:
        painter.end()
    return True


def _paint_frame(painter: QPainter, place: QRectF, sheet: Sheet, number: int, count: int) -> None:
    painter.setPen(Qt.GlobalColor.black)
    painter.setFont(_font(18, bold=True))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), sheet.title)
    painter.setFont(_font(12))
    below = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(QRectF(0, 23, place.width(), HEAD - 25), int(below), sheet.note)
    page = QCoreApplication.translate("Printing", QT_TRANSLATE_NOOP("Printing", "Page {page} of {pages}"))
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
    painter.drawText(place, int(flags), page.format(page=number, pages=count))


def _font(size: int, *, bold: bool = False) -> QFont:
    font = QFont()
    font.setPixelSize(size)
    font.setBold(bold)
    return font
