"""Bringing a model of cooperation to a partnership that is there already, such as one from the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.bring_model_dialog import Ui_BringModelDialog
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import models, records, starting
from cocivic_desktop.ui import choices

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context


class BringModelDialog(QDialog):
    """Choose a model, read it, and take out what is not wanted. What the partnership has already stays."""

    def __init__(self, context: Context, partnership_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_BringModelDialog()
        self.ui.setupUi(self)
        self._context = context
        self._partnership_id = partnership_id
        partnership = records.get(context.workspace, Partnership, partnership_id)
        self.ui.hintLabel.setText(
            self.tr("Everything goes to “{title}”, beside what is there. One step of undo takes it all back.").format(
                title=partnership.title
            )
        )
        self._models = models.previews(context.workspace, context.language)
        self.ui.modelBox.addItems([model.title for model in self._models])
        self._languages = choices.written_languages()
        self.ui.languageBox.addItems([text for _, text in self._languages])
        self.ui.modelBox.currentIndexChanged.connect(lambda: self._show_model())
        self.ui.cancelButton.clicked.connect(self.reject)
        self.ui.bringButton.clicked.connect(self.bring)
        self.finished.connect(self.deleteLater)
        self._show_model()
        self.resize(640, 620)

    def bring(self) -> None:
        """Bring what is chosen, in one step."""
        done = self._context.attempt(
            starting.bring,
            self._context.workspace,
            self._partnership_id,
            self._models[self.ui.modelBox.currentIndex()].code,
            today=self._context.today(),
            language=self._languages[self.ui.languageBox.currentIndex()][0],
            leave_out=self.ui.modelChoice.left_out(),
        )
        if done is not None:
            self.accept()

    def _show_model(self) -> None:
        self.ui.modelChoice.show_model(self._models[self.ui.modelBox.currentIndex()])
