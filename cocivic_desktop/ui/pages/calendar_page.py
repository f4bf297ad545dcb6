"""Stage 4: the school's year, what takes place in it, and what is in the way."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from cocivic_desktop._generated.forms.calendar_page import Ui_CalendarPage
from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.services import records
from cocivic_desktop.services.calendar_overview import Overview, overview
from cocivic_desktop.ui import icons
from cocivic_desktop.ui.models.record_table import RecordTableModel
from cocivic_desktop.ui.pages.base import StagePage
from cocivic_desktop.ui.pages.calendar import rows
from cocivic_desktop.ui.pages.calendar.data import CalendarData, Entry, Key, load
from cocivic_desktop.ui.pages.calendar.export_dialog import CalendarExportDialog
from cocivic_desktop.ui.pages.calendar.panel import keep_small
from cocivic_desktop.ui.record_form import flush_forms
from cocivic_desktop.ui.texts.formats import day_text, span_text
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.empty_state import EmptyState
from cocivic_desktop.ui.widgets.school_year_editor import SchoolYearEditor
from cocivic_desktop.ui.widgets.tables import dress_records
from cocivic_desktop.ui.widgets.year_strip import Mark

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.ui.context import Context, Target
    from cocivic_desktop.ui.pages.calendar.panel import PlanPanel
    from cocivic_desktop.ui.tasks import Job

NOTE_FROM = 760
"""Width in logical pixels from which the head has room for more than the legend."""
LEAST_PANE = 110
DETAIL_HEIGHT = 176
"""What the detail pane gets at least, in logical pixels, where the strip is high."""
STRIP_FRAME = 62
"""Head and margins round the strip, in logical pixels."""
DATE_TAB, ACTIVITY_TAB, REPEAT_TAB, PEOPLE_TAB = range(4)


class CalendarPage(StagePage):
    """Year strip or agenda above, the chosen date and its activity below; the school's years beside them."""

    kinds = (
        "activity",
        "occurrence_override",
        "participation",
        "school_year",
        "term",
        "calendar_period",
        "lesson_time",
        "organisation",
        "partnership",
        "partnership_organisation",
        "agreement",
        "person",
        "shared_goal",
        "challenge",
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_CalendarPage()
        self.ui.setupUi(self)
        self.data: CalendarData | None = None
        self._around: date | None = None
        self._chosen: Key | None = None
        self._job: Job | None = None
        self._without_year = False
        self.years = SchoolYearEditor(context, self)
        self.ui.yearsLayout.addWidget(self.years)
        self.no_year = EmptyState(parent=self)
        self.ui.views.addWidget(self.no_year)
        self.no_detail = EmptyState(parent=self)
        self.ui.detailViews.addWidget(self.no_detail)
        self.panels: list[PlanPanel] = [
            self.ui.datePanel,
            self.ui.activityPanel,
            self.ui.repeatPanel,
            self.ui.peoplePanel,
        ]
        for panel in self.panels:
            panel.setup(context)
        self._make_agenda()
        self._connect()
        self._draw_icons()
        self.ui.stripButton.setChecked(True)
        self._dragged = False
        self.ui.detailCard.setMinimumHeight(LEAST_PANE)
        self.ui.stripCard.setMinimumHeight(LEAST_PANE)
        self.ui.split.splitterMoved.connect(lambda: self._remember_drag())
        self.ui.stripScroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for chip in (self.ui.legendHoliday, self.ui.legendAssessment, self.ui.legendUnwise, self.ui.legendImpossible):
            keep_small(chip)

    # ---- loading ----

    def show_partnership(self, partnership_id: UUID) -> None:
        """Another partnership begins with its present year."""
        if partnership_id != self.partnership_id:
            self.ui.repeatPanel.leave()
            self._around, self._chosen, self.data, self._without_year = None, None, None, False
        super().show_partnership(partnership_id)

    def reload(self) -> None:
        """Read the shown year of this partnership; conflicts and other partnerships follow from a thread."""
        data = self.context.attempt(load, self.context, self.partnership, self._around)
        if data is None:
            return
        same = self.data is not None and self.data.partnership.id == data.partnership.id
        known = self.data.overview if same and self.data is not None else None
        before = self.data.other_marks if self.data is not None else []
        self.data = data
        if known is not None:  # what was known stands until the new comes, so that nothing flickers
            data.with_overview(known, before)
        self.years.show_school(data.school.id)
        self._show()
        self._ask_for_overview(data)

    def open_target(self, target: Target) -> None:
        """Sections: school_years, activities, conflicts, people; `item` is an activity or part of a school year."""
        if target.section == "school_years":
            self.show_view(self.ui.yearsButton)
            if target.item is not None:
                self.years.open_item(target.item)
            return
        if target.section in ("conflicts", "activities", "people") and self.ui.views.currentWidget() is self.no_year:
            self._plan_anyway()
        if target.section == "conflicts":
            self.show_view(self.ui.conflictsButton)
        elif target.section in ("activities", "people") and self.ui.yearsButton.isChecked():
            self.show_view(self.ui.stripButton)
        if target.item is not None and self.data is not None:
            self.open_activity(target.item)
        if target.section == "people":
            self.ui.detail.setCurrentIndex(PEOPLE_TAB)

    def open_activity(self, activity_id: UUID) -> None:
        """Choose the next date of an activity; with conflicts, the first that has some."""
        data = self.data
        if data is None:
            return
        today = self.context.today()
        clash = next((one for one in data.entries if one.activity.id == activity_id and one.standing), None)
        entry = clash or data.coming(activity_id, today)
        if entry is None:
            found = records.find(self.context.workspace, Activity, id=activity_id, partnership_id=self.partnership)
            if not found:
                return
            self._around = found[0].starts_on
            self.reload()
            entry = self.data.coming(activity_id, today) if self.data is not None else None
        if entry is not None:
            self.choose(entry.id)

    def show_view(self, button: QPushButton) -> None:
        """Turn to the view of a button: year strip, agenda, conflicts, or the school's years."""
        button.setChecked(True)
        self._show()

    def choose(self, key: Key | None) -> None:
        """Show a date in the detail pane."""
        if key != self._chosen:
            self.ui.repeatPanel.leave()
            flush_forms(self.ui.detail)
        self._chosen = key
        self.ui.strip.choose(key)
        self._select_in_agenda(key)
        self._show_detail()

    # ---- acting ----

    def add_activity(self) -> None:
        """A new activity a week ahead, at ten, ready to be named; one step of undo."""
        data = self.data
        if data is None:
            return
        today = self.context.today()
        entry = data.entry(self._chosen)
        wanted = entry.on + timedelta(days=7) if entry is not None and entry.on >= today else today + timedelta(days=7)
        day = self._open_day(min(max(wanted, data.first), data.last))
        activity = Activity(
            partnership_id=self.partnership,
            title=self.tr("New activity"),
            starts_on=day,
            start_time=time(10),
            duration_minutes=90,
            zone=data.school.zone,
        )
        if self.context.attempt(records.add, self.context.workspace, activity) is None:
            return
        if self.ui.views.currentWidget() is self.no_year:
            self._without_year = True
        if self.ui.yearsButton.isChecked():
            self.ui.stripButton.setChecked(True)
        self._chosen = (activity.id, day)
        self.reload()
        self.choose((activity.id, day))
        self.ui.detail.setCurrentIndex(ACTIVITY_TAB)
        self.ui.activityPanel.form.focus("title")

    def export(self) -> None:
        """Write calendar files."""
        if self.data is None:
            return
        flush_forms(self)
        dialog = CalendarExportDialog(self.context, self.data.partnership, self)
        dialog.open()

    def turn_year(self, step: int) -> None:
        """Show the year before or after."""
        if self.data is None:
            return
        day = timedelta(days=1)
        self._around = self.data.last + day if step > 0 else self.data.first - day
        self.reload()

    # ---- showing ----

    def _show(self) -> None:
        data, ui = self.data, self.ui
        if data is None:
            return
        standing = [entry for entry in data.entries if entry.standing]
        ui.conflictsButton.setText(
            self.tr("Conflicts ({count})").format(count=len(standing)) if standing else self.tr("Conflicts")
        )
        years = ui.yearsButton.isChecked()
        missing = not data.years and not self._without_year
        if years:
            ui.views.setCurrentWidget(ui.yearsView)
            return
        if missing:
            self._show_missing(data)
            ui.views.setCurrentWidget(self.no_year)
            return
        ui.views.setCurrentWidget(ui.planView)
        ui.planViews.setCurrentWidget(ui.stripView if ui.stripButton.isChecked() else ui.agendaView)
        self._fill_head(data)
        ui.strip.show_year(data.first, data.last, rows.strip_rows(data), rows.strip_shades(data), self.context.today())
        self._fill_agenda(data)
        if data.entry(self._chosen) is None:
            first = self._first_choice(data)
            self._chosen = first.id if first is not None else None
        ui.strip.choose(self._chosen)
        self._select_in_agenda(self._chosen)
        self._show_detail()
        self._share_height()

    def _show_missing(self, data: CalendarData) -> None:
        text = self.tr(
            "Terms, holidays and assessments of {school} are not known yet. Type them in, or read them from the "
            "calendar file that most schools and ministries publish. From then on, every date is checked by itself."
        )
        count = len({entry.activity.id for entry in data.entries})
        anyway = self.tr("Plan without it")
        if count:
            anyway = self.tr("Show the {count} activities anyway").format(count=count)
        self.no_year.set_texts(
            self.tr("Tell the school's year first"),
            text.format(school=data.school.name),
            self.tr("Set up the school year"),
            anyway,
        )

    def _fill_head(self, data: CalendarData) -> None:
        ui, year = self.ui, data.year
        ui.yearLabel.setText(year.label if year is not None else span_text(data.first, data.last))
        if year is None:
            note = self.tr("no school year known here")
        elif year.confirmed_on is not None:
            note = self.tr("confirmed by the school on {day}").format(day=day_text(year.confirmed_on, year=False))
        else:
            note = self.tr("not confirmed by the school yet")
        ui.yearNote.setText(note)
        ui.yearNote.setVisible(self.width() >= NOTE_FROM)
        for widget in (ui.legendHoliday, ui.legendAssessment, ui.legendUnwise, ui.legendImpossible):
            widget.setVisible(ui.stripButton.isChecked())

    def _fill_agenda(self, data: CalendarData) -> None:
        if self.ui.conflictsButton.isChecked():
            shown = [entry for entry in data.entries if entry.conflicts]
        else:
            shown = [*data.entries, *data.archived]
        self._filling = True
        self.agenda_model.set_rows(shown)
        self._filling = False

    def _first_choice(self, data: CalendarData) -> Entry | None:
        """What to show first: a conflict, else what comes next, else what was last."""
        today = self.context.today()
        shown = self.agenda_model.rows if self.ui.conflictsButton.isChecked() else data.entries
        held = [entry for entry in shown if entry.occurrence is not None]
        clash = next((entry for entry in held if entry.standing), None)
        return clash or next((entry for entry in held if entry.on >= today), held[-1] if held else None)

    def _show_detail(self) -> None:
        data, ui = self.data, self.ui
        entry = data.entry(self._chosen) if data is not None else None
        if data is None or entry is None:
            title = self.tr("Nothing planned in these months")
            text = self.tr("Plan workshops, sessions, meetings and visits. Closed days are left out by themselves.")
            if ui.conflictsButton.isChecked():
                title, text = (
                    self.tr("No conflicts"),
                    self.tr("Everything fits the school's year and everybody's time."),
                )
            self.no_detail.set_texts(title, text, "" if ui.conflictsButton.isChecked() else self.tr("New activity"))
            ui.detailViews.setCurrentWidget(self.no_detail)
            return
        ui.detailViews.setCurrentWidget(ui.detail)
        for panel in self.panels:
            if panel is ui.detail.currentWidget():
                panel.show_entry(data, entry)
            else:
                panel.put_by(data, entry)

    def _ask_for_overview(self, data: CalendarData) -> None:
        if self._job is not None:
            self._job.cancel()
        workspace, today = self.context.workspace, self.context.today()
        first_time = data.overview is None

        def work() -> tuple[Overview, list[Mark]]:
            found = overview(workspace, data.partnership.id, data.first, data.last, today)
            return found, rows.other_marks(found.others)

        self._job = self.context.tasks.run(
            work, lambda result: self._take_overview(data, result[0], result[1], first_time)
        )

    def _take_overview(self, data: CalendarData, found: Overview, others: list[Mark], first_time: bool) -> None:
        self._job = None
        if self.data is not data:
            return
        data.with_overview(found, others)
        clash = next((entry for entry in data.entries if entry.standing), None)
        if first_time and clash is not None and not self._target_chosen():
            self._chosen = clash.id
        self._show()

    def _target_chosen(self) -> bool:
        """Whether the person is already working on a date."""
        focus = QApplication.focusWidget()
        return isinstance(focus, QWidget) and self.ui.detailCard.isAncestorOf(focus)

    # ---- agenda ----

    def _make_agenda(self) -> None:
        self._filling = False
        table = self.ui.agenda
        self.agenda_model: RecordTableModel[Entry] = RecordTableModel(rows.agenda_columns(), self)
        dress_records(table, self.agenda_model, self.agenda_model.columns)
        table.setAccessibleName(self.tr("Agenda"))
        table.selectionModel().currentRowChanged.connect(self._agenda_moved)
        table.activated.connect(lambda: self._open_detail())

    def _agenda_moved(self, index: QModelIndex) -> None:
        entry = self.agenda_model.record(index)
        if entry is not None and not self._filling and entry.id != self._chosen:
            self.choose(entry.id)

    def _select_in_agenda(self, key: Key | None) -> None:
        row = next((number for number, entry in enumerate(self.agenda_model.rows) if entry.id == key), -1)
        self._filling = True
        index = self.agenda_model.index(row, 0)
        if self.ui.agenda.currentIndex().row() != row:
            self.ui.agenda.setCurrentIndex(index)
            if row >= 0:
                self.ui.agenda.selectRow(row)
                self.ui.agenda.scrollTo(index)
        self._filling = False

    # ---- the rest ----

    def _connect(self) -> None:
        ui = self.ui
        for button in (ui.stripButton, ui.agendaButton, ui.conflictsButton, ui.yearsButton):
            button.clicked.connect(lambda: self._turn_view())
        ui.newButton.clicked.connect(lambda: self.add_activity())
        ui.exportButton.clicked.connect(lambda: self.export())
        ui.previousButton.clicked.connect(lambda: self.turn_year(-1))
        ui.nextButton.clicked.connect(lambda: self.turn_year(1))
        ui.strip.chosen.connect(self.choose)
        ui.strip.opened.connect(lambda: self._open_detail())
        ui.detail.currentChanged.connect(lambda: self._show_detail())
        ui.datePanel.moved.connect(self._moved)
        self.no_year.action_clicked.connect(lambda: self.show_view(ui.yearsButton))
        self.no_year.second_clicked.connect(self._plan_anyway)
        self.no_detail.action_clicked.connect(self.add_activity)
        ui.newButton.setToolTip(self.tr("Plan another activity (Insert)"))
        ui.previousButton.setAccessibleName(self.tr("The year before"))
        ui.nextButton.setAccessibleName(self.tr("The year after"))
        ui.previousButton.setToolTip(self.tr("The year before"))
        ui.nextButton.setToolTip(self.tr("The year after"))
        for widget in (ui.strip, ui.agenda):
            QShortcut(QKeySequence("Ins"), widget, self.add_activity, context=Qt.ShortcutContext.WidgetShortcut)
            QShortcut(QKeySequence("Del"), widget, ui.activityPanel.archive, context=Qt.ShortcutContext.WidgetShortcut)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height between the year and the detail."""
        super().resizeEvent(event)
        self.ui.yearNote.setVisible(self.width() >= NOTE_FROM)
        self._share_height()

    def _share_height(self) -> None:
        """The strip as high as its rows as long as the detail has room; half and half for the agenda."""
        if self._dragged:
            return
        room = self.ui.split.height()
        wanted = room // 2
        if self.ui.stripButton.isChecked():
            wanted = self.ui.strip.sizeHint().height() + STRIP_FRAME
        top = max(room // 4, min(wanted, room - DETAIL_HEIGHT))
        self.ui.split.setSizes([top, room - top])

    def _remember_drag(self) -> None:
        self._dragged = True

    def _turn_view(self) -> None:
        flush_forms(self)
        self._show()

    def _plan_anyway(self) -> None:
        self._without_year = True
        self.ui.stripButton.setChecked(True)
        self._show()

    def _open_detail(self) -> None:
        """Enter on a date: to what can be done about it."""
        self.ui.detail.setCurrentIndex(DATE_TAB)
        buttons = self.ui.datePanel.slot_buttons
        (buttons[0] if buttons else self.ui.datePanel.ui.moveDay).setFocus()

    def _moved(self, key: Key) -> None:
        self._chosen = key

    def _open_day(self, day: date) -> date:
        """The first day from `day` on without a closure, at most some weeks later."""
        view = self.data.view if self.data is not None else None
        if view is None:
            return day
        days = (day + timedelta(days=offset) for offset in range(60))
        return next(
            (one for one in days if one.weekday() < 5 and view.closure_on(one) is None and view.term_on(one)), day
        )

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icons anew with the theme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "no_detail"):
            self._draw_icons()
        super().changeEvent(event)

    def _draw_icons(self) -> None:
        self.ui.exportButton.setIcon(icons.icon("export", "muted"))
        self.ui.newButton.setIcon(icons.icon("add", "muted"))
        set_look(self.ui.yearNote, "muted")
