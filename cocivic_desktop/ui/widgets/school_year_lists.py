"""The lists of a school year: periods, terms and lesson times, each with the form of the chosen one."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLocale, QObject
from PySide6.QtWidgets import QAbstractItemView, QPushButton

from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, PeriodKind, SchoolYear, Term
from cocivic_desktop.services import records, school_years
from cocivic_desktop.ui.models.record_table import RECORD_ROLE, Chip, Column
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import day_text, span_text
from cocivic_desktop.ui.texts.words import capital, word
from cocivic_desktop.ui.widgets.record_list import ListSetup
from cocivic_desktop.ui.widgets.school_year_standing import standing_chip, standing_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLabel, QWidget

    from cocivic_desktop._generated.forms.school_year_editor import Ui_SchoolYearEditor
    from cocivic_desktop.ui.context import Context


class YearLists(QObject):
    """Fills the lists of the editor's form. `show_year` says whose parts they show."""

    def __init__(self, context: Context, ui: Ui_SchoolYearEditor, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = ui
        self._context = context
        self._year: SchoolYear | None = None
        self.period_form = RecordForm(context, CalendarPeriod, ui.periodPane, prefix="period_")
        self.term_form = RecordForm(
            context, Term, ui.termPane, prefix="term_", choices={"first_week_letter": _week_letters}
        )
        self.lesson_form = RecordForm(
            context, LessonTime, ui.lessonPane, prefix="lesson_", choices={"weekday": _weekdays}
        )
        self._set_up_periods()
        self._set_up_terms()
        self._set_up_lessons()

    def show_year(self, year: SchoolYear) -> None:
        """Show the parts of a year."""
        self._year = year
        for shown in (self.ui.periods, self.ui.terms, self.ui.lessons):
            shown.reload()

    def _set_up_periods(self) -> None:
        origin: QLabel = self.ui.periodOrigin
        self.checked_button = QPushButton(self.tr("Checked today"))
        self.checked_button.setToolTip(
            self.tr("The chosen periods were compared with their source; Ctrl chooses several")
        )
        self.confirmed_button = QPushButton(self.tr("School confirmed"))
        self.confirmed_button.setToolTip(self.tr("The school confirmed the chosen periods; Ctrl chooses several"))
        self.checked_button.clicked.connect(lambda: self._note(confirmed=False))
        self.confirmed_button.clicked.connect(lambda: self._note(confirmed=True))
        self.ui.periods.setup(
            self._context,
            ListSetup(
                cls=CalendarPeriod,
                key="school_periods",
                add_text=self.tr("Add period"),
                columns=[
                    Column("name", self.tr("Name"), self._name, strong=True, tip=self._name),
                    Column("kind", self.tr("Kind"), self._kind_chip, 136, tip=lambda one: word(one.kind)),
                    Column("days", self.tr("Days"), _days, 122, tip=lambda one: span_text(one.starts_on, one.ends_on)),
                    Column("state", self.tr("State"), self._standing, 104, tip=self._standing_words),
                ],
                find=self._of_year(CalendarPeriod, "starts_on"),
                new=self._new_period,
                sortable=False,
                extra=[self.checked_button, self.confirmed_button],
                empty_title=self.tr("No holidays yet"),
                empty_text=self.tr(
                    "Import the calendar file of the school or the ministry, and add the public holidays. "
                    "Assessments and deadlines only the school knows: ask, and type them in."
                ),
            ),
        )
        self.ui.periods.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.ui.periods.attach(self.period_form, self.ui.periodScroll)
        self.ui.periods.selected.connect(lambda one: origin.setText(self._origin(one)))

    def say_short(self, short: bool) -> None:
        """The buttons of the periods in few words, where room is short; their tool tips say all of it."""
        self.checked_button.setText(self.tr("Checked") if short else self.tr("Checked today"))
        self.confirmed_button.setText(self.tr("Confirmed") if short else self.tr("School confirmed"))

    def _set_up_terms(self) -> None:
        self.ui.terms.setup(
            self._context,
            ListSetup(
                cls=Term,
                key="school_terms",
                add_text=self.tr("Add term"),
                columns=[
                    Column("name", self.tr("Term"), lambda one: one.name, strong=True),
                    Column("days", self.tr("Days"), lambda one: span_text(one.starts_on, one.ends_on), 210),
                    Column("letter", self.tr("First week"), lambda one: one.first_week_letter, 90),
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
        self.ui.terms.attach(self.term_form, self.ui.termScroll)

    def _set_up_lessons(self) -> None:
        self.ui.lessons.setup(
            self._context,
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
        self.ui.lessons.attach(self.lesson_form, self.ui.lessonScroll)

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

    def chosen_periods(self) -> list[CalendarPeriod]:
        """The periods that are marked in the list."""
        indexes = self.ui.periods.table.selectionModel().selectedRows()
        return [one for index in indexes if (one := index.data(RECORD_ROLE)) is not None]

    def _note(self, *, confirmed: bool) -> None:
        """Note for the marked periods that they were checked today, or that the school confirmed them."""
        self.period_form.flush()
        ids = [one.id for one in self.chosen_periods()]
        if not ids:
            return
        today = self._context.today()
        days: dict[str, Any] = {"confirmed_on": today} if confirmed else {"checked_on": today}
        if self._context.attempt(school_years.note_periods, self._context.workspace, ids, **days) is not None:
            text = self.tr("Confirmed by the school: {count}") if confirmed else self.tr("Checked today: {count}")
            self._context.notify(text.format(count=len(ids)))

    def _standing(self, period: CalendarPeriod) -> Chip | None:
        return standing_chip(period, self._year, self._context.today()) if self._year is not None else None

    def _standing_words(self, period: CalendarPeriod) -> str:
        return standing_words(period, self._year, self._context.today()) if self._year is not None else ""

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
            text = self.tr("{source}, read on {day}").format(source=text, day=day)
        return "\n".join(part for part in (capital(text), self._standing_words(period)) if part)


def _week_letters() -> list[tuple[Any, str]]:
    text = QCoreApplication.translate("YearLists", "{letter} week")
    return [(letter, text.format(letter=letter)) for letter in ("A", "B")]


def _days(period: CalendarPeriod) -> str:
    """Days without their year, which is that of the school year: "22 Dec – 6 Jan"."""
    first, last = (day_text(day, year=False) for day in (period.starts_on, period.ends_on))
    return first if first == last else f"{first} – {last}"


def _weekdays() -> list[tuple[Any, str]]:
    names = [QLocale().standaloneDayName(number) for number in range(1, 8)]
    every = QCoreApplication.translate("YearLists", "Monday to Friday")
    return [(None, every), *enumerate(names)]


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
