"""The list of hours: find, correct, confirm, delete, hand out; it reads only the rows that are seen."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QWidget

from cocivic_desktop._generated.forms.hours_entries import Ui_HoursEntries
from cocivic_desktop.domain.hours import HourCategory, HourEntry, HourState
from cocivic_desktop.files import safe_file_name
from cocivic_desktop.services import hour_history, hours, records
from cocivic_desktop.services.hours import HourFilter, HourRow
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.hour_pages import HourTableModel
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.hours.bulk import BulkForm
from cocivic_desktop.ui.pages.hours.choose import activities_of, person_or_heads
from cocivic_desktop.ui.pages.hours.history_words import history_text
from cocivic_desktop.ui.pages.hours.questions import questions_text
from cocivic_desktop.ui.pages.part import fit_width
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.counts import entries_count
from cocivic_desktop.ui.texts.formats import day_text, minutes_text, number_text
from cocivic_desktop.ui.texts.words import choice_word, word
from cocivic_desktop.ui.widgets.tables import dress_records

CATEGORY_COLUMN = 3


class EntriesSection(QWidget):
    """Several entries may be selected; one alone is shown in the form beside the list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.partnership_id: UUID | None = None
        self.ui = Ui_HoursEntries()
        self.ui.setupUi(self)
        self._people: list[UUID | None] = [None]
        self._question: tuple[UUID, dict[str, Any]] | None = None
        self.model = HourTableModel(self._columns(), self)
        self._dress_table()
        self.form: RecordForm[HourEntry] = RecordForm(
            context,
            HourEntry,
            self.ui.entryForm,
            choices={"activity_id": lambda: activities_of(context, self.partnership_id)},
            save=self._save,
        )
        self.bulk = BulkForm(context, self.ui, self)
        self.ui.formArea.hide()
        for widget in (self.ui.question, self.ui.acceptButton, self.ui.lockedLabel):
            widget.hide()
        self.ui.empty.set_texts(
            self.tr("No hours yet"),
            self.tr("Type who, how long, what and when in the line above, for example “ana 1h30 mentoring yesterday”."),
        )
        self.ui.categoryFilter.addItem(self.tr("All categories"))
        self.ui.categoryFilter.addItems([choice_word(one) for one in HourCategory])
        self.ui.stateFilter.addItem(self.tr("All states"))
        self.ui.stateFilter.addItems([choice_word(one) for one in HourState])
        self.ui.periodFilter.addItems(
            [self.tr("All days"), self.tr("Last 7 days"), self.tr("Last 30 days"), self.tr("Last 12 months")]
        )
        self.ui.search.textChanged.connect(lambda: self.reload())
        for box in (self.ui.personFilter, self.ui.categoryFilter, self.ui.stateFilter, self.ui.periodFilter):
            box.activated.connect(lambda: self.reload())
        self.ui.addButton.clicked.connect(lambda: self.add())
        self.ui.confirmButton.clicked.connect(lambda: self._set_state(partial(hours.confirm, today=context.today())))
        self.ui.unconfirmButton.clicked.connect(lambda: self._set_state(hours.unconfirm))
        self.ui.deleteButton.clicked.connect(lambda: self.delete())
        self.ui.exportButton.clicked.connect(lambda: self.export())
        self.ui.acceptButton.clicked.connect(lambda: self._accept())
        delete = QShortcut(QKeySequence("Del"), self.ui.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.delete)
        fit_width(self.ui.formArea)
        self.ui.splitter.setSizes([500, 320])

    def show_partnership(self, partnership_id: UUID) -> None:
        """Show the hours of a partnership."""
        self.partnership_id = partnership_id
        found = [(None, self.tr("Everybody")), *choices.people(self.context)]
        chosen = self._people[self.ui.personFilter.currentIndex()] if self.ui.personFilter.count() else None
        self._people = [value for value, _ in found]
        self.ui.personFilter.clear()
        self.ui.personFilter.addItems([text for _, text in found])
        self.ui.personFilter.setCurrentIndex(self._people.index(chosen) if chosen in self._people else 0)
        self.reload()

    def reload(self) -> None:
        """Read the list anew; the selection stays with its entry."""
        if self.partnership_id is None:
            return
        kept = [row.id for row in self.selected()]
        filters = self.filters()
        fetch = partial(hours.page, self.context.workspace, self.partnership_id, filters=filters)
        sums = hours.sums(self.context.workspace, self.partnership_id, filters)
        count = sums.entries
        self.model.show_rows(fetch, count)
        nothing_at_all = count == 0 and filters == HourFilter()
        self.ui.stack.setCurrentWidget(self.ui.empty if nothing_at_all else self.ui.table)
        text = self.tr("{entries} · {time} · to confirm: {waiting}")
        self.ui.count.setText(
            text.format(
                entries=entries_count(count), time=minutes_text(sums.minutes), waiting=number_text(sums.waiting)
            )
        )
        self.ui.exportButton.setEnabled(not nothing_at_all)
        if count:
            self.model.row_at(0)
        for entry_id in kept:
            self.select(entry_id)
        self._show_selected()

    def filters(self) -> HourFilter:
        """What the line of filters asks for."""
        days = (None, 7, 30, 365)[self.ui.periodFilter.currentIndex()]
        today = self.context.today()
        category, state = self.ui.categoryFilter.currentIndex(), self.ui.stateFilter.currentIndex()
        return HourFilter(
            person_id=self._people[max(0, self.ui.personFilter.currentIndex())],
            category=list(HourCategory)[category - 1] if category > 0 else None,
            state=list(HourState)[state - 1] if state > 0 else None,
            first=today - timedelta(days=days) if days else None,
            text=self.ui.search.text().strip(),
        )

    def selected(self) -> list[HourRow]:
        """The selected entries."""
        indexes = self.ui.table.selectionModel().selectedRows()
        return [row for index in indexes if (row := self.model.row_at(index.row())) is not None]

    def select(self, entry_id: UUID) -> None:
        """Select an entry that is in sight."""
        number = self.model.row_of(entry_id)
        if number >= 0:
            flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            self.ui.table.selectionModel().select(self.model.index(number, 0), flags)

    def show_unconfirmed(self) -> None:
        """List what waits for a confirmation."""
        self.ui.stateFilter.setCurrentIndex(1 + list(HourState).index(HourState.LOGGED))
        self.reload()
        self.ui.table.setFocus()

    def show_entry(self, entry_id: UUID) -> None:
        """Bring an entry into sight and select it, whatever the list showed before."""
        for box in (self.ui.personFilter, self.ui.categoryFilter, self.ui.stateFilter, self.ui.periodFilter):
            box.setCurrentIndex(0)
        self.ui.search.clear()
        self.ui.table.clearSelection()
        self.reload()
        number = self.context.attempt(hours.place_of, self.context.workspace, self.partnership_id, entry_id)
        if number is not None:
            self.model.row_at(number)
            self.ui.table.selectRow(number)
            self.ui.table.scrollTo(self.model.index(number, 0), QAbstractItemView.ScrollHint.PositionAtCenter)
            self.ui.table.setFocus()

    def add(self) -> None:
        """Add an entry for one head today, to be filled in beside the list."""
        if self.partnership_id is None:
            return
        entry = HourEntry(partnership_id=self.partnership_id, worked_on=self.context.today(), minutes=60, head_count=1)
        workspace = self.context.workspace
        if self.context.attempt(hours.log, workspace, entry, self.context.today(), accept=True) is not None:
            self.ui.table.clearSelection()
            self.reload()
            self.select(entry.id)
            self._show_selected()
            self.form.focus("person_id")

    def delete(self) -> None:
        """Delete the selected entries that are not confirmed, as one step of undo."""
        chosen = [row.id for row in self.selected() if row.state is not HourState.CONFIRMED]
        if not chosen:
            self.context.notify(self.tr("Confirmed entries stay. Take the confirmation back first."))
            return
        self.context.attempt(hours.delete_entries, self.context.workspace, chosen)
        self.context.notify(self.tr("Deleted: {count}. Ctrl+Z brings them back.").format(count=len(chosen)))

    def export(self) -> None:
        """Ask for a file and write all hours of the partnership there as CSV."""
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save hours"), f"{safe_file_name(self.tr('Hours'))}.csv", self.tr("Tables (*.csv)")
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the CSV off the GUI thread."""
        workspace, partnership_id = self.context.workspace, self.partnership_id
        saved = self.tr("Saved {path}; learners without names. “Reports” writes other forms.").format(path=path)
        self.context.tasks.run(
            lambda: hours.export_csv(workspace, path, partnership_id, force=True),
            lambda _: self.context.notify(saved),
            self.context.report,
        )

    def _columns(self) -> list[Column[HourRow]]:
        return [
            Column("worked_on", self.tr("Date"), lambda row: day_text(row.worked_on, weekday=True), width=158),
            Column("person", self.tr("Who"), self._who),
            Column("minutes", self.tr("Time"), lambda row: minutes_text(row.total_minutes), width=104, right=True),
            Column("category", self.tr("Category"), lambda row: word(row.category), width=108),
            Column("state", self.tr("State"), lambda row: Chip.of(row.state), width=104),
        ]

    def _who(self, row: HourRow) -> str:
        if row.head_count is None:
            return row.person
        return self.tr("{count} × {role}").format(count=row.head_count, role=row.role or self.tr("heads"))

    def _show_selected(self) -> None:
        chosen = self.selected()
        confirmed = [row for row in chosen if row.state is HourState.CONFIRMED]
        self.ui.confirmButton.setEnabled(len(confirmed) < len(chosen))
        self.ui.unconfirmButton.setEnabled(bool(confirmed))
        self.ui.deleteButton.setEnabled(len(confirmed) < len(chosen))
        self._forget_question()
        one = chosen[0] if len(chosen) == 1 else None
        self.ui.formArea.setVisible(bool(chosen))
        self.ui.table.setColumnHidden(CATEGORY_COLUMN, bool(chosen))  # the form beside the list shows it
        self.ui.entryForm.setVisible(one is not None)
        self.bulk.show_rows(chosen, self.partnership_id)
        workspace = self.context.workspace
        self.form.load(records.get(workspace, HourEntry, one.id) if one is not None else None)
        locked = one is not None and one.state is HourState.CONFIRMED
        self.ui.lockedLabel.setVisible(locked)
        self.ui.entryForm.setEnabled(one is not None and not locked)
        told = history_text(self.context, hour_history.history(workspace, one.id)) if one is not None else ""
        self.ui.history.setText(told)
        self.ui.historyTitle.setVisible(bool(told))
        self.ui.history.setVisible(bool(told))

    def _save(self, entry: HourEntry, fields: dict[str, Any]) -> None:
        """Odd values are asked about."""
        fields = person_or_heads(fields)
        logged, _ = hours.change_entry(self.context.workspace, entry.id, self.context.today(), **fields)
        if not logged.stored:
            self._question = (entry.id, fields)
            self.ui.question.setText(questions_text(logged.questions))
            self.ui.question.show()
            self.ui.acceptButton.show()

    def _accept(self) -> None:
        if self._question is not None:
            entry_id, fields = self._question
            today: date = self.context.today()
            self.context.attempt(
                partial(hours.change_entry, accept=True, **fields), self.context.workspace, entry_id, today
            )
            self._forget_question()

    def _forget_question(self) -> None:
        self._question = None
        self.ui.question.hide()
        self.ui.acceptButton.hide()

    def _set_state(self, action: Any) -> None:
        self.context.attempt(action, self.context.workspace, [row.id for row in self.selected()])

    def _dress_table(self) -> None:
        table = self.ui.table
        dress_records(table, self.model, self.model.columns)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.selectionModel().selectionChanged.connect(lambda: self._show_selected())
