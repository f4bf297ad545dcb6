"""Undo and redo of the workspace as actions with words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from cocivic_desktop.ui.texts.actions import action_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop.ui.context import Context

WHOLE = 400
"""So many letters of a name are as good as all of them: the status line cuts where it has no more room."""


class UndoActions(QObject):
    """Two actions that always say what they would take back or bring back."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self.undo = QAction(self.tr("Undo"), window)
        self.undo.setShortcut(QKeySequence.StandardKey.Undo)
        self.redo = QAction(self.tr("Redo"), window)
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.undo.triggered.connect(self._take_back)
        self.redo.triggered.connect(self._bring_back)
        self.update()

    @property
    def undo_text(self) -> str:
        """What undo would take back, for the status line, with the whole name; empty when there is nothing."""
        step = self._context.workspace.undo_step() if self._context.is_open else None
        if step is None:
            return ""
        return self.tr("Undo: {action}").format(action=action_text(step.action, step.label, WHOLE))

    def update(self) -> None:
        """Ask the workspace again what could be taken back."""
        workspace = self._context.opened
        back = workspace.undo_step() if workspace is not None else None
        again = workspace.redo_step() if workspace is not None else None
        self.undo.setEnabled(back is not None)
        self.redo.setEnabled(again is not None)
        self.undo.setText(
            self.tr("Undo: {action}").format(action=action_text(back.action, back.label)) if back else self.tr("Undo")
        )
        self.redo.setText(
            self.tr("Redo: {action}").format(action=action_text(again.action, again.label))
            if again
            else self.tr("Redo")
        )

    def _take_back(self) -> None:
        from cocivic_desktop.ui.record_form import flush_forms

        flush_forms(self._window)
        self._context.attempt(self._context.workspace.undo)

    def _bring_back(self) -> None:
        self._context.attempt(self._context.workspace.redo)
