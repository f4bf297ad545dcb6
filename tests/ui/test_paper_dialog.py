"""Writing letters and invitations from the window: what was typed is what stands in the file."""

from __future__ import annotations

import email
import email.policy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from cocivic_desktop.domain.activities import ActivityStatus
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import AgendaItem, Meeting, Partnership
from cocivic_desktop.services import meetings, records
from cocivic_desktop.services.letters import LetterKind
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.dialogs.paper_dialog import PaperDialog
from cocivic_desktop.ui.dialogs.papers import InvitationPaper, LetterPaper, Paper
from tests.documents.parts import part, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cocivic_desktop.store.workspace import Workspace


@pytest.fixture
def shown(qtbot: QtBot, context: Context, partnership: Partnership) -> _Shown:
    """Shows the dialog for a paper."""
    return _Shown(qtbot, context, partnership)


class _Shown:
    def __init__(self, qtbot: QtBot, context: Context, partnership: Partnership) -> None:
        self._qtbot, self._context, self._partnership = qtbot, context, partnership
        self._window = QWidget()
        qtbot.addWidget(self._window)

    def __call__(self, paper: Paper) -> PaperDialog:
        dialog = PaperDialog(self._context, paper, self._partnership.id, self._window)
        dialog.open()
        self._qtbot.waitExposed(dialog)
        return dialog


@pytest.fixture
def meeting(workspace: Workspace, partnership: Partnership) -> Meeting:
    """A meeting on a day with somebody who can be reached."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, email="office@example.org", city="Kiel")
    made = Meeting(partnership_id=partnership.id, agenda=[AgendaItem(text="Welcome")])
    records.add(workspace, made)
    meetings.change(workspace, made.id, title="First talk", held_on=date(2026, 10, 12))
    person = Person(name="Zeynep", email="zeynep@school.example", organisation_id=partnership.school_id)
    records.add(workspace, person)
    meetings.set_takes_part(workspace, made.id, person.id, True)
    return records.get(workspace, Meeting, made.id)


def test_a_letter_in_two_languages_with_own_words(
    shown: _Shown, qtbot: QtBot, workspace: Workspace, context: Context, partnership: Partnership, tmp_path: Path
) -> None:
    dialog = shown(LetterPaper(workspace, LetterKind.INTRODUCTION, partnership.id, context.today()))
    ui = dialog.ui
    assert dialog.language == "de" and "45 Minuten" in ui.textEdit.toPlainText()
    ui.languageBox.setCurrentIndex(0)
    assert "45 minutes" in ui.textEdit.toPlainText()
    qtbot.keyClicks(ui.firstDate.line, "2026-09-22")
    ui.firstDate.line.editingFinished.emit()
    assert "We could come on Tuesday, 22 September 2026" in ui.textEdit.toPlainText()
    assert ui.anewButton.isHidden()
    ui.textEdit.setPlainText("My own words.")
    ui.languageBox.setCurrentIndex(1)
    assert ui.textEdit.toPlainText() == "My own words.", "what a person has written stays"
    assert ui.pathLine.text().endswith("Brief an NVS.docx")
    target = tmp_path / "letter.docx"
    ui.pathLine.setText(str(tmp_path / "letter"))
    ui.writeButton.click()
    qtbot.waitUntil(ui.openButton.isVisible)
    text = words(part(target.read_bytes(), "word/document.xml"))
    assert "My own words.\nMit freundlichen Grüßen" in text
    ui.writeButton.click()
    qtbot.waitUntil(ui.problemLabel.isVisible)
    assert "already" in ui.problemLabel.text() and ui.replaceBox.isVisible()
    ui.replaceBox.setChecked(True)
    ui.anewButton.click()
    assert "45 Minuten" in ui.textEdit.toPlainText()
    dialog.reject()


def test_an_invitation_and_calling_off(
    shown: _Shown, qtbot: QtBot, workspace: Workspace, partnership: Partnership, meeting: Meeting, tmp_path: Path
) -> None:
    assert meeting.activity_id is not None
    dialog = shown(InvitationPaper(workspace, partnership.id, meeting.activity_id, meeting.id))
    assert "Zeynep" in dialog.ui.infoLabel.text()
    dialog.ui.optionBox.setChecked(True)
    dialog.ui.pathLine.setText(str(tmp_path / "i.eml"))
    dialog.ui.writeButton.click()
    qtbot.waitUntil(dialog.ui.openButton.isVisible)
    dialog.reject()
    message = email.message_from_bytes((tmp_path / "i.eml").read_bytes(), policy=email.policy.default)
    assert message["Subject"] == "Einladung: First talk, 12.10.2026"
    assert sum(one.get_content_maintype() == "application" for one in message.walk()) == 2
    dialog = shown(InvitationPaper(workspace, partnership.id, meeting.activity_id, meeting.id, cancel=True))
    assert dialog.ui.optionBox.isHidden()
    dialog.ui.pathLine.setText(str(tmp_path / "c.eml"))
    dialog.ui.writeButton.click()
    qtbot.waitUntil(dialog.ui.openButton.isVisible)
    dialog.reject()
    activity = meetings.activity_of(workspace, meeting)
    assert activity is not None and activity.status is ActivityStatus.CANCELLED
