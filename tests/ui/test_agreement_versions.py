"""The versions of an agreement on its page: compared, read back, decided, signed, with real documents."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementState,
    AgreementVersion,
    Clause,
    ClauseState,
    Decision,
    ReturnedChange,
    ReturnedDocument,
    Signature,
)
from cocivic_desktop.services import drafts, negotiation, records, versions
from cocivic_desktop.services.sample import AGREEMENTS
from cocivic_desktop.ui.pages.agreement.day_dialog import DayDialog
from cocivic_desktop.ui.pages.agreement.versions import VersionsSection
from tests.documents.editing import Returned

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.store.workspace import Workspace
    from cocivic_desktop.ui.context import Context

MAIN = AGREEMENTS["main"]


@pytest.fixture
def workspace(sample_workspace: Workspace) -> Workspace:
    """These tests are about the sample."""
    return sample_workspace


@pytest.fixture
def section(context: Context, qtbot: QtBot) -> VersionsSection:
    made = VersionsSection(context)
    qtbot.addWidget(made)
    made.resize(870, 520)
    made.show_draft(drafts.draft(context.workspace, MAIN), "en")
    made.show()
    qtbot.waitExposed(made)
    return made


def decisions(context: Context) -> list[Decision]:
    document = negotiation.documents(context.workspace, MAIN)[0]
    return [one.decision for one in negotiation.changes_of(context.workspace, document.id)]


def test_an_open_document_is_shown_first(section: VersionsSection) -> None:
    pane = section.returned_pane
    assert section.ui.panes.currentWidget() is pane
    assert "open: 6" in pane.ui.facts.text()
    assert pane.model.rowCount() == 6
    assert "21 days ahead" in pane.ui.difference.toPlainText()
    assert "underline" in pane.ui.difference.toHtml(), "what came is marked by more than a colour"
    assert section.versions.rowCount() == 3


def test_changes_are_taken_and_refused_by_keyboard(section: VersionsSection, context: Context, qtbot: QtBot) -> None:
    pane = section.returned_pane
    pane.ui.changes.setFocus()
    qtbot.keyClick(pane.ui.changes, Qt.Key.Key_T)
    assert decisions(context)[0] is Decision.TAKEN
    assert pane.ui.changes.currentIndex().row() == 1, "the next open one is chosen"
    scheduling = records.find(context.workspace, Clause, agreement_id=MAIN, code="scheduling")[0]
    assert "visits to the quay at least 21 days ahead" in scheduling.texts["en"]
    assert "{notice_days}" in scheduling.texts["en"]
    qtbot.keyClicks(pane.ui.remark, "We cannot.")
    qtbot.mouseClick(pane.ui.refuseButton, Qt.MouseButton.LeftButton)
    changes = negotiation.changes_of(context.workspace, negotiation.documents(context.workspace, MAIN)[0].id)
    assert (changes[1].decision, changes[1].remark) == (Decision.REFUSED, "We cannot.")
    assert pane.ui.remark.text() == ""
    pane.ui.changes.selectRow(0)
    assert not pane.ui.takeButton.isEnabled()
    context.workspace.undo()
    context.workspace.undo()
    section.reload()
    assert decisions(context)[:2] == [Decision.OPEN, Decision.OPEN]


def test_all_are_taken_in_one_step(section: VersionsSection, context: Context, qtbot: QtBot) -> None:
    before = {one.code: one.texts for one in records.find(context.workspace, Clause, agreement_id=MAIN)}
    qtbot.mouseClick(section.returned_pane.ui.allButton, Qt.MouseButton.LeftButton)
    assert set(decisions(context)) == {Decision.TAKEN}
    assert not section.returned_pane.ui.allButton.isEnabled()
    supervision = records.find(context.workspace, Clause, agreement_id=MAIN, code="supervision")[0]
    assert supervision.texts["en"].splitlines()[1] == "On the quay a teacher is always present."
    context.workspace.undo()
    after = {one.code: one.texts for one in records.find(context.workspace, Clause, agreement_id=MAIN)}
    assert after == before


def test_a_version_is_compared_with_another_and_with_the_present_text(section: VersionsSection, qtbot: QtBot) -> None:
    section.ui.versions.selectRow(2)
    pane = section.version_pane
    assert section.ui.panes.currentWidget() is pane
    assert pane.ui.title.text() == "Version 1"
    assert "Dr. Karin Ehlers" in pane.ui.facts.text()
    qtbot.waitUntil(lambda: "differ" in pane.ui.compareCount.text(), timeout=20_000)
    assert "14" in pane.ui.differences.toPlainText()
    section.ui.versions.selectRow(0)
    qtbot.waitUntil(lambda: pane.ui.compareCount.text() == "no difference", timeout=20_000)
    pane.ui.compareBox.setCurrentIndex(pane.ui.compareBox.findData(2))
    pane.compare()
    qtbot.waitUntil(lambda: "differ" in pane.ui.compareCount.text(), timeout=20_000)
    assert "media design, project module" in pane.ui.differences.toPlainText()


def test_a_returned_file_is_read_kept_and_shown(
    section: VersionsSection, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    latest = versions.all_of(context.workspace, MAIN)[0]
    file = Returned(latest.content)
    file.replace_tracked("Who has to cancel", "at once", "the day before", "Mr Voss")
    path = tmp_path / "again.docx"
    path.write_bytes(file.bytes())
    section.read(path)
    qtbot.waitUntil(lambda: section.returned.rowCount() == 2, timeout=60_000)
    assert section.returned_pane.ui.title.text() == "again.docx"
    chosen = section.returned_pane.chosen
    assert chosen is not None
    assert (chosen.author, "the day before" in chosen.after) == ("Mr Voss", True)


def test_a_file_that_is_no_agreement_is_refused_with_a_sentence(
    section: VersionsSection, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[Exception] = []
    context.report = told.append
    path = tmp_path / "list.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    section.read(path)
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert "“list.docx”" in str(told[0])
    assert "Nothing was changed" in str(told[0])
    assert len(records.find(context.workspace, ReturnedDocument)) == 1


def settle(context: Context) -> None:
    for clause in records.find(context.workspace, Clause, agreement_id=MAIN):
        if clause.state is not ClauseState.WAIVED:
            records.change(context.workspace, Clause, clause.id, state=ClauseState.AGREED)


def type_day(dialog: DayDialog, qtbot: QtBot, text: str) -> None:
    dialog.day.line.selectAll()
    qtbot.keyClicks(dialog.day.line, text)
    qtbot.keyClick(dialog.day.line, Qt.Key.Key_Return)


def opened(section: VersionsSection, qtbot: QtBot, action: QAction) -> DayDialog:
    action.trigger()
    dialog: DayDialog = section.window().findChildren(DayDialog)[-1]
    qtbot.waitExposed(dialog)
    return dialog


def test_signing_asks_for_the_day(section: VersionsSection, context: Context, qtbot: QtBot) -> None:
    told: list[Exception] = []
    context.report = told.append
    section.sign_action.trigger()
    assert "neither agreed nor waived" in str(told[0])
    assert not section.window().findChildren(DayDialog), "a draft is refused before anything is asked"
    settle(context)
    for version in versions.all_of(context.workspace, MAIN):
        shared = datetime(2026, 9, 1 + version.number, 12, tzinfo=UTC)
        records.change(context.workspace, AgreementVersion, version.id, shared_at=shared)
    dialog = opened(section, qtbot, section.sign_action)
    assert dialog.day.day == context.today()
    assert dialog.day.line.accessibleName() == "Signed on"
    assert not dialog.reason.isVisible()
    for text, problem in (
        ("15.9.2026", "still to come"),
        ("1.9.2026", "for the first time on 2026-09-02"),
        ("some day", "This is no day"),
        ("", "Give the day"),
    ):
        dialog.day.line.clear()
        type_day(dialog, qtbot, text)
        assert problem in dialog.problem.text()
        assert dialog.problem.isVisible()
        assert dialog.day.line.accessibleDescription() == dialog.problem.text()
        assert records.get(context.workspace, Agreement, MAIN).state is not AgreementState.SIGNED
    type_day(dialog, qtbot, "10.9.2026")
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert records.get(context.workspace, Agreement, MAIN).state is AgreementState.SIGNED
    signatures = records.find(context.workspace, Signature, agreement_id=MAIN)
    assert date(2026, 9, 10) in {one.signed_on for one in signatures}
    section.show_draft(drafts.draft(context.workspace, MAIN), "en")
    assert section.versions.rowCount() == 4
    assert section.amend_action.isEnabled()
    assert not section.sign_action.isEnabled()
    followed: list[object] = []
    section.followed.connect(followed.append)
    section.amend_action.trigger()
    assert records.get(context.workspace, Agreement, followed[0]).follows_id == MAIN  # type: ignore[arg-type]


def test_ending_asks_for_the_day_and_the_reason(section: VersionsSection, context: Context, qtbot: QtBot) -> None:
    starts_on = date(2026, 8, 24)
    records.change(context.workspace, Agreement, MAIN, starts_on=starts_on)
    dialog = opened(section, qtbot, section.end_action)
    assert dialog.day.day == context.today()
    assert dialog.reason.accessibleName() == "Why? The next coordinator will want to know."
    qtbot.keyClick(dialog.day.line, Qt.Key.Key_Return)
    assert "Say why" in dialog.problem.text()
    qtbot.keyClicks(dialog.reason, "The course was closed.")
    assert not dialog.problem.isVisible(), "what was said goes once it is mended"
    for text, problem in (("15.9.2026", "still to come"), ("23.8.2026", "starts on 2026-08-24")):
        type_day(dialog, qtbot, text)
        assert problem in dialog.problem.text()
        assert records.get(context.workspace, Agreement, MAIN).state is not AgreementState.ENDED
    type_day(dialog, qtbot, "24.8.2026")
    qtbot.waitUntil(lambda: not dialog.isVisible())
    ended = records.get(context.workspace, Agreement, MAIN)
    assert (ended.state, ended.ends_on, ended.end_reason) == (AgreementState.ENDED, starts_on, "The course was closed.")


def test_a_question_that_is_cancelled_changes_nothing(section: VersionsSection, context: Context, qtbot: QtBot) -> None:
    before = records.get(context.workspace, Agreement, MAIN)
    dialog = opened(section, qtbot, section.end_action)
    qtbot.keyClicks(dialog.reason, "The course was closed.")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    after = records.get(context.workspace, Agreement, MAIN)
    assert (after.state, after.ends_on) == (before.state, before.ends_on)


def test_a_scan_is_attached_to_the_version(section: VersionsSection, context: Context, tmp_path: Path) -> None:
    section.ui.versions.selectRow(0)
    pane = section.version_pane
    path = tmp_path / "signed.pdf"
    path.write_bytes(b"%PDF-1.7 scan")
    pane.attach(path)
    assert pane.ui.scansLabel.text() == "signed.pdf"
    assert pane.ui.openScanButton.isVisible()
    pane.remove_scan()
    assert pane.ui.scansLabel.text() == "No signed scan yet"
    context.workspace.undo()
    section.reload()
    section.select(versions.all_of(context.workspace, MAIN)[0].id)
    assert pane.ui.scansLabel.text() == "signed.pdf"


def test_without_a_version_the_page_says_what_comes_first(context: Context, qtbot: QtBot) -> None:
    made = VersionsSection(context)
    qtbot.addWidget(made)
    made.show_draft(drafts.draft(context.workspace, AGREEMENTS["research"]), "en")
    assert made.ui.panes.currentWidget() is made.nothing
    assert not made.ui.readButton.isEnabled()
    assert records.find(context.workspace, ReturnedChange) != []
