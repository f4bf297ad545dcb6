"""Values of indicators: how they read, and how they are typed, by their unit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QStyleOptionViewItem, QWidget

from cocivic_desktop.ui.models.record_table import RECORD_ROLE
from cocivic_desktop.ui.pages.evaluate.lines import Line
from cocivic_desktop.ui.texts.formats import number_text
from cocivic_desktop.ui.widgets.chip_delegate import ChipDelegate

Index = QModelIndex | QPersistentModelIndex
YES_NO: Final = "yes_no"
ANSWERS: Final[tuple[float | None, ...]] = (None, 1.0, 0.0)
"""What a list for yes or no offers, in its order."""
_MOST: Final = 1_000_000.0
_LIMITS: Final = {"percent": (0.0, 100.0), "rating": (1.0, 5.0), "count": (0.0, _MOST), "hours": (0.0, _MOST)}


def answer_words() -> list[str]:
    """The words for `ANSWERS`."""
    translate = QCoreApplication.translate
    return ["–", translate("Values", "yes"), translate("Values", "no")]


def value_text(value: float | None, unit: str) -> str:
    """A value with its unit: "12", "40 h", "85 %", "4.2 of 5", "yes"; empty for None."""
    if value is None:
        return ""
    if unit == YES_NO:
        return answer_words()[1] if value else answer_words()[2]
    patterns = {
        "percent": QCoreApplication.translate("Values", "{value} %"),
        "hours": QCoreApplication.translate("Values", "{value} h"),
        "rating": QCoreApplication.translate("Values", "{value} of 5"),
    }
    return patterns.get(unit, "{value}").format(value=number_text(value))


def set_limits(box: QDoubleSpinBox, unit: str, *, optional: bool) -> None:
    """Let a box take what a unit allows, without telling anybody; below the least value stands "not set"."""
    least, most = _LIMITS.get(unit, (-_MOST, _MOST))
    blocked = box.blockSignals(True)
    box.setRange(least - 1.0 if optional else least, most)
    box.setSuffix({"percent": " %", "hours": " h"}.get(unit, ""))
    box.setSpecialValueText("–" if optional else "")
    box.blockSignals(blocked)


def show_answer(box: QComboBox, value: float | None) -> None:
    """Show yes, no or nothing in a list with `answer_words`."""
    box.setCurrentIndex(0 if value is None else 1 if value else 2)


class ValueDelegate(ChipDelegate):
    """Edits the target of a `Line` in place: a number within the unit's limits, or yes and no."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor that fits the unit of the row."""
        line = index.data(RECORD_ROLE)
        unit = line.row.unit if isinstance(line, Line) and line.row is not None else ""
        if unit == YES_NO:
            choices = QComboBox(parent)
            choices.addItems(answer_words())
            choices.activated.connect(lambda: self._finish(choices))
            return choices
        box = QDoubleSpinBox(parent)
        box.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        box.setDecimals(2)
        box.setFrame(False)
        set_limits(box, unit, optional=True)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the present target."""
        line = index.data(RECORD_ROLE)
        value = line.row.target if isinstance(line, Line) and line.row is not None else None
        if isinstance(editor, QComboBox):
            show_answer(editor, value)
        elif isinstance(editor, QDoubleSpinBox):
            editor.setValue(editor.minimum() if value is None else value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over a number, or None for "no target"."""
        value: float | None = None
        if isinstance(editor, QComboBox):
            value = ANSWERS[editor.currentIndex()]
        elif isinstance(editor, QDoubleSpinBox):
            editor.interpretText()
            value = None if editor.value() <= editor.minimum() else editor.value()
        model.setData(index, value, Qt.ItemDataRole.EditRole)

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
