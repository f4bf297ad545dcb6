"""A school's years: terms, holidays, assessments, lesson times, and where all that comes from.

Used on the calendar page and on the schools page.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QWidget

from cocivic_desktop._generated.forms.school_year_editor import Ui_SchoolYearEditor
from cocivic_desktop.domain.errors import CoCivicError
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, PeriodKind, SchoolYear, Term
from cocivic_desktop.services import records, school_years
from cocivic_desktop.ui.dialogs.calendar_import_dialog import CalendarImportDialog
from cocivic_desktop.ui.errors import sentence
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.record_form import RecordForm, flush_forms
from cocivic_desktop.ui.texts.formats import day_text, span_text
from cocivic_desktop.ui.texts.words import capital
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.ui.context import Context
    from cocivic_desktop.ui.widgets.date_field import DateField

KINDS = ("school_year", "term", "calendar_period", "lesson_time", "organisation")
PERIODS, TERMS, LESSONS, YEAR = range(4)
NARROW = 640
"""Width in logical pixels below which forms stand under their lists."""
PANE = 230
"""Widest form beside a list, in logical pixels."""


class SchoolYearEditor(QWidget):
    """`show_school(id)` shows the school's years; changes made elsewhere are shown by themselves."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
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
        ui = self.ui
        self.year_form = RecordForm(context, SchoolYear, ui.yearTab, prefix="year_")
        self.period_form = RecordForm(context, CalendarPeriod, ui.periodPane, prefix="period_")
        self.term_form = RecordForm(context, Term, ui.termPane, prefix="term_")
        self.lesson_form = RecordForm(
            context, LessonTime, ui.lessonPane, prefix="lesson_", choices={"weekday": _weekdays}
        )
        self._set_up_lists()
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
        ui.newProblem.hide()
        ui.confirmedChip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        ui.copyButton.setToolTip(self.tr("Terms, lesson times and what was typed in, a year later, as estimates"))
        ui.holidaysButton.setToolTip(self.tr("Known for the school's country and region without a network"))
        context.events.changed.connect(self._changed)

    # ---- for pages ----

    def show_school(self, school_id: UUID | None) -> None:
        """Show the years of a school, or of none."""
        if school_id != self._school_id:
            flush_forms(self)
            self._school_id, self._year, self._adding = school_id, None, False
            self.ui.newLabel.clear()
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
            self._propose()
        else:
            self._show_year()

    # ---- acting ----

    def begin_new(self) -> None:
        """Ask for the dates of another year."""
        flush_forms(self)
        self._adding = True
        self.ui.newLabel.clear()
        self.reload()
        self.ui.newLabel.setFocus()
        self.ui.newLabel.selectAll()

    def create_year(self) -> None:
        """Store the proposed year with its terms, and the public holidays if wanted: one step of undo."""
        ui, workspace = self.ui, self._context.workspace
        if self._school is None:
            return
        fields = (ui.newFirst, ui.newLast, ui.newTerm1First, ui.newTerm1Last, ui.newTerm2First, ui.newTerm2Last)
        wrong = next((field for field in fields if field.is_invalid), None)
        if wrong is not None:
            self._refuse(self.tr("This is no date. Type it like {day}.").format(day=day_text(date(2026, 9, 21))), wrong)
            return
        first, last, label = ui.newFirst.day, ui.newLast.day, ui.newLabel.text().strip()
        if first is None or last is None or not label:
            self._refuse(self.tr("The school year needs a name, a first and a last day."), ui.newLabel)
            return
        terms = []
        for name, starts, ends in (
            (ui.newTerm1, ui.newTerm1First, ui.newTerm1Last),
            (ui.newTerm2, ui.newTerm2First, ui.newTerm2Last),
        ):
            if name.text().strip() and starts.day is not None and ends.day is not None:
                if ends.day < starts.day or starts.day < first or ends.day > last:
                    text = self.tr("{term} has to lie inside the school year, its end after its start.")
                    self._refuse(text.format(term=name.text().strip()), starts)
                    return
                terms.append((name.text().strip(), starts.day, ends.day))
        try:
            with workspace.write("create_school_year", label):
                year, _ = school_years.create(workspace, self._school.id, label, first, last, terms)
                if ui.newHolidays.isChecked() and not ui.newHolidays.isHidden():
                    school_years.add_public_holidays(
                        workspace, year.id, today=self._context.today(), language=self._language()
                    )
        except CoCivicError as error:
            self._refuse(sentence(error), ui.newLabel)
            return
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
        dialog.open()
        return dialog

    # ---- showing ----

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self.reload()

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
        for pane in (ui.periodPane, ui.termPane, ui.lessonPane):
            pane.setMaximumWidth(NARROW if narrow else PANE)
        for list_ in (ui.periods, ui.terms, ui.lessons):
            list_.setMinimumHeight(220 if narrow else 0)
        ui.schoolLabel.setVisible(not narrow)
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
        confirmed = year.confirmed_on is not None
        ui.confirmedChip.setText(self.tr("confirmed by the school") if confirmed else self.tr("not confirmed"))
        set_look(ui.confirmedChip, "chip-good" if confirmed else "chip-warning")
        self.year_form.load(year)
        ui.periods.reload()
        ui.terms.reload()
        ui.lessons.reload()
        parts = [span_text(year.starts_on, year.ends_on)]
        if year.source:
            parts.append(self.tr("from {source}").format(source=year.source))
        if year.checked_on is not None:
            parts.append(self.tr("checked {day}").format(day=day_text(year.checked_on)))
        estimates = sum(1 for one in ui.periods.model.rows if one.estimate)
        if estimates:
            parts.append(self.tr("{count} estimates").format(count=estimates))
        ui.countsLabel.setText(" · ".join(parts))

    def _propose(self) -> None:
        """Dates to start from; what was typed already stays."""
        ui, school = self.ui, self._school
        if school is None:
            return
        region = "-".join(part for part in (school.country, school.region) if part)
        ui.newTitle.setText(self.tr("Another school year") if self._years else self.tr("Tell the school's year first"))
        ui.newHolidays.setVisible(bool(school.country))
        ui.newHolidays.setText(self.tr("Add the public holidays of {region} right away").format(region=region))
        if ui.newLabel.text():
            return
        ui.newHolidays.setChecked(bool(school.country))
        today = self._context.today()
        start = today.year if today.month >= 6 else today.year - 1
        if self._years:
            start = max(one.starts_on.year for one in self._years) + 1
        ui.newLabel.setText(f"{start}/{(start + 1) % 100:02}")
        ui.newTerm1.setText(self.tr("Term 1"))
        ui.newTerm2.setText(self.tr("Term 2"))
        proposed: tuple[tuple[DateField, date], ...] = (
            (ui.newFirst, date(start, 8, 1)),
            (ui.newLast, date(start + 1, 7, 31)),
            (ui.newTerm1First, _monday(date(start, 8, 25))),
            (ui.newTerm1Last, date(start + 1, 1, 31)),
            (ui.newTerm2First, date(start + 1, 2, 1)),
            (ui.newTerm2Last, date(start + 1, 7, 2)),
        )
        for field, day in proposed:
            field.set_day(day)

    def _stop_new(self) -> None:
        self._adding = False
        self.ui.newProblem.hide()
        self.reload()

    def _refuse(self, text: str, field: QWidget) -> None:
        self.ui.newProblem.setText(f"× {text}")
        self.ui.newProblem.show()
        field.setFocus()

    def _note_today(self, field: str) -> None:
        if self._year is not None:
            self.year_form.flush()
            change: dict[str, Any] = {field: self._context.today()}
            self._context.attempt(records.change, self._context.workspace, SchoolYear, self._year.id, **change)

    def _archive_year(self) -> None:
        if self._year is not None:
            self.year_form.flush()
            year, self._year = self._year, None
            self._context.attempt(records.archive, self._context.workspace, SchoolYear, year.id)
            self._context.notify(self.tr("Archived. Ctrl+Z brings it back."))

    def _language(self) -> str:
        return self._context.setting("language", "en")

    # ---- lists ----

    def _set_up_lists(self) -> None:
        ui, context = self.ui, self._context
        origin: QLabel = ui.periodOrigin
        ui.periods.setup(
            context,
            ListSetup(
                cls=CalendarPeriod,
                key="school_periods",
                add_text=self.tr("Add period"),
                columns=[
                    Column("name", self.tr("Name"), self._name, strong=True, tip=self._name),
                    Column("kind", self.tr("Kind"), self._kind_chip, 154),
                    Column("days", self.tr("Days"), lambda one: span_text(one.starts_on, one.ends_on), 192),
                ],
                find=self._of_year(CalendarPeriod, "starts_on"),
                new=self._new_period,
                sortable=False,
                empty_title=self.tr("No holidays yet"),
                empty_text=self.tr(
                    "Import the calendar file of the school or the ministry, and add the public holidays. "
                    "Assessments and deadlines only the school knows: ask, and type them in."
                ),
            ),
        )
        ui.periods.attach(self.period_form, ui.periodScroll)
        ui.periods.selected.connect(lambda one: origin.setText(self._origin(one)))
        ui.terms.setup(
            context,
            ListSetup(
                cls=Term,
                key="school_terms",
                add_text=self.tr("Add term"),
                columns=[
                    Column("name", self.tr("Term"), lambda one: one.name, strong=True),
                    Column("days", self.tr("Days"), lambda one: span_text(one.starts_on, one.ends_on), 210),
                ],
                find=self._of_year(Term, "starts_on"),
                new=self._new_term,
                sortable=False,
                empty_title=self.tr("No terms yet"),
                empty_text=self.tr(
                    "Without terms, the whole year counts as one. Teaching weeks are counted from a term's start."
                ),
            ),
        )
        ui.terms.attach(self.term_form, ui.termPane)
        ui.lessons.setup(
            context,
            ListSetup(
                cls=LessonTime,
                key="school_lessons",
                add_text=self.tr("Add lesson"),
                columns=[
                    Column("number", self.tr("Lesson"), lambda one: one.number, 90),
                    Column("starts_at", self.tr("From"), lambda one: one.starts_at, 90),
                    Column("ends_at", self.tr("To"), lambda one: one.ends_at, 90),
                    Column("weekday", self.tr("Weekday"), lambda one: dict(_weekdays())[one.weekday]),
                ],
                find=lambda archived: sorted(
                    self._of_year(LessonTime, "starts_at")(archived), key=lambda one: (one.weekday or 0, one.starts_at)
                ),
                new=self._new_lesson,
                sortable=False,
                empty_title=self.tr("No lesson times yet"),
                empty_text=self.tr("With the lessons of the day known, sessions outside of them are noticed."),
            ),
        )
        ui.lessons.attach(self.lesson_form, ui.lessonPane)

    def _of_year(self, cls: type[Any], order: str) -> Callable[[bool], list[Any]]:
        def find(archived: bool) -> list[Any]:
            if self._year is None:
                return []
            shown = None if archived else False
            return records.find(self._context.workspace, cls, archived=shown, order=order, school_year_id=self._year.id)

        return find

    def _new_period(self) -> CalendarPeriod | None:
        if self._year is None:
            return None
        present = self.ui.periods.current
        day = present.ends_on + timedelta(days=1) if present is not None else self._context.today()
        day = min(max(day, self._year.starts_on), self._year.ends_on)
        return CalendarPeriod(
            school_year_id=self._year.id,
            kind=PeriodKind.ASSESSMENT,
            name=self.tr("Assessments"),
            starts_on=day,
            ends_on=day,
        )

    def _new_term(self) -> Term | None:
        if self._year is None:
            return None
        known = self.ui.terms.model.rows
        first = max((one.ends_on for one in known), default=self._year.starts_on - timedelta(days=1))
        first = min(first + timedelta(days=1), self._year.ends_on)
        name = self.tr("Term {number}").format(number=len(known) + 1)
        return Term(school_year_id=self._year.id, name=name, starts_on=first, ends_on=self._year.ends_on)

    def _new_lesson(self) -> LessonTime | None:
        """The next lesson: as long as the last one, right after it."""
        if self._year is None:
            return None
        known = self.ui.lessons.model.rows
        if not known:
            return LessonTime(school_year_id=self._year.id, number=1, starts_at=time(8), ends_at=time(8, 45))
        last = known[-1]
        begins = _minutes(last.ends_at)
        ends = min(begins + max(5, begins - _minutes(last.starts_at)), 24 * 60 - 1)
        begins = min(begins, ends - 1)
        return LessonTime(
            school_year_id=self._year.id,
            number=last.number + 1,
            starts_at=time(begins // 60, begins % 60),
            ends_at=time(ends // 60, ends % 60),
            weekday=last.weekday,
        )

    def _kind_chip(self, period: CalendarPeriod) -> Chip:
        chip = Chip.of(period.kind)
        return Chip(self.tr("{kind}, closed").format(kind=chip.word), chip.tone) if period.hard else chip

    def _name(self, period: CalendarPeriod) -> str:
        return self.tr("{name} (estimate)").format(name=period.name) if period.estimate else period.name

    def _origin(self, period: CalendarPeriod | None) -> str:
        if period is None:
            return ""
        text = Chip.of(period.source).word
        if period.imported_at is not None:
            day = day_text(period.imported_at.astimezone().date())
            return capital(self.tr("{source}, read on {day}").format(source=text, day=day))
        return capital(text)


def _weekdays() -> list[tuple[Any, str]]:
    names = [QLocale().standaloneDayName(number) for number in range(1, 8)]
    every = QCoreApplication.translate("SchoolYearEditor", "Monday to Friday")
    return [(None, every), *enumerate(names)]


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
