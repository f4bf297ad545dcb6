"""A school's years: terms, holidays, assessments, lesson times, and where all that comes from.

Used on the calendar page and on the schools page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from cocivic_desktop._generated.forms.school_year_editor import Ui_SchoolYearEditor
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.rules.period_standing import Standing, period_standing
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, SchoolYear, Term
from cocivic_desktop.services import records, school_years
from cocivic_desktop.ui.dialogs.calendar_change.dialog import CalendarChangeDialog
from cocivic_desktop.ui.dialogs.calendar_import_dialog import CalendarImportDialog
from cocivic_desktop.ui.record_form import RecordForm, flush_forms
from cocivic_desktop.ui.texts.formats import day_text, span_text
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.school_year_lists import YearLists
from cocivic_desktop.ui.widgets.school_year_new import NewYear
from cocivic_desktop.ui.widgets.school_year_strip_part import StripPart

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.services.school_year_files import ImportPreview
    from cocivic_desktop.ui.context import Context

KINDS = ("school_year", "term", "calendar_period", "lesson_time", "organisation")
PERIODS, STRIP, TERMS, LESSONS, YEAR = range(5)
NARROW = 640
"""Width in logical pixels below which forms stand under their lists."""
PANE, BAR = 230, 14
"""Widest form beside a list, and its scroll bar, in logical pixels."""
NARROWEST = 360
"""Least width in logical pixels; without it the parts for a wide place would keep the place wide."""


class SchoolYearEditor(QWidget):
    """`show_school(id)` shows the school's years; changes made elsewhere are shown by themselves."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, names_school: bool = True) -> None:
        super().__init__(parent)
        self.ui = Ui_SchoolYearEditor()
        self.ui.setupUi(self)
        self._context = context
        self._school: Organisation | None = None
        self._school_id: UUID | None = None
        self._years: list[SchoolYear] = []
        self._year: SchoolYear | None = None
        self._adding = False
        self._stale = False
        self._narrow = False
        self._names_school = names_school
        self.ui.schoolLabel.setVisible(names_school)
        ui = self.ui
        self.year_form = RecordForm(context, SchoolYear, ui.yearTab, prefix="year_")
        self.lists = YearLists(context, ui, self)
        self.strip = StripPart(context, ui, self)
        self.strip.selected.connect(ui.periods.select)
        ui.periods.selected.connect(lambda one: self.strip.choose(one.id if one is not None else None))
        self.new_year = NewYear(context, ui, self)
        ui.yearBox.activated.connect(lambda number: self._choose(number))
        ui.newYearButton.clicked.connect(lambda: self.begin_new())
        ui.newCancel.clicked.connect(lambda: self._stop_new())
        ui.createButton.clicked.connect(lambda: self.create_year())
        ui.copyButton.clicked.connect(lambda: self.copy_to_next_year())
        ui.importButton.clicked.connect(lambda: self.import_file())
        ui.holidaysButton.clicked.connect(lambda: self.add_public_holidays())
        ui.checkedButton.clicked.connect(lambda: self._note_today("checked_on"))
        ui.confirmedButton.clicked.connect(lambda: self._note_today("confirmed_on"))
        ui.archiveYearButton.clicked.connect(lambda: self._archive_year())
        ui.confirmedChip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        ui.copyButton.setToolTip(self.tr("Terms, lesson times and what was typed in, a year later, as estimates"))
        ui.holidaysButton.setToolTip(self.tr("Known for the school's country and region without a network"))
        for area in (ui.periodScroll, ui.termScroll, ui.lessonScroll):
            area.setMaximumWidth(PANE + BAR)
        context.events.changed.connect(self._changed)

    # ---- for pages ----

    def show_school(self, school_id: UUID | None) -> None:
        """Show the years of a school, or of none."""
        if school_id != self._school_id:
            flush_forms(self)
            self._school_id, self._year, self._adding = school_id, None, False
            self.new_year.forget()
        self.reload()

    def open_item(self, item: UUID) -> None:
        """Show a year, or the year of a period, term or lesson, with that one selected."""
        year = next((one for one in self._years if one.id == item), None)
        if year is not None:
            self._adding, self._year = False, year
            self.reload()
            return
        workspace = self._context.workspace
        parts: tuple[tuple[type[CalendarPeriod] | type[Term] | type[LessonTime], int, Any], ...] = (
            (CalendarPeriod, PERIODS, self.ui.periods),
            (Term, TERMS, self.ui.terms),
            (LessonTime, LESSONS, self.ui.lessons),
        )
        for cls, tab, shown in parts:
            found = records.find(workspace, cls, archived=None, id=item)
            if found:
                self._adding = False
                self._year = next((one for one in self._years if one.id == found[0].school_year_id), self._year)
                self.reload()
                self.ui.parts.setCurrentIndex(tab)
                shown.select(item)
                return

    @property
    def year(self) -> SchoolYear | None:
        """The year that is shown."""
        return self._year

    def reload(self) -> None:
        """Read the school's years again; the chosen one stays."""
        self._stale = False
        context, ui = self._context, self.ui
        if not context.is_open or self._school_id is None:
            return
        found = records.find(context.workspace, Organisation, archived=None, id=self._school_id)
        self._school = found[0] if found else None
        if self._school is None:
            return
        self._years = records.find(context.workspace, SchoolYear, order="starts_on", school_id=self._school_id)
        wanted = self._year.id if self._year is not None else None
        self._year = next((one for one in self._years if one.id == wanted), None) or self._present()
        ui.schoolLabel.setText(self._school.name)
        ui.yearBox.clear()
        ui.yearBox.addItems([one.label for one in self._years])
        ui.yearBox.setCurrentIndex(self._years.index(self._year) if self._year in self._years else -1)
        new = self._adding or self._year is None
        for widget in (ui.yearBox, ui.newYearButton, ui.copyButton):
            widget.setVisible(not new)
        ui.confirmedChip.setVisible(not new and not self._narrow)
        ui.newCancel.setVisible(bool(self._years))
        ui.editorViews.setCurrentWidget(ui.newScroll if new else ui.editorView)
        if new:
            self.new_year.propose(self._school, self._years)
        else:
            self._show_year()

    # ---- acting ----

    def begin_new(self) -> None:
        """Ask for the dates of another year."""
        flush_forms(self)
        self._adding = True
        self.new_year.forget()
        self.reload()
        self.ui.newLabel.setFocus()
        self.ui.newLabel.selectAll()

    def create_year(self) -> None:
        """Store the year that was asked for, and show it."""
        if self._school is None:
            return
        year = self.new_year.create(self._school)
        if year is not None:
            self._adding, self._year = False, year
            self.reload()

    def copy_to_next_year(self) -> None:
        """Make the next year from this one."""
        if self._year is None:
            return
        flush_forms(self)
        result = self._context.attempt(school_years.copy_to_next_year, self._context.workspace, self._year.id)
        if result is not None:
            self._year = result[0]
            self._context.notify(
                self.tr("{label} made. Import its holidays, and ask the school for its assessments.").format(
                    label=result[0].label
                )
            )
            self.reload()

    def add_public_holidays(self) -> None:
        """Add what is known of the school's country and region."""
        if self._year is None:
            return
        result = self._context.attempt(
            school_years.add_public_holidays,
            self._context.workspace,
            self._year.id,
            today=self._context.today(),
            language=self._language(),
        )
        if result is not None:
            plan = result[0]
            text = self.tr("{added} public holidays added, {changed} changed, {kept} were there already.")
            self._context.notify(
                text.format(added=len(plan.added), changed=len(plan.changed), kept=len(plan.unchanged))
            )

    def import_file(self) -> CalendarImportDialog | None:
        """Read a calendar file into this year."""
        if self._year is None or self._school is None:
            return None
        flush_forms(self)
        dialog = CalendarImportDialog(self._context, self._year, self._school, self)
        dialog.compare_wanted.connect(self.compare)
        dialog.open()
        return dialog

    def compare(self, preview: ImportPreview) -> CalendarChangeDialog | None:
        """Show what a file that was read changes, which dates it hits, and where they could go."""
        if self._year is None or self._school is None:
            return None
        dialog = CalendarChangeDialog(self._context, self._year, self._school, preview, self)
        dialog.open()
        return dialog

    # ---- showing ----

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.reload()

    def minimumSizeHint(self) -> QSize:
        """Room for the parts as they stand in a narrow place: it can always become one."""
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow place, forms stand under their lists."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        ui = self.ui
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for layout in (ui.periodsLayout, ui.termsLayout, ui.lessonsLayout, ui.yearButtons):
            layout.setDirection(direction)
        for area, pane in (
            (ui.periodScroll, ui.periodPane),
            (ui.termScroll, ui.termPane),
            (ui.lessonScroll, ui.lessonPane),
        ):
            area.setMaximumWidth(NARROW if narrow else PANE + BAR)
            area.setMinimumHeight(pane.minimumSizeHint().height() if narrow else 0)
        self.lists.say_short(narrow)
        for list_ in (ui.periods, ui.terms, ui.lessons):
            list_.setMinimumHeight(220 if narrow else 0)
        ui.schoolLabel.setVisible(not narrow and self._names_school)
        ui.countsLabel.setVisible(not narrow)
        ui.confirmedChip.setVisible(not narrow and not ui.newScroll.isVisible())
        ui.schoolYearLayout.setContentsMargins(0, 12 if narrow else 0, 0, 0)
        places = [ui.yearGrid.itemAt(number) for number in range(ui.yearGrid.count())]
        fields = [place.layout() for place in places if place is not None]
        for number, field in enumerate(fields):
            if field is not None:
                ui.yearGrid.removeItem(field)
                field.setParent(None)
                ui.yearGrid.addLayout(field, number if narrow else number // 3, 0 if narrow else number % 3)

    def _changed(self, changes: Changes) -> None:
        if not changes.touches(*KINDS):
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def _present(self) -> SchoolYear | None:
        today = self._context.today()
        return next((one for one in self._years if one.ends_on >= today), self._years[-1] if self._years else None)

    def _choose(self, number: int) -> None:
        flush_forms(self)
        self._year = self._years[number]
        self.reload()

    def _show_year(self) -> None:
        year, ui = self._year, self.ui
        if year is None:
            return
        self.year_form.load(year)
        self.lists.show_year(year)
        self.strip.show_year(year)
        self._show_confirmed(year)
        parts = [span_text(year.starts_on, year.ends_on)]
        if year.source:
            parts.append(self.tr("from {source}").format(source=year.source))
        if year.checked_on is not None:
            parts.append(self.tr("checked {day}").format(day=day_text(year.checked_on)))
        estimates = sum(1 for one in ui.periods.model.rows if one.estimate)
        if estimates:
            text = self.tr("one estimate") if estimates == 1 else self.tr("{count} estimates")
            parts.append(text.format(count=estimates))
        ui.countsLabel.setText(" · ".join(parts))

    def _show_confirmed(self, year: SchoolYear) -> None:
        """Whether the school has confirmed the year; periods that came in later are not confirmed with it."""
        text, look = self.tr("not confirmed"), "chip-warning"
        if year.confirmed_on is not None:
            today, rows = self._context.today(), self.ui.periods.model.rows
            found = [period_standing(one, year, today) for one in rows if one.ends_on >= today]
            whole = all(one.confirmed_on is not None or one.standing is Standing.BY_LAW for one in found)
            text = self.tr("confirmed by the school") if whole else self.tr("confirmed in part")
            look = "chip-good" if whole else "chip-warning"
        self.ui.confirmedChip.setText(text)
        set_look(self.ui.confirmedChip, look)

    def _stop_new(self) -> None:
        self._adding = False
        self.ui.newProblem.hide()
        self.reload()

    def _note_today(self, field: str) -> None:
        """The whole year was checked today, or confirmed by the school: one step."""
        if self._year is not None:
            self.year_form.flush()
            day: dict[str, Any] = {field: self._context.today()}
            self._context.attempt(school_years.note_year, self._context.workspace, self._year.id, **day)

    def _archive_year(self) -> None:
        if self._year is not None:
            self.year_form.flush()
            year, self._year = self._year, None
            self._context.attempt(records.archive, self._context.workspace, SchoolYear, year.id)
            self._context.notify(self.tr("Archived. Ctrl+Z brings it back."))

    def _language(self) -> str:
        return self._context.setting("language", "en")
