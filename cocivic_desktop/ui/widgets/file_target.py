"""Where a dialog writes its file: the line with the path, the tick to replace what is there, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton

from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.ui.errors import sentence

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context

Result = TypeVar("Result")


class TargetWidgets(Protocol):
    """What the form of such a dialog has."""

    pathLine: QLineEdit
    browseButton: QPushButton
    replaceBox: QCheckBox
    problemLabel: QLabel
    resultLabel: QLabel


class FileTarget(QObject):
    """Asks for a path, writes away from the GUI thread, and says in the dialog what was written or what is wrong.

    `suffix` gives the ending that the file must have, `kinds` what Qt's file dialog calls such files.
    """

    def __init__(
        self,
        context: Context,
        dialog: QDialog,
        ui: TargetWidgets,
        button: QAbstractButton,
        suffix: Callable[[], str],
        kinds: Callable[[], str],
    ) -> None:
        super().__init__(dialog)
        self._context, self._dialog, self._ui, self._button = context, dialog, ui, button
        self._suffix, self._kinds = suffix, kinds
        self._closed = False
        ui.problemLabel.hide()
        ui.resultLabel.hide()
        ui.pathLine.textChanged.connect(lambda: self._look())
        ui.browseButton.clicked.connect(lambda: self._browse())
        dialog.finished.connect(self._close)
        self._look()

    def path(self) -> Path | None:
        """The path with its ending; None, and a word about it, where there is none."""
        text, suffix = self._ui.pathLine.text().strip(), self._suffix()
        if not text:
            self.refuse(self.tr("Say where to write the file."))
            return None
        path = Path(text).expanduser()
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)
            self._ui.pathLine.setText(str(path))
        return path

    @property
    def replace(self) -> bool:
        """Whether a file that is there may be replaced."""
        return self._ui.replaceBox.isChecked()

    def write(self, work: Callable[[], Result], keep: Callable[[Result], None], show: Callable[[Result], str]) -> None:
        """Run `work`. `keep` is told in any case, `show` only while the dialog is open: it words what was written."""

        def done(result: Result) -> None:
            keep(result)
            if not self._closed:
                self._button.setEnabled(True)
                self._look()
                self._ui.resultLabel.setText(show(result))
                self._ui.resultLabel.show()

        def failed(error: Exception) -> None:
            expected = isinstance(error, CoCivicError)
            if self._closed or not expected:
                self._context.report(error)
            if not self._closed:
                self._button.setEnabled(True)
                self._look()
                if expected:
                    self.refuse(sentence(error))

        self._button.setEnabled(False)
        self._ui.problemLabel.hide()
        self._ui.resultLabel.hide()
        self._context.tasks.run(work, done, failed)

    def refuse(self, text: str) -> None:
        """Say what is wrong."""
        self._ui.problemLabel.setText(f"× {text}")
        self._ui.problemLabel.show()

    def _look(self) -> None:
        text = self._ui.pathLine.text().strip()
        try:
            there = bool(text) and Path(text).expanduser().is_file()
        except OSError:
            there = False
        self._ui.replaceBox.setVisible(there)
        if not there:
            self._ui.replaceBox.setChecked(False)

    def _browse(self) -> None:
        title = self._dialog.windowTitle()
        name, _ = QFileDialog.getSaveFileName(self._dialog, title, self._ui.pathLine.text(), self._kinds())
        if name:
            self._ui.pathLine.setText(name)
            self._ui.replaceBox.setChecked(True)

    def _close(self) -> None:
        """What is being written then ends without the dialog."""
        self._closed = True
        self._dialog.deleteLater()
