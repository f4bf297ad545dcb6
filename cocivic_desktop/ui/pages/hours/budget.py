"""Promised against used, planned and forecast hours, with a bar, a figure and a word for each promise."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cocivic_desktop._generated.forms.hours_budget import Ui_HoursBudget
from cocivic_desktop.domain.rules.hours import Budget, MonthRow
from cocivic_desktop.services import hours
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import RECORD_ROLE, Chip, Column, Index, RecordTableModel
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.formats import minutes_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.theme import roles
from cocivic_desktop.ui.widgets.chip_delegate import cell_of
from cocivic_desktop.ui.widgets.clause_link import ClauseLink
from cocivic_desktop.ui.widgets.tables import dress_records

NEARLY_USED: Final = 80
"""Percent of a promise from which on it is called nearly used."""


class BudgetSection(StagePart):
    """A table of promises and one of months."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursBudget()
        self.ui.setupUi(self)
        self.budgets: RecordTableModel[Budget] = RecordTableModel(
            [
                Column("promise", self.tr("Promise"), self._promise),
                Column("bar", self.tr("Used and planned"), lambda row: "", width=170),
                Column("promised", self.tr("Promised"), lambda row: minutes_text(row.promised), width=104, right=True),
                Column("used", self.tr("Used"), lambda row: minutes_text(row.used), width=104, right=True),
                Column("forecast", self.tr("Forecast"), lambda row: minutes_text(row.forecast), width=104, right=True),
                Column("state", self.tr("State"), self._state, width=120),
            ],
            self,
        )
        self.months: RecordTableModel[MonthRow] = RecordTableModel(
            [
                Column("month", self.tr("Month"), lambda row: month_text(row.month), width=140),
                Column("side", self.tr("Side"), lambda row: row.side, width=140),
                Column("role", self.tr("Role"), lambda row: row.role),
                Column("used", self.tr("Used"), lambda row: minutes_text(row.used), width=104, right=True),
                Column(
                    "confirmed", self.tr("Confirmed"), lambda row: minutes_text(row.confirmed), width=96, right=True
                ),
                Column("planned", self.tr("Planned"), lambda row: minutes_text(row.planned), width=104, right=True),
            ],
            self,
        )
        dress_records(self.ui.budgets, self.budgets, self.budgets.columns)
        dress_records(self.ui.months, self.months, self.months.columns)
        self.clause_link = ClauseLink(context)
        self.ui.tablesLayout.insertWidget(1, self.clause_link, 0, Qt.AlignmentFlag.AlignLeft)
        self.ui.budgets.selectionModel().currentRowChanged.connect(lambda: self._show_clause())
        self.ui.budgets.activated.connect(lambda: self.clause_link.open())
        self.ui.budgets.setItemDelegateForColumn(1, BarDelegate(self.ui.budgets))
        self.ui.empty.set_texts(
            self.tr("Nothing promised, nothing used"),
            self.tr("Promises come from the agreement (“Duties and time”); used hours from the entries."),
        )

    def reload(self) -> None:
        """Sum up a partnership's hours."""
        found = hours.summary(self.context.workspace, self.partnership, self.context.today())
        self.budgets.set_rows(found.budgets)
        self._show_clause()
        self.months.set_rows(sorted(found.months, key=lambda row: row.month, reverse=True))
        self.ui.stack.setCurrentWidget(self.ui.tables if found.budgets or found.months else self.ui.empty)
        text = self.tr("Used in all: {used}, of which confirmed: {confirmed}")
        self.ui.figures.setText(
            text.format(used=minutes_text(found.used), confirmed=minutes_text(found.confirmed)) if found.used else ""
        )

    def open_item(self, section: str, item: UUID | None) -> None:
        """Select the row of a commitment."""
        for number, row in enumerate(self.budgets.rows):
            if row.commitment.id == item:
                self.ui.budgets.selectRow(number)

    def _show_clause(self) -> None:
        row = self.budgets.record(self.ui.budgets.currentIndex())
        if self.partnership_id is not None:
            self.clause_link.show_for(self.partnership_id, row.commitment if row is not None else None)

    def _promise(self, row: Budget) -> str:
        return " · ".join(part for part in (choice_word(row.commitment.side), row.commitment.role) if part)

    def _state(self, row: Budget) -> Chip:
        used, forecast = row.used_percent, row.forecast_percent
        if used is None or forecast is None:
            return Chip(self.tr("no time set"))
        if used > 100:
            return Chip(self.tr("over"), "bad")
        if forecast > 100:
            return Chip(self.tr("will be over"), "warning")
        if used >= NEARLY_USED:
            return Chip(self.tr("nearly used"), "warning")
        return Chip(self.tr("fits"), "good")


class BarDelegate(QStyledItemDelegate):
    """Draws how much of a promise is used (full) and planned (lighter); a line marks the promise."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The bar's whole length is the promise, or the forecast where that is more."""
        super().paint(painter, option, index)
        row = index.data(RECORD_ROLE)
        if not isinstance(row, Budget):
            return
        place = cell_of(option).adjusted(8, 13, -8, -13)
        whole = max(row.promised, row.forecast, 1)
        color = roles().color
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for minutes, role in ((whole, "line"), (row.forecast, "selection"), (row.used, "accent")):
            painter.setBrush(color("bad" if role == "accent" and row.used > row.promised else role))
            painter.drawRoundedRect(
                QRectF(place.left(), place.top(), place.width() * minutes / whole, place.height()), 4, 4
            )
        if row.forecast > row.promised > 0:
            x = place.left() + place.width() * row.promised / whole
            painter.setBrush(color("text"))
            painter.drawRect(QRectF(x - 1, place.top() - 3, 2, place.height() + 6))
        painter.restore()


def month_text(month: str) -> str:
    """A month such as "2026-11" in words."""
    from PySide6.QtCore import QLocale

    first = date.fromisoformat(f"{month}-01")
    return f"{QLocale().standaloneMonthName(first.month)} {first.year}"
