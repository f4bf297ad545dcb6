"""The guided interview driven as a person drives it, with the document beside it."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from cocivic_desktop.domain.agreements import Agreement, AgreementState
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Expectation, ExpectationKind, MatchState, Partnership, PartnershipMember
from cocivic_desktop.services import agreements, drafts, expectations, records
from cocivic_desktop.services.drafts import Draft
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.pages.agreement.interview import InterviewSection
from cocivic_desktop.ui.pages.agreement_page import AgreementPage


@pytest.fixture
def interview(qtbot: QtBot, started: AgreementPage) -> InterviewSection:
    started.go_to(Target("partnership", started.partnership, section="interview"))
    qtbot.wait(0)
    return started.interview


def draft_of(interview: InterviewSection) -> Draft:
    assert interview.draft is not None
    return drafts.draft(interview.context.workspace, interview.draft.agreement.id)


def clause_id(interview: InterviewSection, code: str) -> UUID:
    return next(clause.id for clause in draft_of(interview).included if clause.code == code)


def key_of(interview: InterviewSection) -> str:
    assert interview.item is not None
    return interview.item.key


def row_of(interview: InterviewSection, question: str) -> int:
    return next(n for n, row in enumerate(interview.ui.answers.rows.rows) if row.question == question)


def test_the_first_open_question_says_why_and_shows_its_clause(interview: InterviewSection) -> None:
    interview.ask("rooms")
    assert interview.ui.question.text() == "Which rooms and equipment does the school provide?"
    assert "booked long before" in interview.ui.why.text()
    resources = clause_id(interview, "resources")
    assert interview.ui.preview.pointed == (resources,)
    assert "[Rooms and equipment that the school provides]" in interview.ui.preview.part_text(resources)
    assert "Rooms, equipment and materials" in interview.ui.fills.text()


def test_every_key_shows_in_the_document_at_once_and_nothing_else_moves(
    qtbot: QtBot, interview: InterviewSection
) -> None:
    interview.ask("rooms")
    resources = clause_id(interview, "resources")
    bar = interview.ui.preview.verticalScrollBar()
    place = bar.value()
    assert place > 0
    typed = "Room 12 {{x}} <b>&"
    for number, key in enumerate(typed, start=1):
        qtbot.keyClicks(interview.ui.editor.line, key)
        assert f"The school provides: {typed[:number].rstrip()}." in interview.ui.preview.part_text(resources)
    assert bar.value() == place
    assert "rooms" not in draft_of(interview).answers
    qtbot.keyClick(interview.ui.editor.line, Qt.Key.Key_Return)
    assert draft_of(interview).answers["rooms"] == typed
    assert key_of(interview) != "rooms"


def test_enter_answers_once_in_every_kind_of_field(qtbot: QtBot, interview: InterviewSection) -> None:
    workspace = interview.context.workspace
    for key, field in (
        ("class_group", interview.ui.editor.line),
        ("student_count", interview.ui.editor.number),
        ("contact_school", interview.ui.editor.person.line),
        ("ends_on", interview.ui.editor.day.line),
    ):
        interview.ask(key)
        if key != "ends_on":
            qtbot.keyClicks(field, "18" if key == "student_count" else "Ada Brandt")
        before = len(workspace.history())
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert key in draft_of(interview).answers
        steps = [step.action for step in workspace.history()[: len(workspace.history()) - before]]
        assert steps.count("answer_question") == 1
        assert key_of(interview) != key


def test_yes_or_no_is_ticked_and_brings_its_clause_before_it_is_stored(
    qtbot: QtBot, interview: InterviewSection
) -> None:
    interview.ask("transport")
    buttons = {button.text(): button for button in interview.ui.editor.choice.findChildren(QRadioButton)}
    assert buttons["No"].isChecked()
    buttons["Yes"].click()
    assert "transport" not in [clause.code for clause in draft_of(interview).included]
    assert "Journeys" in interview.ui.preview.toPlainText()
    interview.ui.answerButton.click()
    assert "transport" in [clause.code for clause in draft_of(interview).included]


def test_a_typed_number_replaces_the_proposal_and_none_is_no_number(qtbot: QtBot, interview: InterviewSection) -> None:
    number = interview.ui.editor.number
    interview.ask("notice_days")
    qtbot.keyClicks(number, "10")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert draft_of(interview).answers["notice_days"] == 10
    interview.ask("student_count")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert "Give an answer" in interview.ui.problem.text()
    assert "[Number of learners]" in interview.ui.preview.part_text(clause_id(interview, "activities"))
    qtbot.keyClicks(number, "18")
    assert "About 18 learners" in interview.ui.preview.part_text(clause_id(interview, "activities"))


def test_the_keyboard_stays_in_a_choice_when_the_page_is_read_anew(
    qtbot: QtBot, started: AgreementPage, interview: InterviewSection
) -> None:
    interview.ask("equipment_lent")
    qtbot.keyClick(started.focusWidget(), Qt.Key.Key_Return)
    assert key_of(interview) == "off_site"
    started.reload()  # as after every stored answer
    field = started.focusWidget()
    assert isinstance(field, QRadioButton)
    assert (field.text(), field.isChecked(), field.isVisible()) == ("No", True, True)
    interview.ask("money")
    assert [one.isChecked() for one in interview.ui.editor.choice.findChildren(QRadioButton)] == [False, False]


def test_a_changed_answer_leads_back_to_all_answers_and_stays_there(
    started: AgreementPage, interview: InterviewSection
) -> None:
    interview.review()
    interview.ui.answers.wanted.emit(interview.ui.answers.rows.rows[row_of(interview, "Time until data are erased")])
    assert key_of(interview) == "retention_months"
    interview.ui.editor.number.setValue(6)
    interview.ui.answerButton.click()
    started.reload()  # as after every stored answer
    assert interview.ui.views.currentWidget() is interview.ui.reviewPage
    assert draft_of(interview).answers["retention_months"] == 6


def test_what_is_typed_for_one_agreement_never_stands_in_another(
    qtbot: QtBot, started: AgreementPage, interview: InterviewSection
) -> None:
    workspace = started.context.workspace
    school = Organisation(name="South School")
    other = Partnership(title="Another", school_id=school.id)
    for record in (school, other):
        records.add(workspace, record)
    agreements.prepare(workspace, other.id)
    interview.ask("rooms")
    qtbot.keyClicks(interview.ui.editor.line, "Room 12")
    started.show_partnership(other.id)
    started.go_to(Target("partnership", other.id, section="interview"))
    interview.ask("rooms")
    assert interview.ui.editor.line.text() == ""


def test_the_answers_to_review_say_what_the_records_lack(interview: InterviewSection) -> None:
    interview.review()
    rows = [row for row in interview.ui.answers.rows.rows if row.target is not None and not row.answer]
    assert "Who signs for the school" in [row.question for row in rows]
    assert interview.ui.reviewTitle.text().endswith(f"Still missing in the records of both sides: {len(rows)}")


def test_what_is_left_for_later_comes_after_the_others_and_is_said(qtbot: QtBot, interview: InterviewSection) -> None:
    first = key_of(interview)
    open_before = len(draft_of(interview).open_questions())
    interview.ui.laterButton.click()
    second = key_of(interview)
    assert second != first
    assert "left for later: 1" in interview.ui.progressText.text()
    assert len(draft_of(interview).open_questions()) == open_before
    interview.start()
    assert key_of(interview) == second
    interview.ui.backButton.click()
    assert key_of(interview) == first
    interview.context.workspace.undo()
    qtbot.waitUntil(lambda: "later" not in interview.ui.progressText.text())


def test_all_put_off_the_first_of_them_is_asked_again(interview: InterviewSection) -> None:
    seen = []
    for _ in range(len(interview.asked.interview.items) + 1):
        if key_of(interview) in seen:
            break
        seen.append(key_of(interview))
        interview.leave_for_later()
    assert key_of(interview) == seen[0]
    assert set(seen) >= {question.code for question in draft_of(interview).open_questions()}


def test_an_empty_answer_and_no_day_are_asked_for(qtbot: QtBot, interview: InterviewSection) -> None:
    interview.ask("class_group")
    interview.ui.answerButton.click()
    assert "leave the question for later" in interview.ui.problem.text()
    assert interview.ui.problem.isVisible()
    interview.ask("ends_on")
    interview.ui.editor.day.line.setText("35.14.")
    interview.ui.answerButton.click()
    assert interview.ui.problem.text().startswith("× This is no day.")
    assert key_of(interview) == "ends_on"


def test_the_review_shows_every_answer_with_its_source_and_changes_any(
    qtbot: QtBot, interview: InterviewSection
) -> None:
    workspace, draft = interview.context.workspace, draft_of(interview)
    person = Person(name="Ada Brandt", organisation_id=draft.school.id, kind=PersonKind.TEACHER)
    records.add(workspace, person)
    member = PartnershipMember(partnership_id=draft.partnership.id, person_id=person.id, is_contact=True)
    records.add(workspace, member)
    agreements.answer(workspace, draft.agreement.id, "class_group", "BFS 12b")
    qtbot.waitUntil(lambda: draft_of(interview).answers == (interview.draft.answers if interview.draft else None))
    interview.ui.reviewButton.click()
    table = interview.ui.answers
    QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown = {row.question: (row.answer, row.source) for row in table.rows.rows}
    assert shown["Class or group that takes part"] == ("BFS 12b", "answered here")
    assert shown["Last day of the agreement"] == ("30 Jun 2027", "the partnership")
    assert shown["Contact person of the school"] == ("Ada Brandt", "its contact persons")
    assert shown["Name of the school"][0] == "North Vocational School"
    assert all(table._change(row) in ("Change", "Answer") for row in table.rows.rows)

    row = row_of(interview, "Class or group that takes part")
    table.clicked.emit(table.rows.index(row, 4))
    assert key_of(interview) == "class_group"
    interview.ui.editor.line.setText("BFS 12c")
    interview.ui.answerButton.click()
    assert interview.ui.views.currentWidget() is interview.ui.reviewPage
    assert table.rows.rows[row_of(interview, "Class or group that takes part")].answer == "BFS 12c"


def test_what_a_record_knows_is_changed_where_it_is_kept(interview: InterviewSection) -> None:
    targets: list[Target] = []
    interview.context.navigate = targets.append
    interview.review()
    row = row_of(interview, "Name of the school")
    interview.ui.answers.selectRow(row)
    interview.ui.answers.activated.emit(interview.ui.answers.rows.index(row, 1))
    assert targets == [Target("schools", item=draft_of(interview).school.id)]
    interview.ui.answers.wanted.emit(interview.ui.answers.rows.record(QModelIndex()))
    assert len(targets) == 1


def test_an_unresolved_mismatch_is_asked_and_its_answer_settles_it(qtbot: QtBot, interview: InterviewSection) -> None:
    workspace, partnership_id = interview.context.workspace, draft_of(interview).partnership.id
    wish = Expectation(partnership_id=partnership_id, side=Side.SCHOOL, kind=ExpectationKind.EXPECTS, text="Every week")
    offer = Expectation(partnership_id=partnership_id, side=Side.CSO, kind=ExpectationKind.OFFERS, text="Every month")
    for card in (wish, offer):
        records.add(workspace, card)
    expectations.mark_mismatch(workspace, wish.id, offer.id)
    key = f"expectation.{wish.id.hex}"
    qtbot.waitUntil(lambda: interview.asked.interview.get(key) is not None)
    interview.ask(key)
    assert "Every week" in interview.ui.question.text()
    assert "Every month" in interview.ui.question.text()
    interview.ui.answerButton.click()
    assert interview.ui.problem.isVisible()
    interview.ui.solution.setPlainText("Every two weeks")
    interview.ui.who.setText("Ada")
    interview.ui.answerButton.click()
    settled = records.get(workspace, Expectation, wish.id)
    assert settled.state is MatchState.RESOLVED
    assert settled.resolution.startswith("Every two weeks")
    interview.review()
    assert any("Every two weeks" in row.answer for row in interview.ui.answers.rows.rows)
    workspace.undo()
    assert records.get(workspace, Expectation, wish.id).state is MatchState.MISMATCHED


def test_an_answer_is_taken_back(qtbot: QtBot, interview: InterviewSection) -> None:
    agreements.answer(interview.context.workspace, draft_of(interview).agreement.id, "rooms", "Room 12")
    qtbot.waitUntil(lambda: interview.draft is not None and "rooms" in interview.draft.answers)
    interview.ask("rooms")
    assert interview.ui.clearButton.isVisible()
    interview.ui.clearButton.click()
    assert "rooms" not in draft_of(interview).answers


def test_a_signed_agreement_asks_nothing(qtbot: QtBot, interview: InterviewSection) -> None:
    agreement_id = draft_of(interview).agreement.id
    records.change(interview.context.workspace, Agreement, agreement_id, state=AgreementState.SIGNED)
    qtbot.waitUntil(lambda: interview.ui.views.currentWidget() is interview.ui.reviewPage)
    assert not interview.ui.goOnButton.isVisible()
    assert "amendment" in interview.ui.reviewTitle.text()
