"""From a school's published calendar to a plan that holds, and what becomes of it when the school changes its calendar.

Each step is one act of a coordinator and ends where there is something to see. `STEPS` is their order.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt

from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementState,
    Clause,
    ClauseState,
    CommunicationRoutine,
    RoutineRhythm,
)
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember, PipelineState, Stage
from cocivic_desktop.services import records
from cocivic_desktop.ui.dialogs.calendar_change.dialog import CalendarChangeDialog
from cocivic_desktop.ui.dialogs.calendar_import_dialog import CalendarImportDialog
from cocivic_desktop.ui.pages.calendar.detail import PEOPLE_TAB, REPEAT_TAB
from cocivic_desktop.ui.pages.calendar.export_dialog import CalendarExportDialog
from cocivic_desktop.ui.pages.calendar.plan_dialog import PlanDialog
from cocivic_desktop.ui.pages.calendar.views.month_cells import rows_of
from cocivic_desktop.ui.pages.calendar_page import CalendarPage
from cocivic_desktop.ui.pages.partnerships_page import PartnershipsPage
from cocivic_desktop.ui.widgets.school_year_editor import STRIP

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace
    from scripts.walks.hand import Hand

PAGE, PICTURES = "calendar.md", "walk-calendar"
HEAD = """# A plan that respects the school's year

How a coordinator reads a school's published calendar, plans a weekly session around it, settles what is in the way and
hands the plan on; and what happens when the school changes its calendar. `.venv/bin/python -m scripts.film calendar`
makes this page and its pictures: it clicks and types on the real window. It begins with one partnership with a school
in Schleswig-Holstein, a team of two, and a signed agreement. The school and its calendar are made up.

A date that is dragged counts as one click, a file chosen in the system's own dialog as three."""
CALENDAR = """Bezeichnung;Beginn;Ende
Herbstferien;05.10.2026;17.10.2026
Schulentwicklungstag (unterrichtsfrei);25.11.2026;25.11.2026
Weihnachtsferien;21.12.2026;06.01.2027
Osterferien;30.03.2027;10.04.2027
Beweglicher Ferientag;07.05.2027;07.05.2027
"""
CHANGED = CALENDAR.replace("05.10.2026;17.10.2026", "19.10.2026;31.10.2026").replace("25.11.2026", "12.11.2026")
FIRST_EXAM, LAST_EXAM = date(2026, 12, 7), date(2026, 12, 11)
SESSION, HOLIDAY, FREE = date(2026, 10, 1), date(2026, 10, 8), date(2026, 10, 2)
BEFORE = "No sessions take place from 5 October 2026 to 17 October 2026. The plan of dates follows the school's year."


def prepare(workspace: Workspace) -> None:
    """One partnership with its team and a signed agreement that promises check-ins."""
    ours = Organisation(
        name="Green Harbour", kind=OrganisationKind.CSO, is_ours=True, country="DE", email="office@green.example"
    )
    school = Organisation(name="North Vocational School", city="Kiel", country="DE", region="SH")
    mentor = Person(name="Mara Jensen", kind=PersonKind.MENTOR, organisation_id=ours.id, email="mara@green.example")
    teacher = Person(name="Ute Clausen", kind=PersonKind.TEACHER, organisation_id=school.id, email="ute@north.example")
    shared = Partnership(
        title="Repair corner", school_id=school.id, pipeline=PipelineState.AGREED,
        starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 30), coordinator_id=mentor.id,
    )  # fmt: skip
    agreement = Agreement(
        partnership_id=shared.id, state=AgreementState.SIGNED, starts_on=shared.starts_on, ends_on=shared.ends_on
    )
    agreement.notice_days = 0  # else the day of the filming would count
    clause = Clause(agreement_id=agreement.id, titles={"en": "Dates"}, texts={"en": BEFORE}, state=ClauseState.AGREED)
    checks = CommunicationRoutine(
        agreement_id=agreement.id, title="Check-in of mentor and teacher", rhythm=RoutineRhythm.PER_TERM, count=2,
        person_cso_id=mentor.id, person_school_id=teacher.id,
    )  # fmt: skip
    team = [
        PartnershipMember(partnership_id=shared.id, person_id=one.id, role=role, is_contact=True)
        for one, role in ((mentor, "mentor"), (teacher, "teacher"))
    ]
    with workspace.write("create_sample", undoable=False):
        for record in (ours, school, mentor, teacher, shared, agreement, clause, checks, *team):
            records.add(workspace, record)


def empty(hand: Hand, folder: Path) -> None:
    """Before the school's year is known, the calendar says what to do first."""
    del folder
    hand.place("partnerships")
    column = hand.find(PartnershipsPage).ui.board.columns[PipelineState.AGREED]
    hand.until(lambda: column.model().rowCount() > 0)
    hand.row(column, 0)
    hand.press(Qt.Key.Key_Return)
    hand.stage(Stage.CALENDAR)


def school_year(hand: Hand, folder: Path) -> None:
    """The dates of the year are proposed; the public holidays of country and region come with it."""
    del folder
    page = hand.find(CalendarPage)
    hand.click(page.plan.no_year.action_button)
    hand.click(page.years.years.ui.createButton)


def published_calendar(hand: Hand, folder: Path, text: str = CALENDAR) -> None:
    """The calendar that the school publishes is read; nothing is stored before somebody has looked at it."""
    path = folder / "termine.csv"
    path.write_text(text, encoding="utf-8")
    hand.click(hand.find(CalendarPage).years.years.ui.importButton)
    dialog = hand.find(CalendarImportDialog)
    dialog.read(path)  # a click on the button, one on the file, one on Open
    hand.clicks += 3
    hand.until(lambda: dialog.preview is not None)


def assessments(hand: Hand, folder: Path) -> None:
    """The week of written exams is drawn on the year with the mouse, and named."""
    del folder
    hand.click(hand.find(CalendarImportDialog).ui.importButton)
    years = hand.find(CalendarPage).years.years
    hand.tab(years.ui.parts, STRIP)
    strip = years.ui.strip
    hand.hold(strip, strip.place_of(FIRST_EXAM).toPoint())
    hand.let_go(strip, strip.place_of(LAST_EXAM).toPoint())
    hand.type("Written exams")
    hand.press(Qt.Key.Key_Return)


def weekly_session(hand: Hand, folder: Path) -> None:
    """A weekly session in teaching weeks, until the exams: its dates, and those left out, while it is edited."""
    del folder
    new_activity(hand, "Repair session", "24.9.2026")
    ui = hand.find(CalendarPage).plan.ui
    hand.choose(ui.activityPanel.ui.status, "Confirmed")
    hand.tab(ui.detail, REPEAT_TAB)
    rule = ui.repeatPanel.ui
    hand.click(rule.repeats)
    hand.choose(rule.ends, "before the assessments")


def new_activity(hand: Hand, title: str, day: str) -> None:
    """A new activity with its name and its day."""
    page = hand.find(CalendarPage)
    hand.click(page.new_button)
    panel = page.plan.ui.activityPanel.ui
    hand.until(panel.title.hasFocus)
    hand.type(title)
    hand.type(day, panel.starts_on.line)
    hand.press(Qt.Key.Key_Return)


def team(hand: Hand, folder: Path) -> None:
    """Who takes part in all its dates: the whole team with one click."""
    del folder
    ui = hand.find(CalendarPage).plan.ui
    hand.tab(ui.detail, PEOPLE_TAB)
    hand.click(ui.peoplePanel.ui.teamButton)


def dragged(hand: Hand, folder: Path) -> None:
    """In the month, a date is held over a holiday: what is in the way is said before anything is moved."""
    del folder
    ui = hand.find(CalendarPage).plan.ui
    hand.click(ui.detailsButton)
    hand.click(ui.monthButton)
    hand.click(ui.nextButton)
    port = ui.month.viewport()
    hand.hold(port, place_of_session(hand, SESSION))
    hand.carry(port, day_place(hand, HOLIDAY))
    hand.until(lambda: "Not possible" in ui.month.handling.words)


def day_place(hand: Hand, day: date) -> QPoint:
    """The middle of a day."""
    month = hand.find(CalendarPage).plan.ui.month
    return month.visualRect(month.month.index_of(day)).center() + QPoint(0, 12)


def place_of_session(hand: Hand, day: date) -> QPoint:
    """The first date of a day in the month."""
    month = hand.find(CalendarPage).plan.ui.month
    cell = month.visualRect(month.month.index_of(day))
    return rows_of(QRectF(cell), month.month.by_day[day])[0].place.center().toPoint()


def free_day(hand: Hand, folder: Path) -> None:
    """Let go on a free day, for this date only."""
    del folder
    hand.let_go(hand.find(CalendarPage).plan.ui.month.viewport(), day_place(hand, FREE))
    hand.press(Qt.Key.Key_Return)  # to the question which dates are meant


def kept(hand: Hand, folder: Path) -> None:
    """An exhibition in the week of the exams is unwise: among the conflicts it is kept, with a note that says why."""
    del folder
    new_activity(hand, "Exhibition in the hall", "9.12.2026")
    page = hand.find(CalendarPage)
    hand.tab(page.ui.tabs, page.ui.tabs.indexOf(page.conflicts))
    hand.until(lambda: bool(page.conflicts.model.rows))
    hand.type("Class 11 has no exam that day.", page.conflicts.ui.detail.ui.noteLine)


def promise(hand: Hand, folder: Path) -> None:
    """What the agreement promises and has no date yet: free days are proposed, and planned with one click."""
    del folder
    page = hand.find(CalendarPage)
    hand.press(Qt.Key.Key_Return)
    hand.tab(page.ui.tabs, page.ui.tabs.indexOf(page.to_schedule))
    hand.until(page.to_schedule.ui.planButton.isVisible)


def year_at_a_glance(hand: Hand, folder: Path) -> None:
    """The year by weeks, with the promised check-ins in it."""
    del folder
    page = hand.find(CalendarPage)
    hand.click(page.to_schedule.ui.planButton)
    hand.tab(page.ui.tabs, page.ui.tabs.indexOf(page.plan))
    hand.click(page.plan.ui.stripButton)


def calendar_file(hand: Hand, folder: Path) -> None:
    """A calendar file for everybody's mail program."""
    del folder
    page = hand.find(CalendarPage)
    hand.choose_from(page.export_button, "Calendar file")
    dialog = hand.find(CalendarExportDialog)
    hand.click(dialog.ui.exportButton)
    hand.until(dialog.ui.resultLabel.isVisible)


def plan_on_paper(hand: Hand, folder: Path) -> None:
    """The plan of the year as a document for the staff room."""
    del folder
    hand.click(hand.find(CalendarExportDialog).ui.closeButton)
    hand.choose_from(hand.find(CalendarPage).export_button, "Plan of the year")
    dialog = hand.find(PlanDialog)
    hand.click(dialog.ui.writeButton)
    hand.until(dialog.ui.resultLabel.isVisible)


def another_calendar(hand: Hand, folder: Path) -> None:
    """The school has changed its calendar: the new file is read into the same year."""
    hand.click(hand.find(PlanDialog).ui.closeButton)
    page = hand.find(CalendarPage)
    hand.tab(page.ui.tabs, page.ui.tabs.indexOf(page.years))
    published_calendar(hand, folder, CHANGED)


def compared(hand: Hand, folder: Path) -> None:
    """What the new file changes."""
    del folder
    hand.click(hand.find(CalendarImportDialog).ui.compareButton)
    dialog = hand.find(CalendarChangeDialog)
    hand.until(lambda: dialog.comparison is not None)


def hits(hand: Hand, folder: Path) -> None:
    """Which planned dates it hits."""
    del folder
    hand.click(hand.find(CalendarChangeDialog).ui.nextButton)


def new_dates(hand: Hand, folder: Path) -> None:
    """For each of them a new date, the nearest free ones first."""
    del folder
    hand.click(hand.find(CalendarChangeDialog).ui.nextButton)


def sent(hand: Hand, folder: Path) -> None:
    """All is stored in one step; drafts of messages are written, and the amendment is drafted."""
    ui = hand.find(CalendarChangeDialog).ui
    hand.click(ui.nextButton)
    hand.find(CalendarChangeDialog).send.write(folder)  # three clicks in the system's own dialog
    hand.clicks += 3
    hand.click(ui.amendButton)


def afterwards(hand: Hand, folder: Path) -> None:
    """The month as it is now; one Ctrl+Z would take all of it back."""
    del folder
    hand.click(hand.find(CalendarChangeDialog).ui.nextButton)
    page = hand.find(CalendarPage)
    hand.tab(page.ui.tabs, page.ui.tabs.indexOf(page.plan))
    ui = page.plan.ui
    hand.click(ui.detailsButton)
    hand.click(ui.monthButton)
    while "October" not in ui.rangeLabel.text():
        hand.click(ui.previousButton)


STEPS: tuple[Callable[[Hand, Path], None], ...] = (
    empty, school_year, published_calendar, assessments, weekly_session, team, dragged, free_day, kept, promise,
    year_at_a_glance, calendar_file, plan_on_paper, another_calendar, compared, hits, new_dates, sent, afterwards,
)  # fmt: skip
