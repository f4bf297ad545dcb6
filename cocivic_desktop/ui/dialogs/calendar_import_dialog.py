"""Reading a school's calendar from a file: everything is shown, and asked where unclear, before anything is stored."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from cocivic_desktop._generated.forms.school_year_import import Ui_CalendarImportDialog
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.rules.calendar_files import EndDates
from cocivic_desktop.domain.school_years import PeriodKind, PeriodSource, SchoolYear
from cocivic_desktop.services import school_years
from cocivic_desktop.ui.choices import enum_choices
from cocivic_desktop.ui.dialogs.calendar_import_columns import ColumnChoice
from cocivic_desktop.ui.dialogs.calendar_import_ends import EndsChoice
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.calendar.words import file_reason
from cocivic_desktop.ui.texts.counts import periods_count
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.chip_delegate import ChoiceDelegate
from cocivic_desktop.ui.widgets.empty_state import EmptyState
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from cocivic_desktop.domain.organisations import Organisation
    from cocivic_desktop.services.school_years import ImportPreview, PeriodPlan, PreviewPeriod
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.tasks import Job

KIND_COLUMN = 2


class CalendarImportDialog(QDialog):
    """Choose a file, look at its periods, take all, some, or none: one step of undo."""

    compare_wanted = Signal(object)
    """The preview, with what somebody decided, whose effects should be looked at before anything is stored."""

    def __init__(self, context: Context, year: SchoolYear, school: Organisation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = ui = Ui_CalendarImportDialog()
        ui.setupUi(self)
        self._context, self._year, self._school = context, year, school
        self._path: Path | None = None
        self._job: Job | None = None
        self.preview: ImportPreview | None = None
        self._read_with: dict[str, Any] = {}
        self.empty = EmptyState(parent=self)
        ui.importViews.insertWidget(0, self.empty)
        ui.importViews.setCurrentIndex(0)
        self.empty.set_texts(
            self.tr("Choose the calendar of the school, the region or the ministry"),
            self.tr(
                "ICS files from school websites and calendar programs, and CSV tables such as those of OpenHolidays. "
                "Nothing is stored before you have looked at it."
            ),
            self.tr("Choose a file…"),
        )
        ui.titleLabel.setText(self.tr("Import into {school}, {year}").format(school=school.name, year=year.label))
        ui.countryLine.setText(school.country)
        ui.regionLine.setText(school.region)
        self.ends = EndsChoice(ui, self)
        self.columns = ColumnChoice(ui, self)
        self.model: RecordTableModel[PreviewPeriod] = RecordTableModel(self._columns(), self)
        self._dress_table()
        for widget in (ui.hintLabel, ui.problemLabel, ui.planLabel):
            widget.hide()
        self._show_options()
        ui.importButton.setEnabled(False)
        ui.compareButton.setEnabled(False)
        ui.chooseButton.clicked.connect(lambda: self.choose())
        self.empty.action_clicked.connect(self.choose)
        self.ends.chosen.connect(self._read)
        self.columns.chosen.connect(self._read)
        ui.compareButton.clicked.connect(lambda: self.compare())
        ui.countryLine.editingFinished.connect(self._read)
        ui.regionLine.editingFinished.connect(self._read)
        ui.takeAllButton.clicked.connect(lambda: self._take_all(True))
        ui.takeNoneButton.clicked.connect(lambda: self._take_all(False))
        ui.importButton.clicked.connect(lambda: self.store())
        ui.cancelButton.clicked.connect(self.reject)
        for push in (ui.chooseButton, ui.takeAllButton, ui.takeNoneButton, ui.cancelButton, self.empty.action_button):
            push.setAutoDefault(False)
        self.finished.connect(lambda: self._stop())
        self.finished.connect(self.deleteLater)
        self.resize(900, 640)

    def choose(self) -> None:
        """Ask for a file and read it."""
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a calendar file"),
            self._context.setting("calendar_folder", str(Path.home())),
            self.tr("Calendars and tables (*.ics *.ical *.icalendar *.csv *.txt);;All files (*)"),
        )
        if name:
            self._context.settings.setValue("calendar_folder", str(Path(name).parent))
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file away from the GUI thread and show what it offers."""
        self._path, self.ends.wanted = path, None
        self.columns.forget()
        self._read(force=True)

    def compare(self) -> None:
        """Go on to what the file changes and which dates it hits; nothing is stored yet."""
        if self.preview is not None:
            self.compare_wanted.emit(self.preview)
            self.accept()

    def store(self) -> None:
        """Store what is chosen: all of it, or nothing."""
        if self.preview is None:
            return
        try:
            plan, _ = school_years.import_periods(
                self._context.workspace, self._year.id, self.preview, today=self._context.today()
            )
        except CoCivicError as error:
            self._refuse(sentence(error))
            return
        text = self.tr("Imported: {added} new, {changed} changed, {removed} gone. Ctrl+Z takes it back.")
        self._context.notify(text.format(added=len(plan.added), changed=len(plan.changed), removed=len(plan.removed)))
        self.accept()

    def _read(self, *, force: bool = False) -> None:
        if self._path is None or (not force and self._options() == self._read_with):
            return
        if self._job is not None:
            self._job.cancel()
        self._read_with = self._options()
        path, year, options = self._path, self._year, dict(self._read_with)
        self.ui.fileLabel.setText(self.tr("Reading {file} …").format(file=path.name))
        self.ui.problemLabel.hide()
        zone, language = self._school.zone, self._context.setting("language", "en")
        workspace = self._context.workspace

        def work() -> ImportPreview:
            preview = school_years.read_calendar_file(
                path, first=year.starts_on, last=year.ends_on, zone=zone, language=language, ask=True, **options
            )
            return school_years.recall(workspace, year.id, preview)

        self._job = self._context.tasks.run(
            work,
            self._show,
            lambda error: self._refuse(sentence(error)),
        )

    def _options(self) -> dict[str, Any]:
        ui = self.ui
        return {
            "country": ui.countryLine.text().strip().upper(),
            "region": ui.regionLine.text().strip().upper(),
            "ends": self.ends.wanted,
            "columns": self.columns.wanted,
        }

    def _show(self, preview: ImportPreview) -> None:
        self._job = None
        self.preview = preview
        ui = self.ui
        ui.fileLabel.setText(self._path.name if self._path else "")
        self.model.set_rows(preview.periods)
        ui.importViews.setCurrentWidget(ui.importTabs)
        ui.skippedList.clear()
        ui.skippedList.addItems([file_reason(one) for one in [*preview.skipped, *preview.remarks]])
        count = ui.skippedList.count()
        ui.importTabs.setTabText(
            1, self.tr("Not read, and remarks ({count})").format(count=count) if count else self.tr("Not read")
        )
        ui.importTabs.setTabText(0, self.tr("Periods ({count})").format(count=len(preview.periods)))
        self.columns.show(preview.table)
        self.ends.show(preview)
        hints = []
        if preview.table is not None and not preview.table.recognised:
            hints.append(self.tr("No column of dates was found: say above which column holds the first day."))
        elif not preview.periods:
            hints.append(
                self.tr("Nothing in this file lies between {days}.").format(
                    days=span_text(self._year.starts_on, self._year.ends_on)
                )
            )
        unknown = sum(1 for one in preview.periods if not one.recognised)
        if unknown == 1:
            hints.append(self.tr("One entry does not say that the school is closed: tick it if it matters."))
        elif unknown:
            text = self.tr("{count} entries do not say that the school is closed: tick those that matter.")
            hints.append(text.format(count=unknown))
        ui.hintLabel.setText("\n".join(f"! {hint}" for hint in hints))
        ui.hintLabel.setVisible(bool(hints))
        self._show_options()
        self._count()
        if preview.periods:
            index = self.model.index(0, 0)
            ui.preview.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            )
            ui.preview.setFocus()

    def _show_options(self) -> None:
        """Only what matters for the kind of file."""
        ui = self.ui
        source = self.preview.source if self.preview is not None else None
        offered = source is not None and bool(self.model.rows)
        shown: dict[QWidget, bool] = {
            **dict.fromkeys(
                (ui.countryWord, ui.countryLine, ui.regionWord, ui.regionLine),
                source is PeriodSource.CSV and self.preview is not None and self.preview.table is None,
            ),
            **dict.fromkeys((ui.takeAllButton, ui.takeNoneButton), offered),
        }
        for widget, visible in shown.items():
            widget.setVisible(visible)
        ui.chooseButton.setVisible(self._path is not None)

    def _count(self) -> None:
        """What would be imported, and what it would do to what is there."""
        ui, preview = self.ui, self.preview
        if preview is None:
            return
        chosen = [one for one in preview.periods if one.chosen]
        ui.importButton.setText(self.tr("Import {periods}").format(periods=periods_count(len(chosen))))
        ready = bool(chosen) and preview.ends is not EndDates.DOUBTFUL
        for button in (ui.importButton, ui.compareButton):
            button.setEnabled(ready)
        plan = self._plan(preview)
        if plan is None:
            return
        only_adds = not plan.changed and not plan.removed
        ui.importButton.setVisible(only_adds)  # what is stored changes only after somebody has seen how
        set_look(ui.importButton, "primary" if only_adds else "")
        set_look(ui.compareButton, "" if only_adds else "primary")
        kinds = Counter(one.kind for one in chosen)
        words = ", ".join(f"{count} × {Chip.of(kind).word}" for kind, count in kinds.most_common())
        parts = (
            (self.tr("{count} new"), plan.added),
            (self.tr("{count} changed"), plan.changed),
            (self.tr("{count} no longer there"), plan.removed),
            (self.tr("{count} as before"), plan.unchanged),
        )
        text = ", ".join(part.format(count=len(found)) for part, found in parts if found)
        ui.planLabel.setText(f"{words}: {text}." if words else self.tr("Tick what should be imported."))
        ui.planLabel.show()

    def _plan(self, preview: ImportPreview) -> PeriodPlan | None:
        """What the import would do; what was typed in stays."""
        workspace, year = self._context.workspace, self._year.id
        replaces = school_years.usual_replaces(workspace, year, preview)
        plan = self._context.attempt(school_years.compare, workspace, year, preview, replaces=replaces)
        return plan.sparing(plan.usually_spared()) if plan is not None else None

    def _columns(self) -> list[Column[PreviewPeriod]]:
        return [
            Column("chosen", self.tr("Take"), lambda one: one.chosen, 64, change=self._set_chosen),
            Column("name", self.tr("Name"), lambda one: one.name, 0, strong=True, tip=lambda one: one.name),
            Column(
                "kind",
                self.tr("Kind"),
                lambda one: Chip.of(one.kind),
                170,
                change=self._set_kind,
                choices=lambda: enum_choices(PeriodKind),
            ),
            Column("days", self.tr("Days"), lambda one: span_text(one.starts_on, one.ends_on), 215),
            Column("remark", self.tr("Remark"), self._remark, 150, tip=self._remark),
        ]

    def _remark(self, one: PreviewPeriod) -> str:
        parts = [one.remark, self.tr("estimate") if one.estimate else ""]
        if not one.recognised:
            parts.append(self.tr("school open?"))
        return ", ".join(part for part in parts if part)

    def _set_chosen(self, one: PreviewPeriod, value: bool) -> None:
        one.chosen = value
        self._touched(one)

    def _set_kind(self, one: PreviewPeriod, value: PeriodKind) -> None:
        one.kind = value
        one.chosen = True
        self._touched(one)

    def _touched(self, one: PreviewPeriod) -> None:
        row = self.model.rows.index(one)
        self.model.dataChanged.emit(self.model.index(row, 0), self.model.index(row, self.model.columnCount() - 1))
        self._count()

    def _take_all(self, chosen: bool) -> None:
        for one in self.model.rows:
            one.chosen = chosen
        self.model.set_rows(self.model.rows)
        self._count()

    def _stop(self) -> None:
        """Whoever closes the dialog while a file is read does not want it any more."""
        if self._job is not None:
            self._job.cancel()

    def _refuse(self, text: str) -> None:
        self._job = None
        self.ui.fileLabel.setText(self._path.name if self._path else "")
        self.ui.problemLabel.setText(f"× {text}")
        self.ui.problemLabel.show()
        self.ui.chooseButton.setVisible(True)
        for button in (self.ui.importButton, self.ui.compareButton):
            button.setEnabled(False)

    def _dress_table(self) -> None:
        table = self.ui.preview
        dress_records(table, self.model, self.model.columns)
        table.setItemDelegateForColumn(KIND_COLUMN, ChoiceDelegate(lambda: enum_choices(PeriodKind), table))
