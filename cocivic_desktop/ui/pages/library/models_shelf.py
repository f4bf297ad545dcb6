"""The shelf of models: read one, compare several, start from one, keep own ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QListWidgetItem, QWidget

from cocivic_desktop._generated.forms.library_models import Ui_LibraryModels
from cocivic_desktop.domain.model_parts import OwnModel
from cocivic_desktop.files import safe_file_name, write_whole
from cocivic_desktop.services import models, records
from cocivic_desktop.ui.reading import comparison_html, model_html

if TYPE_CHECKING:
    from cocivic_desktop.services.models import ModelPreview
    from cocivic_desktop.ui.context import Context

MOST_COMPARED = 4
"""Models that fit side by side."""


class ModelsShelf(QWidget):
    """Titles at the left; at the right the model chosen, or a comparison of up to four."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_LibraryModels()
        self.ui.setupUi(self)
        self._context: Context | None = None
        self._models: list[ModelPreview] = []
        self.ui.split.setSizes([300, 700])
        self.ui.titles.itemSelectionChanged.connect(self._show_chosen)
        self.ui.titles.itemActivated.connect(lambda: self.start())
        self.ui.startButton.clicked.connect(lambda: self.start())
        self.ui.loadButton.clicked.connect(lambda: self.load())
        self.ui.saveButton.clicked.connect(lambda: self.save())
        self.ui.removeButton.clicked.connect(lambda: self.remove())

    def show_models(self, context: Context) -> None:
        """Fill the shelf, keeping what is chosen."""
        self._context = context
        chosen = {one.code for one in self.chosen()} or {"social_innovation"}
        self._models = models.previews(context.workspace, context.language) if context.is_open else []
        titles = self.ui.titles
        titles.blockSignals(True)
        titles.clear()
        for one in self._models:
            item = QListWidgetItem(self.tr("{title} (own)").format(title=one.title) if one.is_own else one.title)
            item.setToolTip(one.title)
            titles.addItem(item)
            if one.code in chosen:
                item.setSelected(True)
        if not titles.selectedItems() and self._models:
            titles.item(0).setSelected(True)
        titles.blockSignals(False)
        self._say_problems(context)
        self._show_chosen()

    def select(self, own_id: UUID) -> None:
        """Choose a model of our own."""
        if self._context is None:
            return
        own = records.get(self._context.workspace, OwnModel, own_id)
        for row, one in enumerate(self._models):
            self.ui.titles.item(row).setSelected(one.code == own.code)

    def chosen(self) -> list[ModelPreview]:
        """The models that are chosen, in the order of the shelf."""
        rows = sorted(self.ui.titles.row(item) for item in self.ui.titles.selectedItems())
        return [self._models[row] for row in rows if row < len(self._models)]

    def start(self) -> None:
        """Ask for the school and the period of a partnership that starts from the model chosen."""
        from cocivic_desktop.ui.dialogs.first_steps import start_partnership

        if self._context is not None and len(self.chosen()) == 1:
            start_partnership(self._context, self.window(), self.chosen()[0].code)

    def load(self) -> None:
        """Take over a model from a file."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Add a model of cooperation"), str(Path.home()), self.tr("Models of cooperation (*.toml)")
        )
        if name:
            self.load_file(Path(name))

    def load_file(self, path: Path) -> None:
        """Take over the model in a file, or say what is wrong in it."""
        if self._context is None:
            return
        kept = self._context.attempt(models.load, self._context.workspace, path)
        if kept is not None:
            self.show_models(self._context)
            self.select(kept[0].id)
            self._context.notify(self.tr("Added “{title}”.").format(title=kept[0].title))

    def save(self) -> None:
        """Write the model chosen into a file."""
        if self._context is None or len(self.chosen()) != 1:
            return
        one = self.chosen()[0]
        proposed = str(Path.home() / safe_file_name(one.code, ".toml"))
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the model as a file"), proposed, self.tr("Models of cooperation (*.toml)")
        )
        if name:
            text = models.text_of(self._context.workspace, one.code)
            if self._context.attempt(write_whole, Path(name), text.encode(), force=True) is not None:
                self._context.notify(self.tr("Saved as {path}").format(path=name))

    def remove(self) -> None:
        """Remove the model of our own that is chosen; undo brings it back."""
        if self._context is None or len(self.chosen()) != 1:
            return
        own = records.find(self._context.workspace, OwnModel, code=self.chosen()[0].code)
        if own and self._context.attempt(records.delete, self._context.workspace, OwnModel, own[0].id) is not None:
            self.show_models(self._context)
            self._context.notify(self.tr("Removed “{title}”. Ctrl+Z brings it back.").format(title=own[0].title))

    def changeEvent(self, event: QEvent) -> None:
        """Write the page again in the colours of another theme."""
        if event.type() == QEvent.Type.PaletteChange and self._context is not None:
            self._show_chosen()
        super().changeEvent(event)

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        alone = len(chosen) == 1
        self.ui.startButton.setEnabled(alone)
        self.ui.saveButton.setEnabled(alone)
        self.ui.removeButton.setVisible(alone and chosen[0].is_own)
        if alone:
            self.ui.reader.setHtml(model_html(chosen[0]))
        elif chosen:
            self.ui.reader.setHtml(comparison_html(chosen[:MOST_COMPARED], self.ui.reader.viewport().width()))
        hint = self.tr("Hold Ctrl and choose up to {count} models to compare them.").format(count=MOST_COMPARED)
        if len(chosen) > MOST_COMPARED:
            hint = self.tr("Only the first {count} are compared.").format(count=MOST_COMPARED)
        self.ui.hintLabel.setText(hint)

    def _say_problems(self, context: Context) -> None:
        problems = models.available(context.workspace)[1] if context.is_open else []
        lines = [self.tr("“{file}” cannot be used: {problem}").format(file=one.file, problem=one) for one in problems]
        self.ui.problemLabel.setText("\n".join(lines[:3]))
        self.ui.problemLabel.setVisible(bool(problems))
        self.ui.problemLabel.setTextFormat(Qt.TextFormat.PlainText)
