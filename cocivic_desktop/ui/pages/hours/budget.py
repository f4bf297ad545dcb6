"""The hour budget: promises, what is left of them month by month, and a warning before they are used up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from cocivic_desktop._generated.forms.hours_budget import Ui_HoursBudget
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.rules.hour_budget import BudgetRow, BudgetState, BurnPoint, HourBudget, Promise
from cocivic_desktop.domain.rules.hours import month_of
from cocivic_desktop.services import hour_budget
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import RECORD_ROLE, Chip, Column, Index, RecordTableModel
from cocivic_desktop.ui.pages.hours.burn_down import month_text
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.formats import clock_text, minutes_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.theme import ROW_HEIGHT, roles
from cocivic_desktop.ui.widgets.chip_delegate import cell_of
from cocivic_desktop.ui.widgets.clause_link import ClauseLink
from cocivic_desktop.ui.widgets.tables import dress_records

MOST_ROWS = 7
"""Rows that a table shows before it scrolls by itself."""
WARN_AFTER_MS = 500


class BudgetSection(StagePart):
    """A table of promises, the picture of what is left, and a table by party, role and month."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursBudget()
        self.ui.setupUi(self)
        self.found: HourBudget | None = None
        self.budgets: RecordTableModel[Promise] = RecordTableModel(self._promise_columns(), self)
        self.burn: RecordTableModel[BurnPoint] = RecordTableModel(self._burn_columns(), self)
        self.months: RecordTableModel[BudgetRow] = RecordTableModel(self._month_columns(), self)
        dress_records(self.ui.budgets, self.budgets, self.budgets.columns)
        dress_records(self.ui.burnTable, self.burn, self.burn.columns, 28)
        dress_records(self.ui.months, self.months, self.months.columns)
        self.ui.burnTable.setWordWrap(False)
        self.ui.burnTable.setFixedWidth(300)
        self.ui.budgets.setItemDelegateForColumn(1, BarDelegate(self.ui.budgets))
        self.clause_link = ClauseLink(context)
        self.ui.tablesLayout.insertWidget(2, self.clause_link, 0, Qt.AlignmentFlag.AlignLeft)
        self.ui.budgets.selectionModel().currentRowChanged.connect(lambda: self._show_chosen())
        self.ui.budgets.activated.connect(lambda: self.clause_link.open())
        self._warn = QTimer(self, singleShot=True, interval=WARN_AFTER_MS)
        self._warn.timeout.connect(self._store_warning)
        self.ui.warnFrom.valueChanged.connect(lambda: self._warn.start())
        self.ui.warnFrom.editingFinished.connect(self._store_warning)
        self.ui.warnFrom.setToolTip(self.tr("Share of a promise from which the budget and the next steps warn"))
        self.ui.empty.set_texts(
            self.tr("Nothing promised, nothing used"),
            self.tr("Promises come from the agreement (“Duties and time”); used hours from the entries."),
        )

    def reload(self) -> None:
        """Sum up the partnership's hours."""
        found = hour_budget.budget(self.context.workspace, self.partnership, self.context.today())
        self.found = found
        with QSignalBlocker(self.ui.warnFrom):
            self.ui.warnFrom.setValue(found.warning_percent)
        chosen = self._chosen()
        self.budgets.set_rows(found.promises)
        if chosen is not None:
            self.select(chosen.budget.commitment.id)
        present = month_of(found.today)
        past = [row for row in found.rows if row.month <= present]
        coming = [row for row in found.rows if row.month > present]
        self.months.set_rows(
            [*sorted(past, key=lambda row: row.month, reverse=True), *sorted(coming, key=lambda row: row.month)]
        )
        _fit(self.ui.budgets, len(found.promises))
        _fit(self.ui.months, len(found.rows))
        for widget in (self.ui.together, self.ui.budgets):
            widget.setVisible(bool(found.promises))
        self.ui.stack.setCurrentWidget(self.ui.area if found.promises or found.rows else self.ui.empty)
        text = self.tr("Used in all: {used}, of which confirmed: {confirmed}")
        used = text.format(used=minutes_text(found.used), confirmed=minutes_text(found.confirmed))
        self.ui.figures.setText(used if found.used else "")
        self._show_warning(found)
        self._show_chosen()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Select the promise that a next step is about."""
        if item is not None:
            self.select(item)

    def select(self, commitment_id: UUID) -> None:
        """Select the row of a commitment."""
        for number, row in enumerate(self.budgets.rows):
            if row.budget.commitment.id == commitment_id:
                self.ui.budgets.selectRow(number)

    def _chosen(self) -> Promise | None:
        return self.budgets.record(self.ui.budgets.currentIndex())

    def _show_chosen(self) -> None:
        """What is left of the chosen promise; of all of our side while none is chosen."""
        if self.partnership_id is None or self.found is None:
            return
        row = self._chosen()
        self.clause_link.show_for(self.partnership_id, row.budget.commitment if row is not None else None)
        ours = [one.budget.commitment for one in self.found.promises if one.budget.commitment.side is Side.CSO]
        shown = [row.budget.commitment] if row is not None else ours
        points = self.found.burn_down(shown)
        name = self._promise(row) if row is not None else self.tr("all promises of our organisation together")
        self.ui.burnTitle.setText(self.tr("What is left: {promise}").format(promise=name))
        self.ui.burnDown.show_points(points)
        self.burn.set_rows(points)
        self.ui.burnTable.setFixedHeight(self.ui.burnDown.sizeHint().height())
        for widget in (self.ui.burnTitle, self.ui.burnDown, self.ui.burnTable, self.ui.burnText):
            widget.setVisible(bool(points))
        self.ui.burnText.setText(self._burn_text(points))

    def _burn_text(self, points: list[BurnPoint]) -> str:
        """The picture in one sentence."""
        if not points:
            return ""
        last = points[-1].expected if points[-1].expected is not None else points[-1].left
        so_far = next((point for point in reversed(points) if point.left is not None), None)
        if last is not None and last < 0:
            end = self.tr("With what is planned, {minutes} more than promised will have been used by {month}.")
        else:
            end = self.tr("With what is planned, {minutes} will be left at the end of {month}.")
        text = end.format(minutes=minutes_text(abs(last or 0)), month=month_text(points[-1].month))
        if so_far is None or so_far.left is None:
            return text
        gap = so_far.even - so_far.left
        pace = self.tr("Used faster than evenly: {gap} ahead.") if gap > 0 else self.tr("Not used faster than evenly.")
        return f"{text} {pace.format(gap=minutes_text(gap))}"

    def _show_warning(self, found: HourBudget) -> None:
        """What to do about promises that are nearly used up or will be exceeded."""
        words = {
            BudgetState.EXCEEDED: self.tr(
                "{promise}: more than promised is used. Talk with the partner: share the load, or amend the agreement."
            ),
            BudgetState.WILL_EXCEED: self.tr(
                "{promise}: the plan needs more than was promised. Plan fewer or shorter dates, or agree on more hours."
            ),
            BudgetState.WARNED: self.tr(
                "{promise}: {percent} % are used. Look at the dates still planned before adding more."
            ),
        }
        lines = [
            "! " + words[one.state].format(promise=self._promise(one), percent=one.budget.used_percent)
            for one in found.promises
            if one.state in words
        ]
        self.ui.warning.setText("\n".join(lines))
        self.ui.warning.setVisible(bool(lines))

    def _store_warning(self) -> None:
        self._warn.stop()
        if self.context.is_open and self.found is not None:
            value = self.ui.warnFrom.value()
            if value != self.found.warning_percent:
                self.context.attempt(hour_budget.warn_from, self.context.workspace, value)
                self.reload()

    def _promise(self, row: Promise) -> str:
        commitment = row.budget.commitment
        return " · ".join(part for part in (commitment.role, choice_word(commitment.side)) if part)

    def _share(self, row: Promise) -> str:
        """What the bar shows, in words."""
        used, forecast = row.budget.used_percent, row.budget.forecast_percent
        if used is None or forecast is None:
            return ""
        return self.tr("Used: {used} %, with what is planned: {forecast} %").format(used=used, forecast=forecast)

    def _state(self, row: Promise) -> Chip:
        return {
            BudgetState.NO_TIME: Chip(self.tr("no time set")),
            BudgetState.FITS: Chip(self.tr("fits"), "good"),
            BudgetState.WARNED: Chip(self.tr("nearly used"), "warning"),
            BudgetState.WILL_EXCEED: Chip(self.tr("will be over"), "warning"),
            BudgetState.EXCEEDED: Chip(self.tr("over"), "bad"),
        }[row.state]

    def _per_head(self, row: Promise) -> str:
        if row.per_head is None:
            return "–"
        return self.tr("{people} × {minutes}").format(people=row.people, minutes=clock_text(row.per_head))

    def _promise_columns(self) -> list[Column[Promise]]:
        return [
            Column("promise", self.tr("Promise, all together"), self._promise, tip=self._promise),
            Column("bar", self.tr("Share"), lambda row: "", width=76, tip=self._share),
            _minutes("promised", self.tr("Promised"), lambda row: row.budget.promised, 72),
            Column("per_head", self.tr("Per head"), self._per_head, width=80, right=True),
            _minutes("used", self.tr("Used"), lambda row: row.budget.used, 72),
            _minutes("planned", self.tr("Planned"), lambda row: row.budget.planned, 72),
            _minutes("forecast", self.tr("Forecast"), lambda row: row.budget.forecast, 72),
            Column("state", self.tr("State"), self._state, width=98),
        ]

    def _burn_columns(self) -> list[Column[BurnPoint]]:
        return [
            Column("month", self.tr("Month"), lambda row: month_text(row.month)),
            _minutes("left", self.tr("Left"), lambda row: row.left),
            _minutes("expected", self.tr("Expected"), lambda row: row.expected),
        ]

    def _month_columns(self) -> list[Column[BudgetRow]]:
        return [
            Column("month", self.tr("Month"), lambda row: month_text(row.month), width=122),
            Column("side", self.tr("Party"), lambda row: choice_word(row.side), width=126),
            Column("role", self.tr("Role"), lambda row: row.role, tip=lambda row: row.role),
            _minutes("promised", self.tr("Promised"), lambda row: row.promised if row.commitment else None, 72),
            _minutes("used", self.tr("Used"), lambda row: row.used, 70),
            _minutes("confirmed", self.tr("Confirmed"), lambda row: row.confirmed, 78),
            _minutes("planned", self.tr("Planned"), lambda row: row.planned, 70),
            _minutes("forecast", self.tr("Forecast"), lambda row: row.forecast, 70),
        ]


def _minutes(key: str, title: str, of: Callable[[Any], int | None], width: int = 76) -> Column[Any]:
    """A column of hours as clocks write them, "39:30"; nothing is a dash."""
    return Column(key, title, lambda row: clock_text(of(row)), width=width, right=True)


def _fit(table: QTableView, rows: int) -> None:
    """As high as its rows, up to `MOST_ROWS`: the area around it scrolls."""
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + min(rows, MOST_ROWS) * ROW_HEIGHT + 4)


class BarDelegate(QStyledItemDelegate):
    """Draws how much of a promise is used (full) and planned (lighter); a line marks the promise."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The bar's whole length is the promise, or the forecast where that is more."""
        super().paint(painter, option, index)
        row = index.data(RECORD_ROLE)
        if not isinstance(row, Promise):
            return
        budget = row.budget
        place = cell_of(option).adjusted(8, 13, -8, -13)
        whole = max(budget.promised, budget.forecast, 1)
        color = roles().color
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for minutes, role in ((whole, "line"), (budget.forecast, "selection"), (budget.used, "accent")):
            painter.setBrush(color("bad" if role == "accent" and budget.used > budget.promised else role))
            painter.drawRoundedRect(
                QRectF(place.left(), place.top(), place.width() * minutes / whole, place.height()), 4, 4
            )
        if budget.forecast > budget.promised > 0:
            x = place.left() + place.width() * budget.promised / whole
            painter.setBrush(color("text"))
            painter.drawRect(QRectF(x - 1, place.top() - 3, 2, place.height() + 6))
        painter.restore()
