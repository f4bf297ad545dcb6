"""Where printed pages go: into a PDF, or through a preview to a printer."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.files import write_whole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SetUp = Callable[[QPrinter], None]
"""Chooses paper and margins."""
Paint = Callable[[QPrinter], bool]
"""Paints all pages; False when that fails."""


def pdf_file(name: str, set_up: SetUp, paint: Paint, path: Path, sorry: str) -> Path:
    """Write a PDF with this name, whole or not at all. Raises `BadInput` with `sorry` when it cannot be made."""
    handle, scratch = mkstemp(suffix=".pdf")
    os.close(handle)
    try:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(scratch)
        printer.setDocName(name)
        set_up(printer)
        if not paint(printer):
            raise BadInput(sorry)
        return write_whole(path, Path(scratch).read_bytes(), force=True)
    finally:
        Path(scratch).unlink(missing_ok=True)


def preview_dialog(name: str, set_up: SetUp, paint: Paint, parent: QWidget) -> QPrintPreviewDialog:
    """Show the pages as they will be printed; the dialog prints them on any printer there is."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    set_up(printer)
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setWindowTitle(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # The dialog does not own its printer: the connection keeps it alive as long as the dialog.
    dialog.paintRequested.connect(lambda target, _kept=printer: paint(target))
    dialog.resize(1000, 700)
    dialog.open()
    return dialog
