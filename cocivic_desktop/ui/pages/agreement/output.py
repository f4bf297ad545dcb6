"""The agreement as a document: saved for Word, as PDF, or printed, in one language or in two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from cocivic_desktop.files import safe_file_name, write_whole
from cocivic_desktop.services import agreements, drafts

if TYPE_CHECKING:
    from cocivic_desktop.documents.content import AgreementText
    from cocivic_desktop.ui.context import Context


class AgreementOutput(QObject):
    """Actions on a button. `chosen` gives the agreement and the one or two languages of the document."""

    def __init__(
        self,
        context: Context,
        button: QPushButton,
        chosen: Callable[[], tuple[UUID, str, str | None] | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._chosen = chosen
        self._window = parent
        menu = QMenu(button)
        self.docx_action = QAction(self.tr("Save for &Word (DOCX)…"), self)
        self.pdf_action = QAction(self.tr("Save as &PDF…"), self)
        self.print_action = QAction(self.tr("P&rint…"), self)
        menu.addActions([self.docx_action, self.pdf_action, self.print_action])
        self.print_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self.docx_action.triggered.connect(lambda: self._ask(".docx", self.tr("Word documents (*.docx)"), self.save))
        self.pdf_action.triggered.connect(lambda: self._ask(".pdf", self.tr("PDF files (*.pdf)"), self.save_pdf))
        self.print_action.triggered.connect(lambda: self.show_print_preview())
        parent.addAction(self.print_action)
        button.setText(self.tr("D&ocument"))
        button.setMenu(menu)

    def save(self, path: Path) -> None:
        """Write a DOCX, off the GUI thread."""
        chosen = self._chosen()
        if chosen is None:
            return
        workspace = self._context.workspace

        def work() -> Any:
            content = agreements.document(workspace, *chosen)
            return write_whole(path, content, force=True)

        saved = self.tr("Saved {path}").format(path=path)
        self._context.tasks.run(work, lambda _: self._context.notify(saved), self._context.report)

    def save_pdf(self, path: Path) -> None:
        """Write a PDF by Qt's own printing."""
        from cocivic_desktop.ui.printing.pages import write_pdf

        def done(texts: Sequence[AgreementText]) -> None:
            if self._context.attempt(write_pdf, texts, path) is not None:
                self._context.notify(self.tr("Saved {path}").format(path=path))

        self._with_texts(done)

    def show_print_preview(self) -> None:
        """Show the pages before they are printed."""
        from cocivic_desktop.ui.printing.pages import show_preview

        self._with_texts(lambda texts: self._context.attempt(show_preview, texts, self._window.window()))

    def _with_texts(self, use: Callable[[Sequence[AgreementText]], Any]) -> None:
        """Fetch the document's texts off the GUI thread; what Qt prints is laid out on it."""
        chosen = self._chosen()
        if chosen is None:
            return
        workspace = self._context.workspace
        self._context.tasks.run(lambda: agreements.texts(workspace, *chosen), use, self._context.report)

    def _ask(self, suffix: str, kinds: str, write: Callable[[Path], None]) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        title = drafts.draft(self._context.workspace, chosen[0]).partnership.title
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save the agreement"), f"{safe_file_name(title)}{suffix}", kinds
        )
        if name:
            write(Path(name))
