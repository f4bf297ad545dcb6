"""A table of lines to tick, for previews in which some lines can be taken and some only be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QAbstractItemView, QTableView

from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.widgets.tables import dress_records

Item = TypeVar("Item")
TICK_WIDTH = 40


@dataclass(frozen=True)
class TickedLine(Generic[Item]):
    """One line. `chosen` is None where there is nothing to choose; `cells` are texts and chips."""

    id: int
    chosen: bool | None
    cells: tuple[Any, ...]
    item: Item
    tip: str = ""


class TickedLines(Generic[Item]):
    """The lines of a table view, with heads as titles and widths (0 takes what is left)."""

    def __init__(self, table: QTableView, heads: Sequence[tuple[str, int]], on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self.model: RecordTableModel[TickedLine[Item]] = RecordTableModel(
            [
                Column("chosen", "", width=TICK_WIDTH, change=self._tick),
                *(
                    Column(f"cell{number}", title, self._cell(number), width, tip=self._tip(number))
                    for number, (title, width) in enumerate(heads)
                ),
            ],
            table,
        )
        dress_records(table, self.model, self.model.columns)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def show(self, lines: Sequence[TickedLine[Item]]) -> None:
        """Show other lines."""
        self.model.set_rows(lines)
        self._on_change()

    def chosen(self) -> list[Item]:
        """What is ticked."""
        return [line.item for line in self.model.rows if line.chosen]

    def _tick(self, line: TickedLine[Item], chosen: Any) -> None:
        if line.chosen is not None:
            rows = self.model.rows
            self.model.set_rows([replace(one, chosen=bool(chosen)) if one.id == line.id else one for one in rows])
            self._on_change()

    @staticmethod
    def _cell(number: int) -> Callable[[TickedLine[Item]], Any]:
        return lambda line: line.cells[number]

    @staticmethod
    def _tip(number: int) -> Callable[[TickedLine[Item]], str]:
        return lambda line: line.tip or (line.cells[number] if isinstance(line.cells[number], str) else "")
