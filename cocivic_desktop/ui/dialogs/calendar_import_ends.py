"""Asking how a file counts last days, with what each way means for one of its periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup

from cocivic_desktop.domain.rules.calendar_files import EndDates
from cocivic_desktop.ui.texts.formats import day_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from cocivic_desktop._generated.forms.school_year_import import Ui_CalendarImportDialog
    from cocivic_desktop.services.school_year_files import ImportPreview


LONGEST_NAME = 36
"""Characters of the example's name."""


class EndsChoice(QObject):
    """`wanted` is what somebody chose, None while what was found out counts; a doubtful file has neither ticked."""

    chosen = Signal()

    def __init__(self, ui: Ui_CalendarImportDialog, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui = ui
        self.wanted: EndDates | None = None
        self._group = QButtonGroup(self)
        for button, ends in ((ui.inclusiveButton, EndDates.INCLUSIVE), (ui.exclusiveButton, EndDates.EXCLUSIVE)):
            self._group.addButton(button)
            button.clicked.connect(lambda _on=False, ends=ends: self._choose(ends))
        ui.endsCard.hide()

    def show(self, preview: ImportPreview) -> None:
        """Show the question for a file; it hides where every period has one day only."""
        ui, example = self._ui, preview.ends_example
        ui.endsCard.setVisible(example is not None)
        if example is None:
            return
        question = self.tr("! The file does not make clear how it counts last days. Which is right? Ask the school.")
        known = self.tr("How the file counts last days, as far as can be seen. Which is right?")
        ui.endsLabel.setText(question if preview.ends is EndDates.DOUBTFUL else known)
        short = example.name if len(example.name) <= LONGEST_NAME else f"{example.name[: LONGEST_NAME - 1]}…"
        name = self.tr("“{name}”, from {day},").format(name=short, day=day_text(example.starts_on, weekday=True))
        inclusive = self.tr("{name} has {last} as its last day: the file names the last day itself.")
        exclusive = self.tr("{name} has {last} as its last day: the file names the day after.")
        ui.inclusiveButton.setText(inclusive.format(name=name, last=day_text(example.inclusive, weekday=True)))
        ui.exclusiveButton.setText(exclusive.format(name=name, last=day_text(example.exclusive, weekday=True)))
        self._group.setExclusive(False)
        ui.inclusiveButton.setChecked(preview.ends is EndDates.INCLUSIVE)
        ui.exclusiveButton.setChecked(preview.ends is EndDates.EXCLUSIVE)
        self._group.setExclusive(True)

    def _choose(self, ends: EndDates) -> None:
        self.wanted = ends
        self.chosen.emit()
