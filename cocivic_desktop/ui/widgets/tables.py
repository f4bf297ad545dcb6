"""How every table looks and behaves: whole rows, no grid, 36 pixels a row, Tab leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from cocivic_desktop.ui.models.record_table import Column
from cocivic_desktop.ui.theme import ROW_HEIGHT
from cocivic_desktop.ui.widgets.chip_delegate import ChipDelegate


def dress_table(table: QTableView) -> None:
    """Set up a table view that chooses one row at a time."""
    table.setShowGrid(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setMouseTracking(True)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setMinimumSectionSize(40)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def choose_first(table: QTableView) -> None:
    """Choose the first row where none is chosen, so that what can be done with a row is seen."""
    if not table.currentIndex().isValid() and table.model() is not None and table.model().rowCount():
        table.selectRow(0)


def set_row_height(table: QTableView, row_height: int) -> None:
    """Rows of a height in logical pixels; in those higher than a line, long texts wrap."""
    table.setWordWrap(row_height > ROW_HEIGHT)
    table.verticalHeader().setDefaultSectionSize(row_height)


def dress_records(
    table: QTableView, model: QAbstractItemModel, columns: Sequence[Column[Any]], row_height: int = ROW_HEIGHT
) -> None:
    """Set up a table view over a model with these columns. Those without a width share what is left.

    In rows higher (logical pixels) than a line, long texts wrap.
    """
    dress_table(table)
    table.setModel(model)
    table.setItemDelegate(ChipDelegate(table))
    set_row_height(table, row_height)
    for number, column in enumerate(columns):
        if column.width:
            table.setColumnWidth(number, column.width)
        else:
            table.horizontalHeader().setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
