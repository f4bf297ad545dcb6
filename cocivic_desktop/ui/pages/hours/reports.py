"""Reports of hours: what stands in rows and columns, for which days and people; the entries behind; settings kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QInputDialog, QMenu, QWidget

from cocivic_desktop._generated.forms.hours_reports import Ui_HoursReports
from cocivic_desktop.domain.hours import HourReport, ReportPeriod
from cocivic_desktop.domain.organisations import PersonKind
from cocivic_desktop.domain.rules.hour_report import GroupBy
from cocivic_desktop.services import hour_reports, records
from cocivic_desktop.services.hour_reports import HourTable, ReportEntry
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.hours.pivot import PivotModel, by_words
from cocivic_desktop.ui.pages.hours.report_words import value_text
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.formats import clock_text, day_text, minutes_text
from cocivic_desktop.ui.texts.words import choice_word, word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.tables import dress_records, dress_table

_SETTINGS = (
    "partnership_id", "rows", "columns", "period", "starts_on", "ends_on", "person_kinds", "confirmed_only",
    "with_value",
)  # fmt: skip
NAME_WIDTH, NARROWEST_NAME, FIGURE_WIDTH = 210, 150, 56
"""Widths of columns, in logical pixels."""


class ReportsPart(StagePart):
    """The table follows each change of the settings; it is reckoned off the GUI thread."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursReports()
        self.ui.setupUi(self)
        self.report = HourReport(title="", rows=[GroupBy.PERSON.value], columns=GroupBy.MONTH.value)
        self._sort: tuple[str | None, bool] = (None, False)
        self._asked = 0
        self.model = PivotModel(self)
        self.entries: RecordTableModel[ReportEntry] = RecordTableModel(self._entry_columns(), self)
        dress_table(self.ui.pivot)
        self.ui.pivot.setModel(self.model)
        self.ui.pivot.setSelectionBehavior(self.ui.pivot.SelectionBehavior.SelectItems)
        self.ui.pivot.activated.connect(self.open_entries)
        header = self.ui.pivot.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort_by)
        dress_records(self.ui.entries, self.entries, self.entries.columns)
        self._set_up_choices()
        self.ui.entriesButton.clicked.connect(lambda: self.open_entries(self.ui.pivot.currentIndex()))
        self.ui.entriesButton.setToolTip(self.tr("The entries behind the chosen cell (Enter); all of them without one"))
        self.ui.backButton.clicked.connect(lambda: self.show_report())
        back = QShortcut(QKeySequence("Esc"), self.ui.entriesPage)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.show_report)
        self.ui.keepButton.clicked.connect(lambda: self.keep())
        self.ui.dropButton.clicked.connect(lambda: self.forget())
        self.ui.ratesButton.clicked.connect(lambda: self._open_rates())
        self.ui.writeButton.clicked.connect(lambda: self._write())
        self.ui.nothing.set_texts(
            self.tr("No hours in this report"),
            self.tr("Choose other days or people, or note hours in the first part of this page."),
        )

    def reload(self) -> None:
        """Offer what is there, and reckon the report anew."""
        self.report.partnership_id = None if self.ui.allBox.isChecked() else self.partnership
        self._offer()
        self.calculate()

    def calculate(self) -> None:
        """Reckon the report; an answer that comes too late is thrown away."""
        self._asked += 1
        asked, sort = self._asked, self._sort
        workspace, today, report = self.context.workspace, self.context.today(), copy_of(self.report)
        work = partial(hour_reports.run, workspace, report, today, sort=sort[0], descending=sort[1])

        def show(table: HourTable) -> None:
            if asked == self._asked:
                self._show(table)

        self.context.tasks.run(lambda: work(), show, self.context.report)

    def show_report(self) -> None:
        """Go back from the entries to the report."""
        self.ui.stack.setCurrentWidget(self.ui.pivotPage)
        self.ui.pivot.setFocus()

    def open_entries(self, index: QModelIndex) -> None:
        """Show the entries behind a cell."""
        keys = self.model.keys(index)
        found = self.context.attempt(
            hour_reports.entries, self.context.workspace, self.report, self.context.today(), keys, limit=5_000
        )
        if found is None:
            return
        self.entries.set_rows(found)
        total = minutes_text(sum(one.total_minutes for one in found))
        title = self.model.words(keys) or self.tr("All entries of the report")
        self.ui.entriesTitle.setText(f"{title}: {total}")
        self.ui.stack.setCurrentWidget(self.ui.entriesPage)
        self.ui.entries.setFocus()

    def keep(self, title: str = "") -> None:
        """Keep these settings under a name; those of that name before are replaced."""
        if not title:
            title, on = QInputDialog.getText(
                self, self.tr("Keep settings"), self.tr("Name of the report:"), text=self.report.title
            )
            if not on or not title.strip():
                return
        title, workspace = title.strip(), self.context.workspace
        same = [one for one in self._kept() if one.title == title]
        fields = self._fields()
        if same:
            self.context.attempt(partial(records.change, **fields), workspace, HourReport, same[0].id)
            self._choose(same[0].id)
        else:
            new = HourReport(title=title, **fields)
            if self.context.attempt(records.add, workspace, new) is not None:
                self._choose(new.id)

    def forget(self) -> None:
        """Forget the kept settings that are chosen; undo brings them back."""
        chosen = self.saved.value
        if chosen is not None:
            self.context.attempt(records.delete, self.context.workspace, HourReport, chosen)
            self._choose(None)

    def _choose(self, report_id: UUID | None) -> None:
        self._offer()
        self.saved.show(report_id)
        self.ui.dropButton.setEnabled(report_id is not None)
        found = [one for one in self._kept() if one.id == report_id]
        self.report.title = found[0].title if found else ""

    def _kept(self) -> list[HourReport]:
        """Settings of this partnership, and those for all."""
        found = records.find(self.context.workspace, HourReport, order="position")
        return [one for one in found if one.partnership_id in (None, self.partnership_id)]

    def _fields(self) -> dict[str, Any]:
        copied = copy_of(self.report)
        return {name: getattr(copied, name) for name in _SETTINGS}

    def _load(self, report_id: UUID | None) -> None:
        """Take over kept settings."""
        found = [one for one in self._kept() if one.id == report_id]
        self.ui.dropButton.setEnabled(bool(found))
        self.report.title = found[0].title if found else ""
        if found:
            for name in self._fields():
                value = getattr(found[0], name)
                setattr(self.report, name, list(value) if isinstance(value, list) else value)
            self._show_settings()
            self.calculate()

    # --- settings -----------------------------------------------------------------------------------------------------

    def _set_up_choices(self) -> None:
        ui = self.ui
        self.saved = ChoiceBox(ui.savedBox, self._load)
        self.first = ChoiceBox(ui.firstRow, lambda value: self._set_rows())
        self.second = ChoiceBox(ui.secondRow, lambda value: self._set_rows())
        self.columns = ChoiceBox(ui.columnBox, lambda value: self._set(columns=value or ""))
        self.period = ChoiceBox(ui.periodBox, self._set_period)
        words = [(by, text) for by, text in by_words().items()]
        self.first.offer(words)
        self.second.offer([(None, self.tr("– nothing –")), *words])
        self.columns.offer([(None, self.tr("– nothing –")), *words])
        menu = QMenu(ui.kindsButton)
        self.kind_actions: dict[PersonKind, QAction] = {}
        for kind in PersonKind:
            action = menu.addAction(choice_word(kind))
            action.setCheckable(True)
            action.toggled.connect(lambda: self._set_kinds())
            self.kind_actions[kind] = action
        ui.kindsButton.setMenu(menu)
        ui.confirmedBox.clicked.connect(lambda on: self._set(confirmed_only=on))
        ui.valueBox.clicked.connect(lambda on: self._set(with_value=on))
        ui.valueBox.setToolTip(self.tr("With the value of volunteer time, at the rates you enter"))
        ui.allBox.clicked.connect(lambda: self.reload())
        ui.firstDay.day_changed.connect(lambda: self._set_days())
        ui.lastDay.day_changed.connect(lambda: self._set_days())

    def _set(self, **fields: Any) -> None:
        for name, value in fields.items():
            setattr(self.report, name, value)
        self.calculate()

    def _set_rows(self) -> None:
        chosen = [self.first.value, self.second.value]
        self._sort = (None, False)
        self._set(rows=[by.value for by in dict.fromkeys(chosen) if by is not None])

    def _set_kinds(self) -> None:
        kinds = [kind.value for kind, action in self.kind_actions.items() if action.isChecked()]
        self._name_kinds(kinds)
        self._set(person_kinds=kinds)

    def _name_kinds(self, kinds: list[str]) -> None:
        shown = ", ".join(choice_word(PersonKind(kind)) for kind in kinds[:2]) or self.tr("Everybody")
        self.ui.kindsButton.setText(self.tr("{kinds}, …").format(kinds=shown) if len(kinds) > 2 else shown)

    def _set_period(self, chosen: tuple[ReportPeriod, date | None, date | None]) -> None:
        period, first, last = chosen
        if period is ReportPeriod.FUNDING:
            today = self.context.today()
            first = self.report.starts_on or date(today.year, 1, 1)
            last = self.report.ends_on or date(today.year, 12, 31)
        self.report.period, self.report.starts_on, self.report.ends_on = period, first, last
        self._show_days()
        self.calculate()

    def _set_days(self) -> None:
        self._set(starts_on=self.ui.firstDay.day, ends_on=self.ui.lastDay.day)

    def _offer(self) -> None:
        """Settings that are kept, and the periods there are."""
        self.saved.offer([(None, self.tr("– new report –")), *((one.id, one.title) for one in self._kept())])
        self.ui.dropButton.setEnabled(self.saved.value is not None)
        years, terms = hour_reports.periods(self.context.workspace, self.report.partnership_id)
        labels = {year.id: year.label for year in years}
        today = self.context.today()
        offered: list[tuple[Any, str]] = [((ReportPeriod.PARTNERSHIP, None, None), self.tr("Whole time"))]
        for year in years:
            span = (ReportPeriod.SCHOOL_YEAR, year.starts_on, year.ends_on)
            offered.append((span, self.tr("School year {label}").format(label=year.label)))
        for term in terms:
            span = (ReportPeriod.TERM, term.starts_on, term.ends_on)
            offered.append((span, f"{term.name} {labels[term.school_year_id]}"))
        for number in (today.year, today.year - 1):
            span = (ReportPeriod.CALENDAR_YEAR, date(number, 1, 1), date(number, 12, 31))
            offered.append((span, self.tr("Calendar year {year}").format(year=number)))
        offered.append(((ReportPeriod.FUNDING, None, None), self.tr("Funder's period…")))
        self.period.offer(list(dict(offered).items()))
        self._show_settings()

    def _show_settings(self) -> None:
        report = self.report
        rows = [GroupBy(code) for code in report.rows if code in set(GroupBy)]
        self.first.show(rows[0] if rows else GroupBy.ROLE)
        self.second.show(rows[1] if len(rows) > 1 else None)
        self.columns.show(GroupBy(report.columns) if report.columns in set(GroupBy) else None)
        funding = report.period is ReportPeriod.FUNDING
        self.period.show((report.period, *((None, None) if funding else (report.starts_on, report.ends_on))))
        self.ui.confirmedBox.setChecked(report.confirmed_only)
        self.ui.valueBox.setChecked(report.with_value)
        self.ui.allBox.setChecked(report.partnership_id is None)
        for kind, action in self.kind_actions.items():
            with QSignalBlocker(action):
                action.setChecked(kind.value in report.person_kinds)
        self._name_kinds(report.person_kinds)
        self._show_days()

    def _show_days(self) -> None:
        for field, day in ((self.ui.firstDay, self.report.starts_on), (self.ui.lastDay, self.report.ends_on)):
            with QSignalBlocker(field):
                field.set_day(day)
        for widget in (self.ui.firstLabel, self.ui.firstDay, self.ui.lastLabel, self.ui.lastDay):
            widget.setVisible(self.report.period is ReportPeriod.FUNDING)

    # --- the table ----------------------------------------------------------------------------------------------------

    def _show(self, table: HourTable) -> None:
        self.model.show_table(table)
        header = self.ui.pivot.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        figures = self.fontMetrics()
        for number in range(1, self.model.columnCount()):
            widest = figures.horizontalAdvance(str(self.model.index(self.model.rowCount() - 1, number).data()))
            width = max(FIGURE_WIDTH, header.sectionSizeHint(number), widest + 22)
            self.ui.pivot.setColumnWidth(number, min(width, 150))
        bar = self.ui.pivot.verticalScrollBar().sizeHint().width()
        spare = self.ui.pivot.width() - bar - header.length() + header.sectionSize(0)
        if spare >= NARROWEST_NAME:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        else:
            self.ui.pivot.setColumnWidth(0, NAME_WIDTH)
        total = table.pivot.total
        self.ui.stack.setCurrentWidget(self.ui.pivotPage if total.entries else self.ui.nothing)
        self.ui.writeButton.setEnabled(bool(total.entries))
        text = self.tr("{total}, of which confirmed: {confirmed}. Entries: {entries}. {span}")
        self.ui.sums.setText(
            text.format(
                total=minutes_text(total.minutes),
                confirmed=minutes_text(total.confirmed),
                entries=total.entries,
                span=" – ".join(day_text(day) for day in (table.worked_first, table.worked_last) if day is not None),
            )
        )
        self.ui.value.setText(value_text(table.value))
        self.ui.value.setVisible(table.value is not None)

    def _sort_by(self, section: int) -> None:
        """The first click sorts by a column, most first; the next the other way round; names are in their order."""
        key = self.model.sort_key(section)
        self._sort = (key, not self._sort[1] if key is not None and self._sort[0] == key else True)
        header = self.ui.pivot.horizontalHeader()
        header.setSortIndicatorShown(key is not None)
        order = Qt.SortOrder.DescendingOrder if self._sort[1] else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(section, order)
        self.calculate()

    def _entry_columns(self) -> list[Column[ReportEntry]]:
        return [
            Column("worked_on", self.tr("Date"), lambda row: day_text(row.worked_on, weekday=True), width=148),
            Column("person", self.tr("Who"), self._who),
            Column("activity", self.tr("Activity"), lambda row: row.activity),
            Column("category", self.tr("Category"), lambda row: word(row.category), width=108),
            Column("minutes", self.tr("Time"), lambda row: clock_text(row.total_minutes), width=72, right=True),
            Column("state", self.tr("State"), lambda row: Chip.of(row.state), width=104),
        ]

    def _who(self, row: ReportEntry) -> str:
        if row.head_count is None:
            return row.person
        return self.tr("{count} × {role}").format(count=row.head_count, role=row.role or choice_word(row.kind))

    def _open_rates(self) -> None:
        from cocivic_desktop.ui.pages.hours.rates import RatesDialog

        dialog = RatesDialog(self.context, self)
        dialog.exec()
        self.calculate()

    def _write(self) -> None:
        from cocivic_desktop.ui.pages.hours.report_dialog import ReportDialog

        ReportDialog(self.context, copy_of(self.report), self.partnership, self).exec()


def copy_of(report: HourReport) -> HourReport:
    """The settings as they are now, for a worker or to be kept."""
    return replace(report, rows=list(report.rows), person_kinds=list(report.person_kinds))
