"""Choosing what is taken over: lines to tick, each with what it would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from cocivic_desktop._generated.forms.choose_lines_dialog import Ui_ChooseLinesDialog
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.widgets.tables import dress_records

THREE_LINES = 62
"""Height of a row, in logical pixels."""


@dataclass(frozen=True)
class ChoiceLine:
    """One line: what it is about, and in further columns what is there and what would be."""

    cells: tuple[str, ...]
    chosen: bool = True
    id: int = 0


class ChooseLinesDialog(QDialog):
    """Lines with check boxes under heads; `chosen` gives the places of those that are ticked, from 0."""

    def __init__(
        self,
        title: str,
        intro: str,
        heads: Sequence[str],
        lines: Sequence[ChoiceLine],
        take_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ui = Ui_ChooseLinesDialog()
        self.ui.setupUi(self)
        self.setWindowTitle(title)
        ui = self.ui
        ui.introLabel.setText(intro)
        self.model: RecordTableModel[ChoiceLine] = RecordTableModel(
            [
                Column("chosen", "", lambda line: line.chosen, width=40, change=self._tick),
                *(
                    Column(f"cell{number}", head, self._cell(number), tip=self._cell(number))
                    for number, head in enumerate(heads)
                ),
            ],
            self,
        )
        dress_records(ui.lines, self.model, self.model.columns, THREE_LINES)
        ui.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ui.lines.setAccessibleName(title)
        self.model.set_rows([replace(line, id=number) for number, line in enumerate(lines, start=1)])
        ui.lines.setCurrentIndex(self.model.index(0, 0))
        ui.takeButton.setText(take_text or ui.takeButton.text())
        ui.takeButton.setDefault(True)
        ui.takeButton.clicked.connect(lambda: self.accept())
        ui.cancelButton.clicked.connect(lambda: self.reject())
        self.finished.connect(self.deleteLater)
        self._count()
        self.resize(720, 440)
        ui.lines.setFocus()

    def chosen(self) -> list[int]:
        """The places of the lines that are ticked."""
        return [line.id - 1 for line in self.model.rows if line.chosen]

    def _tick(self, line: ChoiceLine, chosen: bool) -> None:
        self.model.set_rows([replace(one, chosen=chosen) if one.id == line.id else one for one in self.model.rows])
        self._count()

    def _cell(self, number: int) -> Callable[[ChoiceLine], str]:
        return lambda line: line.cells[number]

    def _count(self) -> None:
        count = len(self.chosen())
        text = self.tr("{count} of {all} chosen").format(count=count, all=len(self.model.rows))
        self.ui.countLabel.setText(text)
        self.ui.takeButton.setEnabled(count > 0)
