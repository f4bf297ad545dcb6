"""The columns of a list that is imported: heading, example, and a choice of what each one holds."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from cocivic_desktop.ui.widgets.card import label
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox

if TYPE_CHECKING:
    from cocivic_desktop.tables.columns import Layout
    from cocivic_desktop.tables.spreadsheet import Sheet

EXAMPLE = 60
"""Characters of an example that are shown."""


class ColumnMatcher(QObject):
    """Fills a grid with a line for each column. Each field is held by one column at most."""

    chosen = Signal(tuple)
    """What the columns hold now, after the person has chosen."""

    def __init__(self, grid: QGridLayout, fields: Sequence[tuple[StrEnum, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = grid
        self._fields = fields
        self.boxes: dict[int, ChoiceBox] = {}
        """By the number of the column; columns with nothing in them have none."""
        self._width = 0

    def show_columns(self, sheet: Sheet, layout: Layout[Any]) -> None:
        """Show the columns of a sheet, read like this."""
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        self.boxes = {}
        self._width = len(layout.fields)
        headings = sheet.rows[layout.heading_row].cells if layout.heading_row >= 0 else []
        offered: list[tuple[Any, str]] = [(None, self.tr("– not taken –"))]
        offered += self._fields
        for number, holds in enumerate(layout.fields):
            heading = headings[number] if number < len(headings) else ""
            below = (row.cells for row in sheet.rows[layout.heading_row + 1 :])
            example = next((cells[number] for cells in below if number < len(cells) and cells[number]), "")
            if heading or example:
                title = heading or self.tr("Column {number}").format(number=number + 1)
                self._add_line(number, title, example[:EXAMPLE], offered, holds)
        self._grid.setColumnStretch(0, 1)

    def _add_line(
        self, number: int, title: str, example: str, offered: list[tuple[Any, str]], holds: StrEnum | None
    ) -> None:
        box = QComboBox()
        box.setAccessibleName(title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        choice = ChoiceBox(box, partial(self._choose, number))
        choice.offer(offered)
        choice.show(holds)
        self.boxes[number] = choice
        self._grid.addWidget(label(title, "strong", wrap=True), 2 * number, 0)
        self._grid.addWidget(label(example, "label", wrap=True), 2 * number + 1, 0)
        self._grid.addWidget(box, 2 * number, 1, 2, 1)

    def _choose(self, number: int, field: StrEnum | None) -> None:
        """Whoever held the field before lets it go."""
        for other, box in self.boxes.items():
            if other != number and field is not None and box.value is field:
                box.show(None)
        held = {number: box.value for number, box in self.boxes.items()}
        self.chosen.emit(tuple(held.get(number) for number in range(self._width)))
