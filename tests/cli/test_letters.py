"""Letters and invitations on the command line."""

from __future__ import annotations

import email
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cocivic_desktop import cli
from cocivic_desktop.cli_commands.common import today
from cocivic_desktop.domain.activities import Activity, ActivityStatus
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import AgendaItem, Meeting, Partnership
from cocivic_desktop.services import meetings, records
from cocivic_desktop.store.workspace import Workspace
from tests.documents.parts import part, words


@pytest.fixture
def stored(workspace: Workspace, partnership: Partnership) -> Path:
    """A closed workspace with a meeting in ten days that somebody of the school takes part in."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, email="office@example.org", city="Kiel")
    meeting = Meeting(partnership_id=partnership.id, agenda=[AgendaItem(text="Welcome")])
    records.add(workspace, meeting)
    meetings.change(workspace, meeting.id, title="First talk", held_on=today() + timedelta(days=10))
    person = Person(name="Zeynep", email="zeynep@school.example", organisation_id=partnership.school_id)
    records.add(workspace, person)
    meetings.set_takes_part(workspace, meeting.id, person.id, True)
    workspace.close()
    return workspace.path


def run(capsys: pytest.CaptureFixture[str], path: Path, *arguments: object) -> tuple[int, Any, str]:
    """Exit code, JSON answer and complaint of a command."""
    capsys.readouterr()
    code = cli.main(["--workspace", str(path), "--json", *(str(one) for one in arguments)])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


def test_letters_are_written_in_the_school_s_language(
    stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind, said in (("introduction", "45 Minuten"), ("profile", "Green Harbour"), ("agenda", "Kennenlerngespräch")):
        target = tmp_path / f"{kind}.docx"
        code, data, _ = run(capsys, stored, "letter", "Repair", "--kind", kind, "--out", target)
        assert (code, data["language"], data["kind"]) == (0, "de", kind)
        assert said in words(part(target.read_bytes(), "word/document.xml"))
    target = tmp_path / "english.docx"
    proposed = ["--propose", "2026-12-08T14:00", "--propose", "2026-12-10"]
    options = ["letter", "Repair", "--kind", "introduction", "--language", "en", "--out", target, *proposed]
    assert run(capsys, stored, *options)[0] == 0
    assert "on Tuesday, 8 December 2026, 14:00 or on" in words(part(target.read_bytes(), "word/document.xml"))
    code, _, complaint = run(capsys, stored, *options)
    assert code == 2 and "already" in complaint
    assert run(capsys, stored, *options, "--force")[0] == 0


def test_a_meeting_that_is_not_there_is_refused(
    stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["letter", "Repair", "--kind", "minutes", "--meeting", "2020-01-01", "--out", tmp_path / "m.docx"]
    code, _, complaint = run(capsys, stored, *options)
    assert code == 2 and "no meeting on 2020-01-01" in complaint
    assert not (tmp_path / "m.docx").exists()


def test_people_are_invited_and_the_date_called_off(
    stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invite = ["calendar", "invite", "Repair", "First talk", "--language", "en"]
    code, data, _ = run(capsys, stored, *invite, "--agenda", "--out", tmp_path / "i.eml")
    assert (code, data["method"]) == (0, "REQUEST")
    assert data["invited"] == [{"name": "Zeynep", "email": "zeynep@school.example"}]
    message = email.message_from_bytes((tmp_path / "i.eml").read_bytes())
    kinds = [one.get_content_type() for one in message.walk() if not one.is_multipart()]
    assert kinds[:3] == ["text/plain", "text/calendar", "application/ics"] and len(kinds) == 4
    code, data, _ = run(capsys, stored, *invite, "--cancel", "--out", tmp_path / "c.eml")
    assert (code, data["method"]) == (0, "CANCEL")
    opened = Workspace.open(stored)
    try:
        assert records.find(opened, Activity)[0].status is ActivityStatus.CANCELLED
    finally:
        opened.close()
