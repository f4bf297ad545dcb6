"""From an empty workspace to three schools in the pipeline, and with one of them four agreed goals and two challenges.

Each step is one act of a coordinator and ends where there is something to see. `STEPS` is their order.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.partnerships import PipelineState, Stage
from cocivic_desktop.ui.dialogs.bring_model import BringModelDialog
from cocivic_desktop.ui.dialogs.choose_lines import ChooseLinesDialog
from cocivic_desktop.ui.dialogs.first_steps import OurOrganisationDialog
from cocivic_desktop.ui.dialogs.new_partnership import NewPartnershipDialog
from cocivic_desktop.ui.dialogs.school_import import SchoolImportDialog
from cocivic_desktop.ui.pages.calendar_page import CalendarPage
from cocivic_desktop.ui.pages.goals_page import GoalsPage
from cocivic_desktop.ui.pages.home_page import HomePage
from cocivic_desktop.ui.pages.initiate_page import InitiatePage
from cocivic_desktop.ui.pages.partnerships_page import PartnershipsPage
from cocivic_desktop.ui.pages.people_page import PeoplePage
from scripts.walks.hand import Hand

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTreeWidgetItem

PAGE, PICTURES = "initiate-and-goals.md", "walk-initiate-goals"
HEAD = """# From an empty workspace to four agreed goals

How a coordinator gets from nothing to three schools in the pipeline, and with one of them to four shared goals that
both sides have agreed to and two challenges for a class. `.venv/bin/python -m scripts.film` makes this page and its
pictures: it clicks and types on the real window. The same walk is a test (`tests/test_initiate_and_goals.py`).
Talking with the school about goals takes longer than the minutes below, and should."""
BESIDES = ("readiness", "agenda", "answers", "expectations", "solution", "board")
"""Steps that belong to a good start, but not to schools in the pipeline, goals and challenges as such."""
UNSHOWN = ("people",)
SCHOOLS = "Okul;Şehir\r\nÇağrı Meslek Lisesi;İzmir\r\nIşık Teknik Okulu;Muğla\r\n"
"""A list as a province publishes it: semicolons, and Turkish letters in their Windows encoding."""
ENCODING = "cp1254"
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def empty(hand: Hand, folder: Path) -> None:
    """An empty workspace says how to begin."""
    del folder
    hand.find(HomePage)


def ourselves(hand: Hand, folder: Path) -> None:
    """Our organisation is described once: agreements, letters and the profile use it."""
    del folder
    hand.click(hand.find(HomePage).ui.empty.action_button)
    ours = hand.find(OurOrganisationDialog).ui
    hand.type("Green Harbour", ours.nameLine)
    for line, text in (
        (ours.streetLine, "Hafenstraße 4"),
        (ours.postalLine, "24103"),
        (ours.cityLine, "Kiel"),
        (ours.regionLine, "SH"),
        (ours.coordinatorLine, "Mara Jensen"),
        (ours.emailLine, "office@green.example"),
        (ours.representedLine, "Aylin Demir, chair"),
    ):
        hand.type(text, line)
    hand.choose(ours.countryBox, "Germany")
    hand.type("We keep the quarter's things in use: repair, lend, share.", ours.missionText)


def first_school(hand: Hand, folder: Path) -> None:
    """A school goes into the pipeline with nothing but its name and place."""
    del folder
    hand.click(hand.find(OurOrganisationDialog).ui.nextButton)
    hand.click(hand.find(NewPartnershipDialog).ui.cancelButton)
    hand.place("partnerships")
    page = hand.find(PartnershipsPage)
    hand.click(page.ui.empty.action_button)
    hand.type("North Vocational School")
    hand.type("Kiel", page.add_pane.ui.city)


def school_list(hand: Hand, folder: Path) -> None:
    """A published list of schools is read; each row says what would become of it."""
    page = hand.find(PartnershipsPage)
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_Escape)
    path = folder / "okullar.csv"
    path.write_bytes(SCHOOLS.encode(ENCODING))
    hand.click(page.ui.importButton)
    dialog = hand.find(SchoolImportDialog)
    dialog.read(
        path
    )  # the file is chosen in the system's own dialog: a click on the button, one on the file, one on Open
    hand.clicks += 3
    hand.until(lambda: bool(dialog.rows))


def contacts(hand: Hand, folder: Path) -> None:
    """Three schools on the board: contacts are logged, and one card is carried to “exploring” by keyboard."""
    del folder
    hand.click(hand.find(SchoolImportDialog).ui.importButton)
    page = hand.find(PartnershipsPage)
    board = page.ui.board
    for name, outcome in (
        ("North", "The deputy head, Ute Clausen, likes the idea and wants to meet."),
        ("Çağrı", "Wrote to the office; no answer yet."),
    ):
        one = next(one for one in page.prospects if one.school_name.startswith(name))
        column = board.columns[one.state]
        hand.row(column, column.cards.row_of(one.id))
        hand.press(Qt.Key.Key_L, CTRL)
        hand.type(outcome, page.contact.ui.outcome)
        hand.click(page.contact.ui.weekButton)
        hand.press(Qt.Key.Key_Return, CTRL)
    north = next(one for one in page.prospects if one.school_name.startswith("North"))
    column = board.columns[north.state]
    hand.row(column, column.cards.row_of(north.id))
    while page.current is not None and page.current.state is not PipelineState.EXPLORING:
        hand.press(Qt.Key.Key_Right, CTRL)


def people(hand: Hand, folder: Path) -> None:
    """Who speaks for the school is noted with an address, for the invitation."""
    del folder
    hand.place("people")
    page = hand.find(PeoplePage)
    hand.click(page.ui.people.add_button)
    hand.type("Ute Clausen", page.ui.name)
    hand.choose(page.ui.kind, "School leadership")
    hand.choose(page.ui.organisation_id, "North Vocational School")
    hand.type("clausen@north.example", page.ui.email)


def readiness(hand: Hand, folder: Path) -> None:
    """Each question is answered with one key; what is not known stays visible."""
    del folder
    hand.place("partnerships")
    hand.press(Qt.Key.Key_Return)
    page = hand.find(InitiatePage)
    hand.tab(page.ui.tabs, 1)
    part = page.readiness
    for button, keys in ((part.ui.ownButton, "112114111111"), (part.ui.schoolButton, "44114444")):
        hand.click(button)
        for key in keys:
            hand.press(Qt.Key(Qt.Key.Key_0 + int(key)))
            hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Up)


def agenda(hand: Hand, folder: Path) -> None:
    """One click turns the unknowns into the agenda of an exploratory meeting, which stands in the calendar."""
    del folder
    page = hand.find(InitiatePage)
    hand.click(page.readiness.ui.agendaButton)
    part = page.meetings
    hand.choose(part.ui.kind, "Exploratory")
    hand.type("18.9.2026", part.ui.held_on.line)
    hand.press(Qt.Key.Key_Return)
    hand.type("14:00", part.ui.activity_start_time)
    hand.press(Qt.Key.Key_Return)
    hand.type("Room 7", part.ui.activity_place)
    hand.choose_from(part.ui.peopleButton, "Ute Clausen")
    hand.choose_from(part.ui.peopleButton, "Mara Jensen")


def answers(hand: Hand, folder: Path) -> None:
    """Answers noted beside the questions are taken over into the checklist, with what was and what will be."""
    del folder
    part = hand.find(InitiatePage).meetings
    for row, said in ((0, "The head, with the department's teachers"), (1, "Learning field 6, eleventh grade")):
        hand.row(part.ui.agenda.ui.items, row)
        hand.click(part.ui.answerPane.ui.yesButton)
        hand.type(said, part.ui.answerPane.ui.answer)
    hand.click(part.ui.minutesTab)
    hand.type("Both sides want a repair corner for the quarter.", part.ui.minutes)
    hand.type("We write down goals by October.", part.ui.decisions)
    hand.click(part.ui.answersButton)
    hand.find(ChooseLinesDialog)


def model(hand: Hand, folder: Path) -> None:
    """A model of cooperation brings goals, a challenge and expectations; what is not wanted is ticked off."""
    del folder
    hand.click(hand.find(ChooseLinesDialog).ui.takeButton)
    page = hand.find(InitiatePage)
    hand.tab(page.ui.tabs, 0)
    hand.click(page.overview.ui.bringModelButton)
    dialog = hand.find(BringModelDialog)
    hand.choose(dialog.ui.modelBox, "Challenge-based learning")
    hand.tab(dialog.ui.modelChoice, 1)
    tree = dialog.ui.modelChoice.tree
    for branch in map(tree.topLevelItem, range(tree.topLevelItemCount())):
        if branch is not None and branch.text(0).startswith(("Activities", "Checklists")):
            untick(hand, dialog, branch)
    tree.scrollToTop()


def untick(hand: Hand, dialog: BringModelDialog, branch: QTreeWidgetItem) -> None:
    """Take a part of the model out: a click on its line, and the space bar."""
    tree = dialog.ui.modelChoice.tree
    hand.row(tree, tree.indexOfTopLevelItem(branch))
    hand.press(Qt.Key.Key_Space)


def expectations(hand: Hand, folder: Path) -> None:
    """What one side expects is laid beside what another offers; what does not fit is solved in words."""
    del folder
    hand.click(hand.find(BringModelDialog).ui.bringButton)
    page = hand.find(InitiatePage)
    hand.tab(page.ui.tabs, 2)
    part = page.expectations
    lists = part.ui.columns.lists
    hand.row(lists[Side.SCHOOL], 1)
    hand.press(Qt.Key.Key_M)
    hand.row(lists[Side.CSO], 3)
    hand.row(lists[Side.CSO], 1)
    hand.press(Qt.Key.Key_X)
    hand.row(lists[Side.LEARNERS], 1)
    hand.type("The user tests each Friday; teams choose how to build it.", part.ui.detail.ui.resolution)
    hand.type("Mara Jensen", part.ui.detail.ui.who)
    hand.click(part.ui.detail.ui.resolveButton)


def overlap(hand: Hand, folder: Path) -> None:
    """Our themes beside the school's objectives: common ground is marked by keys and put into words."""
    del folder
    hand.stage(Stage.GOALS)
    page = hand.find(GoalsPage)
    hand.tab(page.ui.tabs, 2)
    part = page.overlaps
    for line, texts in (
        (part.ui.newTheme, ("Repair instead of waste", "Skills for neighbours")),
        (part.ui.newObjective, ("Projects with real clients", "Fewer drop-outs")),
    ):
        for text in texts:
            hand.type(text, line)
            hand.press(Qt.Key.Key_Return)
    hand.click(part.ui.matrix.viewport(), part.ui.matrix.visualRect(part.ui.matrix.overlaps.index(0, 0)).center())
    hand.press(Qt.Key.Key_2)
    hand.press(Qt.Key.Key_Right)
    hand.press(Qt.Key.Key_1)
    hand.press(Qt.Key.Key_Left)
    hand.type("By June, two classes have repaired forty bicycles for the quarter.", part.ui.common_ground)


def goal(hand: Hand, folder: Path) -> None:
    """“Make it a goal”: each side's benefit, both owners, an indicator, and the assent of both sides."""
    del folder
    page = hand.find(GoalsPage)
    hand.click(page.overlaps.ui.goalButton)
    complete(hand, page, ("Bicycles for those who have none", "Real orders in the workshop", "Work that is used"))
    measure(hand, page, "Bicycles repaired", "40")
    assent(hand, page)


def four_goals(hand: Hand, folder: Path) -> None:
    """Two goals of the model, one of the map and one of our own: four goals that both sides have agreed to."""
    del folder
    page = hand.find(GoalsPage)
    part = page.goals
    hand.click(part.ui.goals.add_button)
    hand.type("Every learner has guided one neighbour through a repair by May.")
    complete(hand, page, ("Neighbours come back", "Practice in explaining", "Confidence with strangers"))
    measure(hand, page, "Neighbours guided", "48")
    assent(hand, page)
    for row in range(2):
        hand.row(part.ui.goals.table, row)
        owners_and_day(hand, page)
        link = part.ui.mission_link
        if not link.toPlainText():
            hand.type("Learners can go on with us afterwards.", link)
        indicators = part.indicators.ui.indicators
        if not indicators.model.rows:
            measure(hand, page, "Badges given", "20")
        assent(hand, page)
    hand.row(part.ui.goals.table, 3)


def complete(hand: Hand, page: GoalsPage, benefits: tuple[str, str, str]) -> None:
    """Fill in what a goal needs before anybody can agree to it."""
    ui = page.goals.ui
    for field, text in zip((ui.benefit_cso, ui.benefit_school, ui.benefit_learners), benefits, strict=True):
        hand.type(text, field)
    hand.type("Learning field 6: service and repair", ui.curriculum_link)
    if not ui.mission_link.toPlainText():
        hand.type("Repair instead of waste", ui.mission_link)
    owners_and_day(hand, page)


def owners_and_day(hand: Hand, page: GoalsPage) -> None:
    """Who looks after a goal on each side, and until when."""
    ui = page.goals.ui
    hand.choose(ui.owner_cso_id, "Mara Jensen")
    hand.choose(ui.owner_school_id, "Ute Clausen")
    hand.type("30.5.2027", ui.target_on.line)
    hand.press(Qt.Key.Key_Return)


def measure(hand: Hand, page: GoalsPage, name: str, target: str) -> None:
    """Add an indicator with its start, its target and where the figure comes from."""
    ui = page.goals.indicators.ui
    hand.add(ui.indicators)
    hand.type(name, ui.name)
    for box, text in ((ui.baseline, "0"), (ui.target, target)):
        hand.type(text, box)
        hand.press(Qt.Key.Key_Return)
    hand.type("List on the workshop's wall", ui.measured_how)
    hand.press(Qt.Key.Key_Return)


def assent(hand: Hand, page: GoalsPage) -> None:
    """Both sides agree today."""
    for button in (page.goals.ui.assent_cso, page.goals.ui.assent_school):
        hand.click(button)


def challenge(hand: Hand, folder: Path) -> None:
    """A challenge for a class; its phases are proposed from the teaching weeks of the school's year."""
    del folder
    hand.stage(Stage.CALENDAR)
    calendar = hand.find(CalendarPage)
    hand.tab(calendar.ui.tabs, calendar.ui.tabs.indexOf(calendar.years))
    hand.click(calendar.years.years.ui.createButton)
    hand.stage(Stage.GOALS)
    page = hand.find(GoalsPage)
    hand.tab(page.ui.tabs, 1)
    part = page.challenges
    hand.click(part.ui.addButton)
    hand.type("A booking form for the repair corner")
    for field, text in (
        (part.ui.question, "How might we let neighbours book a repair in under a minute?"),
        (part.ui.social_need, "Older neighbours stand in line in vain."),
        (part.ui.learning_objectives, "Ask users, build a form, test it."),
    ):
        hand.type(text, field)
    phases(hand, page)


def phases(hand: Hand, page: GoalsPage) -> None:
    """Mentor, teacher, and days for all five phases."""
    ui = page.challenges.ui
    hand.tab(ui.parts, 1)
    hand.choose(ui.mentor_id, "Mara Jensen")
    hand.choose(ui.teacher_id, "Ute Clausen")
    hand.tab(ui.parts, 2)
    hand.click(ui.proposeButton)


def solution(hand: Hand, folder: Path) -> None:
    """An idea of a team has become a solution, rated and adopted."""
    del folder
    page = hand.find(GoalsPage)
    ui = page.challenges.ui
    hand.row(ui.challenges.table, 0)
    phases(hand, page)
    hand.tab(ui.parts, 4)
    hand.add(ui.solutions)
    hand.type("Form with big buttons", ui.solution_title)
    hand.click(ui.solutionButton)
    hand.choose(ui.solutionUsefulness, "4")
    hand.click(ui.solution_adopted)
    hand.type("In use at the counter", ui.solution_adoption)


def board(hand: Hand, folder: Path) -> None:
    """Two challenges on the board by phase; one goes on by keyboard."""
    del folder
    part = hand.find(GoalsPage).challenges
    hand.click(part.ui.boardButton)
    hand.press(Qt.Key.Key_Right, ALT)


STEPS: tuple[Callable[[Hand, Path], None], ...] = (
    empty, ourselves, first_school, school_list, contacts, people, readiness, agenda, answers, model, expectations,
    overlap, goal, four_goals, challenge, solution, board,
)  # fmt: skip
