"""From an empty folder to a DOCX agreement, an ICS calendar and a CSV of hours, through the real window."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import docx
import icalendar
import pytest
import recurring_ical_events
from docx.oxml.ns import qn
from ical.calendar_stream import IcsCalendarStream
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.agreements import Clause, ClauseState
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.clause_library import QuestionType
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.hours import HourEntry
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Expectation, Outreach, Partnership, ReadinessAnswer, Stage
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term
from cocivic_desktop.services import calendar, records
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.dialogs.calendar_import_dialog import CalendarImportDialog
from cocivic_desktop.ui.dialogs.first_steps import OurOrganisationDialog
from cocivic_desktop.ui.dialogs.new_partnership import NewPartnershipDialog
from cocivic_desktop.ui.main_window import MainWindow
from cocivic_desktop.ui.pages.agreement_page import AgreementPage
from cocivic_desktop.ui.pages.calendar.export_dialog import CalendarExportDialog
from cocivic_desktop.ui.pages.calendar_page import CalendarPage
from cocivic_desktop.ui.pages.goals_page import GoalsPage
from cocivic_desktop.ui.pages.home_page import HomePage
from cocivic_desktop.ui.pages.hours_page import HoursPage
from cocivic_desktop.ui.pages.initiate_page import InitiatePage
from cocivic_desktop.ui.widgets.date_field import DateField
from cocivic_desktop.ui.widgets.record_list import RecordList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

TODAY = date(2026, 9, 14)
DATA = Path(__file__).parents[2] / "shared" / "data"
TITLE = "Green Harbour with North Vocational School"
CLOSED = [
    ("20261012", "20261025", "Autumn holidays"),
    ("20261221", "20270107", "Christmas holidays"),
    ("20270329", "20270411", "Easter holidays"),
]
"""First day, and the day after the last, as calendars of schools say it."""
Shown = TypeVar("Shown", bound=QWidget)


class Coordinator:
    """Somebody at the window: types, clicks, waits, looks."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window, self.context = qtbot, window, window.context

    @property
    def workspace(self) -> Workspace:
        return self.context.workspace

    def until(self, seen: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(seen, timeout=20_000)

    def dialog(self, cls: type[Shown]) -> Shown:
        self.until(lambda: any(one.isVisible() for one in self.window.findChildren(cls)))
        return next(one for one in self.window.findChildren(cls) if one.isVisible())

    def write(self, widget: QWidget, text: str) -> None:
        """Replace what stands in a field, and leave it."""
        if isinstance(widget, DateField):
            widget.line.setText(text)
            widget.line.editingFinished.emit()
            return
        assert isinstance(widget, QLineEdit | QPlainTextEdit)
        widget.selectAll()
        QTest.keyClicks(widget, text)
        if isinstance(widget, QLineEdit):
            widget.editingFinished.emit()

    def choose(self, box: QComboBox, text: str) -> None:
        number = box.findText(text, Qt.MatchFlag.MatchFixedString)
        assert number >= 0, f"{text} is not offered"
        box.setCurrentIndex(number)
        box.activated.emit(number)

    def add(self, listed: RecordList) -> None:
        (listed.add_button if listed.model.rows else listed.empty.action_button).click()

    def go(self, stage: Stage, section: str = "") -> None:
        self.window.navigate(Target.partnership(self.partnership.id, stage, section))

    def page(self, stage: Stage, cls: type[Shown]) -> Shown:
        self.go(stage)
        return next(one for one in self.window.findChildren(cls) if one.isVisible())

    @property
    def partnership(self) -> Partnership:
        return records.find(self.workspace, Partnership)[0]

    def only(self, cls: Any, **equals: Any) -> Any:
        """The one record of a class; fails when there are more or none."""
        (found,) = records.find(self.workspace, cls, **equals)
        return found


@pytest.fixture
def open_window(qtbot: QtBot, data_folder: Path, qapp_dressed: QApplication) -> Iterator[Callable[[], Coordinator]]:
    """Opens the window on the one workspace file, as often as wanted."""
    windows: list[MainWindow] = []

    def start() -> Coordinator:
        context = Context(QSettings(str(data_folder / "settings.ini"), QSettings.Format.IniFormat))
        context.today = lambda: TODAY
        window = MainWindow(context)
        context.report = context.tasks.on_error = fail
        path = data_folder / "school.cocivic"
        window.resize(1366, 768)
        window.show()
        window.show_workspace(Workspace.open(path) if path.exists() else Workspace.create(path))
        windows.append(window)
        return Coordinator(qtbot, window)

    yield start
    for window in windows:
        for dialog in window.findChildren(QDialog):
            dialog.close()
        window.close()
        window.deleteLater()


def fail(error: Exception) -> None:
    raise error


def first_steps(me: Coordinator) -> None:
    home = me.window.findChild(HomePage)
    assert home is not None
    home.ui.empty.action_button.click()
    ours = me.dialog(OurOrganisationDialog)
    me.write(ours.ui.nameLine, "Green Harbour")
    me.write(ours.ui.cityLine, "Kiel")
    me.choose(ours.ui.countryBox, "Germany")
    me.write(ours.ui.regionLine, "SH")
    me.write(ours.ui.coordinatorLine, "Mara Jensen")
    ours.ui.nextButton.click()
    school = me.dialog(NewPartnershipDialog)
    me.write(school.ui.schoolLine, "North Vocational School")
    me.write(school.ui.contactLine, "Ute Clausen")
    school.ui.startButton.click()
    assert me.partnership.title == TITLE
    assert me.window.target == Target.partnership(me.partnership.id)


def initiate(me: Coordinator) -> None:
    page = me.page(Stage.INITIATE, InitiatePage)
    me.go(Stage.INITIATE, "outreach")
    me.add(page.outreach.ui.contacts)
    me.write(page.outreach.entry.ui.outcome, "The head would like to meet us.")
    page.outreach.entry.ui.saveButton.click()
    assert me.only(Outreach).outcome == "The head would like to meet us."
    me.go(Stage.INITIATE, "readiness")
    page.readiness.ui.partlyButton.click()
    assert me.only(ReadinessAnswer).answer == "partly"
    me.go(Stage.INITIATE, "expectations")
    before = len(records.find(me.workspace, Expectation))
    page.expectations.ui.columns.buttons[Side.CSO].menu().actions()[0].trigger()
    detail = page.expectations.ui.detail
    me.write(detail.ui.text, "One contact who answers within two days.")
    detail.form.flush()
    texts = [one.text for one in records.find(me.workspace, Expectation)]
    assert len(texts) == before + 1
    assert "One contact who answers within two days." in texts


def agree_on_a_goal(me: Coordinator) -> None:
    shared = me.page(Stage.GOALS, GoalsPage).goals
    me.add(shared.ui.goals)
    me.write(shared.ui.statement, "Learners repair forty bicycles for the quarter.")
    me.write(shared.ui.agreed_cso_on, "14.9.2026")
    me.write(shared.ui.agreed_school_on, "11.9.2026")
    shared.form.flush()
    goal = me.only(SharedGoal, statement="Learners repair forty bicycles for the quarter.")
    assert (goal.agreed_cso_on, goal.agreed_school_on) == (date(2026, 9, 14), date(2026, 9, 11))


def school_year(me: Coordinator) -> CalendarPage:
    page = me.page(Stage.CALENDAR, CalendarPage)
    page.bring_up(page.years)
    assert page.years.years.ui.newHolidays.isChecked(), "public holidays of the school's region are offered"
    page.years.years.ui.createButton.click()
    me.until(lambda: page.years.years.year is not None)
    assert len(records.find(me.workspace, Term)) == 2
    names = {one.name for one in records.find(me.workspace, CalendarPeriod)}
    assert "Reformation Day" in names, "a public holiday of Schleswig-Holstein, not of all Germany"
    return page


def read_calendar(me: Coordinator, page: CalendarPage, path: Path) -> None:
    dialog = page.years.years.import_file()
    assert dialog is not None
    dialog.read(path)
    me.until(lambda: dialog.preview is not None and dialog.ui.importButton.isEnabled())
    dialog.ui.importButton.click()
    assert not [one for one in me.window.findChildren(CalendarImportDialog) if one.isVisible()]


def plan(me: Coordinator, page: CalendarPage) -> Activity:
    page.bring_up(page.plan)
    me.until(lambda: page.plan.data is not None)
    page.new_button.click()
    panel = page.plan.ui.activityPanel
    me.until(lambda: panel.ui.title.text() == "New activity")
    me.write(panel.ui.title, "Repair workshop")
    me.write(panel.ui.starts_on, "16.9.2026")
    panel.form.flush()
    me.until(lambda: me.only(Activity, title="Repair workshop").starts_on == date(2026, 9, 16))
    activity: Activity = me.only(Activity, title="Repair workshop")
    plan = page.plan
    me.until(lambda: plan.data is not None and plan.data.entry((activity.id, date(2026, 9, 16))) is not None)
    plan.choose((activity.id, date(2026, 9, 16)))
    repeat = plan.ui.repeatPanel
    plan.ui.detail.setCurrentWidget(repeat)
    me.until(lambda: repeat.isVisible() and repeat.entry is not None and repeat.entry.activity.id == activity.id)
    repeat.ui.repeats.click()
    assert repeat.ui.repeats.isChecked()
    assert repeat.ui.ruleProblem.isHidden(), repeat.ui.ruleProblem.text()
    repeat.store()
    activity = me.only(Activity, title="Repair workshop")
    assert activity.recurrence is not None
    assert activity.recurrence.weekdays == [2]
    return activity


def agree(me: Coordinator) -> AgreementPage:
    page = me.page(Stage.AGREEMENT, AgreementPage)
    me.go(Stage.AGREEMENT, "interview")
    waiting = page.ui.tabs.tabText(1)
    for _ in range(4):
        item = page.interview.item
        assert item is not None
        editor = page.interview.ui.editor
        kind = item.question.type if item.question is not None else None
        if kind is None:
            me.write(page.interview.ui.solution, "Both sides name a stand-in.")
        elif kind is QuestionType.TEXT:
            me.write(editor.line, "Bicycle mechanics, year 2")
        elif kind is QuestionType.PERSON:
            me.write(editor.person.line, "Ada Brandt")
        elif kind is QuestionType.NUMBER:
            editor.number.setValue(int(editor.value or 24))
        elif editor.value is None:
            editor.choice.findChildren(QRadioButton)[0].click()
        page.interview.ui.answerButton.click()
    me.until(lambda: page.ui.tabs.tabText(1) != waiting)
    me.go(Stage.AGREEMENT, "clauses")
    clauses = page.clauses
    for number in (0, 1):
        wanted = clauses.ui.clauses.model.rows[number].id
        clauses.select(wanted)
        me.choose(clauses.ui.state, "Agreed")
        clauses.form.flush()
        assert records.get(me.workspace, Clause, wanted).state is ClauseState.AGREED
    return page


def note_hours(me: Coordinator) -> HoursPage:
    page = me.page(Stage.HOURS, HoursPage)
    for line in ("mara 1h30 mentoring today", "24 students 2h"):
        me.write(page.enter.ui.quickLine, line)
        QTest.keyClick(page.enter.ui.quickLine, Qt.Key.Key_Return)
    entries = records.find(me.workspace, HourEntry, order="minutes")
    assert [(one.minutes, one.head_count) for one in entries] == [(90, None), (120, 24)]
    assert entries[0].person_id == me.only(Person, name="Mara Jensen").id
    return page


def check_document(path: Path) -> None:
    document = docx.Document(str(path))
    assert any("Memorandum of understanding" in one.text for one in document.paragraphs)
    body = document.element.body  # clauses stand in content controls, which `document.paragraphs` passes over
    headings = body.xpath(".//w:p[w:pPr/w:pStyle/@w:val='ClauseHeading']")
    assert len(headings) > 20
    style = next(one for one in document.styles if one.style_id == "ClauseHeading")
    assert style.element.xpath("./w:pPr/w:numPr/w:numId"), "numbered by the program that opens it"
    tables = [["".join(cell.itertext()) for cell in one.iter(qn("w:tc"))] for one in body.iter(qn("w:tbl"))]
    assert len(tables) >= 4
    assert any("forty bicycles" in cell for cells in tables for cell in cells), "the goal stands in its table"
    everything = "".join(body.itertext())
    for word in ("Green Harbour", "North Vocational School", "Mara Jensen"):
        assert word in everything


def check_calendar(me: Coordinator, path: Path) -> None:
    found = calendar.occurrences(me.workspace, me.partnership.id, date(2026, 1, 1), date(2028, 1, 1))
    ours = sorted(
        (found.activities[one.activity_id].title, one.starts_at.astimezone(UTC))
        for one in found.occurrences
        if one.starts_at is not None
    )
    assert len(ours) == len(found.occurrences) > 20
    data = path.read_bytes()
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(date(2026, 1, 1), date(2028, 1, 1))
    assert sorted((str(one["SUMMARY"]), one.start.astimezone(UTC)) for one in events) == ours
    span = IcsCalendarStream.calendar_from_ics(data.decode()).timeline_tz(UTC)
    read = span.included(date(2026, 1, 1), date(2028, 1, 1))
    assert sorted((str(one.summary), in_utc(one.dtstart)) for one in read) == ours


def in_utc(moment: object) -> datetime:
    assert isinstance(moment, datetime)
    return moment.astimezone(UTC)


def published_calendar(path: Path) -> Path:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//North Vocational School//Calendar//EN"]
    for number, (first, after, name) in enumerate(CLOSED):
        lines += ["BEGIN:VEVENT", f"UID:{number}@north.example", "DTSTAMP:20260601T080000Z"]
        lines += [f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{after}", f"SUMMARY:{name}", "END:VEVENT"]
    path.write_bytes("\r\n".join([*lines, "END:VCALENDAR", ""]).encode())
    return path


def test_from_the_first_start_to_the_files(open_window: Callable[[], Coordinator], tmp_path: Path) -> None:
    me = open_window()
    first_steps(me)
    initiate(me)
    agree_on_a_goal(me)
    page = school_year(me)
    read_calendar(me, page, published_calendar(tmp_path / "school.ics"))
    holidays = {one.name: one for one in records.find(me.workspace, CalendarPeriod, kind=PeriodKind.HOLIDAY)}
    assert holidays["Autumn holidays"].ends_on == date(2026, 10, 24), "the file names the day after the last"
    workshop = plan(me, page)
    dates = calendar.occurrences(me.workspace, me.partnership.id, TODAY, date(2027, 2, 28))
    held = {one.on for one in dates.occurrences if one.activity_id == workshop.id}
    left_out = {one.on for one in dates.skips if one.activity_id == workshop.id}
    assert {date(2026, 9, 16), date(2026, 10, 7), date(2026, 10, 28), date(2027, 1, 13)} <= held
    assert {date(2026, 10, 14), date(2026, 10, 21), date(2026, 12, 23), date(2026, 12, 30)} <= left_out
    assert not held & left_out
    agreement = agree(me)
    hours_page = note_hours(me)

    agreement.export_to(tmp_path / "agreement.docx")
    hours_page.enter.entries.export_to(tmp_path / "hours.csv")
    me.page(Stage.CALENDAR, CalendarPage).export()
    dialog = me.dialog(CalendarExportDialog)
    dialog.ui.pathLine.setText(str(tmp_path / "calendar.ics"))
    dialog.ui.exportButton.click()
    me.until(dialog.ui.resultLabel.isVisible)
    me.until(lambda: (tmp_path / "agreement.docx").exists() and (tmp_path / "hours.csv").exists())
    dialog.close()
    check_document(tmp_path / "agreement.docx")
    check_calendar(me, tmp_path / "calendar.ics")
    rows = list(csv.reader((tmp_path / "hours.csv").read_text("utf-8-sig").splitlines(), dialect="excel"))
    assert len(rows) == 3
    assert any("Mara Jensen" in ",".join(row) for row in rows[1:])

    while me.workspace.undo_step() is not None and len(records.find(me.workspace, HourEntry)) > 1:
        me.window.undo_actions.undo.trigger()
    assert me.only(HourEntry).minutes == 90
    me.until(me.window.undo_actions.redo.isEnabled)
    me.window.undo_actions.redo.trigger()
    assert len(records.find(me.workspace, HourEntry)) == 2
    me.window.close()

    again = open_window()
    assert again.partnership.title == TITLE
    assert len(records.find(again.workspace, HourEntry)) == 2
    assert again.only(SchoolYear).label == "2026/27"
    assert again.only(Activity, title="Repair workshop").recurrence == workshop.recurrence
    again.until(again.window.undo_actions.undo.isEnabled)
    again.window.undo_actions.undo.trigger()
    assert again.only(HourEntry).minutes == 90


@pytest.mark.skipif(not DATA.is_dir(), reason="the published calendars are not beside this checkout")
def test_published_calendars_of_schleswig_holstein(open_window: Callable[[], Coordinator]) -> None:
    me = open_window()
    first_steps(me)
    page = school_year(me)
    read_calendar(me, page, DATA / "openholidays" / "de-sh-school.csv")
    holidays = records.find(me.workspace, CalendarPeriod, kind=PeriodKind.HOLIDAY, order="starts_on")
    assert any(one.starts_on <= date(2026, 10, 14) <= one.ends_on for one in holidays), "autumn"
    assert any(one.starts_on <= date(2026, 12, 28) <= one.ends_on for one in holidays), "Christmas"
    count = len(records.find(me.workspace, CalendarPeriod))
    dialog = page.years.years.import_file()
    assert dialog is not None
    dialog.read(DATA / "ics-schools" / "schleswig-holstein-2015-2024.ics")
    me.until(lambda: dialog.preview is not None)
    assert dialog.preview is not None
    assert dialog.preview.periods == [], "these years are over"
    assert not dialog.ui.importButton.isEnabled()
    assert "Nothing in this file lies between" in dialog.ui.hintLabel.text()
    dialog.close()
    assert len(records.find(me.workspace, CalendarPeriod)) == count
    assert {one.is_ours for one in records.find(me.workspace, Organisation)} == {True, False}
