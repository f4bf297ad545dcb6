"""The agreement page driven as a person drives it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from cocivic_desktop.domain.agreements import Agreement, AgreementState, Clause, ClauseState, Commitment, Responsibility
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.completeness import TopicState
from cocivic_desktop.services import agreements, drafts, records
from cocivic_desktop.ui.context import Target
from cocivic_desktop.ui.pages.agreement_page import AgreementPage


def agreement_id(page: AgreementPage) -> UUID:
    assert page.agreement is not None
    return page.agreement.id


def chosen_clause(page: AgreementPage) -> Clause:
    clause = page.clauses.ui.clauses.current
    assert isinstance(clause, Clause)
    return clause


def show(qtbot: QtBot, page: AgreementPage, section: str) -> None:
    page.go_to(Target("partnership", page.partnership, section=section))
    qtbot.wait(0)


def test_an_empty_page_says_how_to_start_and_starts(qtbot: QtBot, agreement_page: AgreementPage) -> None:
    ui = agreement_page.ui
    assert ui.stack.currentWidget() is ui.emptyPage
    ui.kind.setCurrentIndex(ui.kind.findData("contract"))
    assert "legal advice" in ui.kindText.text()
    qtbot.mouseClick(ui.startButton, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ui.stack.currentWidget() is ui.workPage)
    assert ui.kindButton.text() == "Partnership contract"
    agreement_page.context.workspace.undo()
    qtbot.waitUntil(lambda: ui.stack.currentWidget() is ui.emptyPage)


def test_a_state_chosen_is_stored_and_shown(qtbot: QtBot, started: AgreementPage) -> None:
    show(qtbot, started, "clauses")
    clauses = started.clauses.ui.clauses
    QAbstractItemModelTester(clauses.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    clause = chosen_clause(started)
    state = started.clauses.ui.state
    state.setFocus()
    state.setCurrentIndex(list(ClauseState).index(ClauseState.WAIVED))
    state.activated.emit(state.currentIndex())
    qtbot.waitUntil(
        lambda: records.get(started.context.workspace, Clause, clause.id).state is ClauseState.WAIVED, timeout=3000
    )
    qtbot.waitUntil(lambda: started.clauses.ui.waive_reason.isVisible())
    assert "without this clause" in started.clauses.ui.preview.toPlainText()


def test_own_words_are_kept_and_undone(qtbot: QtBot, started: AgreementPage) -> None:
    show(qtbot, started, "clauses")
    clause = chosen_clause(started)
    before = clause.texts["en"]
    started.clauses.ui.editButton.click()
    started.clauses.ui.clauseText.setPlainText("We meet {{ twice }} <b>a year</b>.")
    started.clauses.ui.editButton.click()
    stored = records.get(started.context.workspace, Clause, clause.id)
    assert stored.texts["en"] == "We meet {{ twice }} <b>a year</b>."
    qtbot.waitUntil(lambda: "<b>a year</b>" in started.clauses.ui.preview.toPlainText())
    started.context.workspace.undo()
    assert records.get(started.context.workspace, Clause, clause.id).texts["en"] == before


def test_duties_are_added_and_feed_the_document(qtbot: QtBot, started: AgreementPage) -> None:
    show(qtbot, started, "responsibilities")
    started.duties.ui.responsibilities.add()
    started.duties.ui.commitments.add()
    workspace = started.context.workspace
    assert records.find(workspace, Responsibility, agreement_id=agreement_id(started))
    assert records.find(workspace, Commitment, agreement_id=agreement_id(started))
    assert drafts.draft(workspace, agreement_id(started)).table_rows()["commitments"] == 1


def test_the_check_leads_to_the_gap(qtbot: QtBot, started: AgreementPage) -> None:
    workspace = started.context.workspace
    for clause in drafts.draft(workspace, agreement_id(started)).clauses:
        if clause.topic == "insurance":
            records.archive(workspace, Clause, clause.id)
    show(qtbot, started, "check")
    qtbot.waitUntil(lambda: any(row.topic == "insurance" for row in started.check.model.rows))
    row = next(n for n, found in enumerate(started.check.model.rows) if found.topic == "insurance")
    assert started.check.model.rows[row].state is TopicState.MISSING
    started.check.ui.topics.setCurrentIndex(started.check.model.index(row, 0))
    started.check.ui.settleButton.click()
    found = {f.topic: f for f in agreements.completeness(workspace, agreement_id(started)).findings}
    assert found["insurance"].state is not TopicState.MISSING
    qtbot.waitUntil(lambda: started.ui.tabs.currentWidget() is started.clauses)


def test_the_document_is_written_in_the_chosen_languages(qtbot: QtBot, started: AgreementPage, tmp_path: Path) -> None:
    started.ui.documentLanguage.setCurrentIndex(1)
    started.ui.secondLanguage.setCurrentIndex(1)
    target = tmp_path / "agreement.docx"
    started.export_to(target)
    qtbot.waitUntil(target.exists, timeout=10_000)
    assert target.read_bytes().startswith(b"PK")


def test_annexes_are_chosen_with_boxes(qtbot: QtBot, started: AgreementPage) -> None:
    show(qtbot, started, "signatures")
    boxes = started.details.annexes
    assert not boxes["goals"].isEnabled()
    assert boxes["goals"].toolTip() == "There are no shared goals yet."
    goal = SharedGoal(partnership_id=started.partnership, statement="Repair more")
    records.add(started.context.workspace, goal)
    qtbot.waitUntil(boxes["goals"].isEnabled)
    assert boxes["goals"].isChecked()
    boxes["goals"].click()
    key = agreement_id(started)
    qtbot.waitUntil(lambda: not agreements.texts(started.context.workspace, key)[0].annexes)
    qtbot.waitUntil(lambda: boxes["goals"].isEnabled() and not boxes["goals"].isChecked())
    started.context.workspace.undo()
    qtbot.waitUntil(boxes["goals"].isChecked)
    records.change(started.context.workspace, Agreement, key, state=AgreementState.SIGNED)
    qtbot.waitUntil(lambda: not boxes["goals"].isEnabled())
    assert "signed stays" in boxes["goals"].toolTip()


def test_a_version_that_is_shared_is_shown_and_goes_to_the_same_person_again(
    qtbot: QtBot, started: AgreementPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def ask(*_args: object, text: str = "") -> tuple[str, bool]:
        proposed.append(text)
        return ("Dr Kaya" if len(proposed) == 1 else text), True

    monkeypatch.setattr(QInputDialog, "getText", ask)
    for number in (1, 2):
        qtbot.mouseClick(started.ui.shareButton, Qt.MouseButton.LeftButton)
        pane = started.versions.version_pane
        assert pane.isVisible()
        assert pane.version is not None
        assert (pane.version.number, pane.version.recipient) == (number, "Dr Kaya")
    school = records.get(started.context.workspace, Partnership, started.partnership).school_id
    assert proposed == [records.get(started.context.workspace, Organisation, school).name, "Dr Kaya"]
