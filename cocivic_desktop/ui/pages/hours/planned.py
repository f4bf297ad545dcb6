"""Past dates without hours: what was planned becomes hours with one click, after a look at who was there."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView

from cocivic_desktop._generated.forms.hours_planned import Ui_HoursPlanned
from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.domain.organisations import Person
from cocivic_desktop.domain.rules.durations import parse_minutes
from cocivic_desktop.domain.rules.planned_hours import PlannedLine
from cocivic_desktop.services import activities, planned_hours, records
from cocivic_desktop.services.planned_hours import PastDate
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.pages.calendar.conflicts import TWO_LINES
from cocivic_desktop.ui.pages.hours.questions import questions_text
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.counts import dates_count
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, time_text
from cocivic_desktop.ui.texts.words import word
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.chip_delegate import ChoiceDelegate
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

CATEGORY_COLUMN = 3


@dataclass
class Draft:
    """A line as the person has changed it."""

    id: int
    line: PlannedLine
    wanted: bool


class PlannedPart(StagePart):
    """The dates at the left, several at once if wanted; at the right what would be stored."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursPlanned()
        self.ui.setupUi(self)
        self._numbers = count()
        self._shown: tuple[UUID, date] | None = None
        self.dates: RecordTableModel[PastDate] = RecordTableModel(
            [
                Column("on", self.tr("Date"), lambda row: day_text(row.occurrence.on, weekday=True), width=138),
                Column("title", self.tr("Activity"), lambda row: row.activity.title),
                Column("people", self.tr("People"), lambda row: self._heads(row.lines), width=60, right=True),
            ],
            self,
        )
        dress_records(self.ui.dates, self.dates, self.dates.columns, TWO_LINES)
        self.ui.dates.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.ui.dates.selectionModel().selectionChanged.connect(lambda: self._show_selected())
        self.lines: RecordTableModel[Draft] = RecordTableModel(
            [
                Column("wanted", "", lambda row: row.wanted, width=40, change=self._tick),
                Column("who", self.tr("Who"), self._who, tip=self._who),
                Column("minutes", self.tr("Time"), lambda row: minutes_text(row.line.minutes), 76, self._set_minutes),
                Column(
                    "category",
                    self.tr("Category"),
                    lambda row: word(row.line.category),
                    118,
                    lambda row, value: self._set(row, category=value),
                    lambda: choices.enum_choices(HourCategory),
                ),
            ],
            self,
        )
        dress_records(self.ui.lines, self.lines, self.lines.columns)
        self.ui.lines.setItemDelegateForColumn(
            CATEGORY_COLUMN, ChoiceDelegate(lambda: choices.enum_choices(HourCategory), self.ui.lines)
        )
        self._people = ChoiceBox(self.ui.person)
        self.ui.addButton.clicked.connect(lambda: self.add_person())
        self.ui.logButton.clicked.connect(lambda: self.log())
        self.ui.anywayButton.clicked.connect(lambda: self.log(accept=True))
        self.ui.cancelButton.clicked.connect(lambda: self.cancel())
        self.ui.anywayButton.hide()
        self.ui.empty.set_texts(
            self.tr("No date waits for its hours"),
            self.tr(
                "Plan dates in the calendar: those that are over and have no hours yet are listed here, and one click "
                "notes everybody who was planned."
            ),
        )
        self.ui.split.setSizes([360, 470])

    def reload(self) -> None:
        """List the dates; the one that is being looked at stays chosen, else the latest is."""
        found = planned_hours.without_hours(self.context.workspace, self.partnership, self.context.today())
        kept = {row.id for row in self.chosen()}
        before = self.ui.dates.currentIndex().row()
        self.dates.set_rows(found)
        self._people.offer([(None, self.tr("Somebody else …")), *choices.people(self.context)])
        self.ui.stack.setCurrentWidget(self.ui.split if found else self.ui.empty)
        text = self.tr("Past dates without hours: {count}. Several can be chosen together.")
        self.ui.count.setText(text.format(count=len(found)) if found else "")
        again = [number for number, row in enumerate(found) if row.id in kept]
        self._select(again or [min(max(before, 0), len(found) - 1)] if found else [])
        self._show_selected()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose a date: `item` is its activity, "planned:2026-09-14" the day it would have been on."""
        _, _, text = section.partition(":")
        on = None
        with contextlib.suppress(ValueError):
            on = date.fromisoformat(text)
        rows = self.dates.rows
        wanted = [
            number
            for number, row in enumerate(rows)
            if row.activity.id == item and (on is None or row.occurrence.original_on == on)
        ]
        if wanted:
            self._select(wanted[:1])
        elif item is not None and on is not None:
            past = self.context.attempt(planned_hours.proposal, self.context.workspace, item, on)
            if past is not None:  # it is still to come, or has hours already: it is shown all the same
                self.dates.set_rows([past, *rows])
                self.ui.stack.setCurrentWidget(self.ui.split)
                self._select([0])
        self.ui.logButton.setFocus()

    def chosen(self) -> list[PastDate]:
        """The dates that are chosen."""
        indexes = self.ui.dates.selectionModel().selectedRows()
        return [row for index in sorted(indexes, key=lambda one: one.row()) if (row := self.dates.record(index))]

    def log(self, *, accept: bool = False) -> None:
        """Store what is ticked, and mark the dates done; one step of undo."""
        dates = self.chosen()
        if not dates:
            return
        if len(dates) == 1:
            wanted: Sequence[tuple[PastDate, Sequence[PlannedLine]]] = [
                (dates[0], [draft.line for draft in self.lines.rows if draft.wanted])
            ]
        else:
            wanted = [(past, [line for line in past.lines if line.wanted]) for past in dates]
        entries = sum(len(lines) for _, lines in wanted)
        if not entries:
            self._say(self.tr("Tick who was there, or add somebody; else it did not take place."), "warning")
            return
        done = self.context.attempt(
            partial(planned_hours.log_as_planned, accept=accept),
            self.context.workspace,
            wanted,
            self.context.today(),
        )
        if done is None:
            return
        logged, _ = done
        if not logged.stored:
            asked = (question for found in logged.questions.values() for question in found)
            self._say(questions_text(asked), "warning")
            self.ui.anywayButton.show()
            self.ui.anywayButton.setFocus()
            return
        self._shown = None
        text = self.tr("Stored: {entries} entries of {dates} dates. Ctrl+Z takes it back.")
        self.context.notify(text.format(entries=entries, dates=len(dates)))
        self.ui.logButton.setFocus()

    def cancel(self) -> None:
        """Note that the chosen dates did not take place; one step of undo."""
        workspace = self.context.workspace
        dates = self.chosen()
        if dates:
            with workspace.write("cancel_occurrence", dates[0].activity.title):
                for past in dates:
                    original_on = past.occurrence.original_on
                    self.context.attempt(activities.cancel_occurrence, workspace, past.activity.id, original_on)
            self.context.notify(self.tr("Cancelled: {count}. Ctrl+Z takes it back.").format(count=len(dates)))

    def add_person(self) -> None:
        """Add somebody who was there without being planned, for as long as the others."""
        dates = self.chosen()
        if self._people.value is None or len(dates) != 1:
            return
        person = records.get(self.context.workspace, Person, self._people.value)
        one = dates[0].occurrence
        line = PlannedLine(
            person_id=person.id,
            name=person.name,
            minutes=one.minutes,
            start_time=one.starts_at.time() if one.starts_at else None,
            category=dates[0].lines[0].category if dates[0].lines else HourCategory.DELIVERY,
        )
        self.lines.set_rows([*self.lines.rows, Draft(next(self._numbers), line, True)])
        self._people.show(None)
        self._sum_up()

    def _select(self, rows: list[int]) -> None:
        selection = self.ui.dates.selectionModel()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        selection.clearSelection()
        for number in rows:
            selection.select(self.dates.index(number, 0), flags)
        if rows:
            index = self.dates.index(rows[0], 0)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.ui.dates.scrollTo(index)

    def _show_selected(self) -> None:
        dates = self.chosen()
        one = dates[0] if len(dates) == 1 else None
        self.ui.detail.setEnabled(bool(dates))
        for widget in (self.ui.lines, self.ui.person, self.ui.addButton):
            widget.setVisible(one is not None)
        if one is None:
            self._shown = None
            self.ui.title.setText(dates_count(len(dates)) if dates else "")
            self.ui.when.setText(self.tr("Everybody who was planned is noted with the planned time.") if dates else "")
            self.lines.set_rows([])
        else:
            self.ui.title.setText(one.activity.title)
            at = time_text(one.occurrence.starts_at)
            parts = (day_text(one.occurrence.on, weekday=True), at, one.occurrence.place, word(one.activity.kind))
            self.ui.when.setText(" · ".join(part for part in parts if part))
            if self._shown != one.id:
                self._shown = one.id
                self.lines.set_rows([Draft(next(self._numbers), line, line.wanted) for line in one.lines])
        self._sum_up()

    def _sum_up(self) -> None:
        dates = self.chosen()
        if len(dates) == 1:
            lines = [draft.line for draft in self.lines.rows if draft.wanted]
        else:
            lines = [line for past in dates for line in past.lines if line.wanted]
        minutes = sum(line.minutes * (line.head_count or 1) for line in lines)
        if not dates:
            self._say("", "muted")
        elif not lines:
            self._say(self.tr("Nobody was planned for it. Add who was there."), "warning")
        else:
            text = self.tr("Stores {entries} entries, {time} in all, and marks the date done.")
            self._say(text.format(entries=len(lines), time=minutes_text(minutes)), "muted")

    def _say(self, text: str, look: str) -> None:
        self.ui.anywayButton.hide()
        set_look(self.ui.note, look)
        self.ui.note.setText(text)

    def _tick(self, row: Draft, on: bool) -> None:
        row.wanted = on
        self._redraw()

    def _set_minutes(self, row: Draft, text: Any) -> None:
        try:
            minutes = parse_minutes(str(text))
        except ValueError:
            minutes = None
        if not minutes:
            self._say(self.tr("× “{text}” is no duration. Type it like 1:30 or 90 min.").format(text=text), "error")
            return
        self._set(row, minutes=minutes)

    def _set(self, row: Draft, **fields: Any) -> None:
        row.line = dataclasses.replace(row.line, **fields)
        self._redraw()

    def _redraw(self) -> None:
        self.lines.set_rows(self.lines.rows)
        self._sum_up()

    def _who(self, row: Draft) -> str:
        if row.line.head_count is not None:
            return self.tr("{count} × {role}").format(count=row.line.head_count, role=row.line.role)
        return " · ".join(part for part in (row.line.name, row.line.role) if part)

    @staticmethod
    def _heads(lines: Sequence[PlannedLine]) -> int:
        people = {line.person_id for line in lines if line.person_id is not None and line.wanted}
        return len(people) + sum(line.head_count or 0 for line in lines)
