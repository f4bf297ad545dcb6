"""What leaves the calendar for others, through its dialogs: mails to guests, and their answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cocivic_desktop.domain.activities import (
    Activity,
    OccurrenceOverride,
    OccurrenceReply,
    Participation,
    ParticipationReply,
    Recurrence,
    RecurrenceEnd,
)
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import activities, records
from cocivic_desktop.services.invitation_rounds import News
from cocivic_desktop.store.workspace import Workspace
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.dialogs.paper_dialog import PaperDialog
from cocivic_desktop.ui.pages.calendar.export_dialog import CalendarExportDialog
from cocivic_desktop.ui.pages.calendar.publish_dialog import PublishDialog, Server
from cocivic_desktop.ui.pages.calendar.replies_dialog import RepliesDialog
from cocivic_desktop.ui.pages.calendar.round_dialog import RoundDialog
from cocivic_desktop.ui.pages.calendar_page import CalendarPage
from cocivic_desktop.ui.texts.formats import day_text
from tests.services.radicale_server import RadicaleServer


@pytest.fixture
def activity(workspace: Workspace, partnership: Partnership) -> Activity:
    """A weekly session with two guests, one of them without an address."""
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, email="office@cso.example")
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=5, teaching_weeks_only=False)
    made = Activity(
        partnership_id=partnership.id,
        title="Workshop",
        starts_on=date(2026, 10, 6),
        start_time=time(10),
        recurrence=rule,
    )
    records.add(workspace, made)
    for name, address in (("Ana Gil", "ana@school.example"), ("Max Ohne", "")):
        person = Person(name=name, email=address, organisation_id=partnership.school_id)
        records.add(workspace, person)
        records.add(workspace, Participation(activity_id=made.id, person_id=person.id))
    return made


def cells(dialog: RoundDialog | RepliesDialog, row: int) -> list[object]:
    model = dialog.lines.model
    return [model.index(row, column).data() for column in range(1, model.columnCount())]


def test_mails_are_written_and_answers_come_back(
    context: Context, partnership: Partnership, activity: Activity, tmp_path: Path, qtbot: QtBot
) -> None:
    sending = RoundDialog(context, partnership.id)
    qtbot.addWidget(sending)
    sending.show()
    qtbot.waitUntil(lambda: len(sending.lines.model.rows) == 1)
    assert cells(sending, 0) == ["Workshop", "Tue 6 Oct", "5", "new", "Ana Gil; ! no address: Max Ohne"]
    assert sending.ui.countLabel.text() == "1 mail"
    sending.ui.folderLine.setText(str(tmp_path / "nowhere"))
    qtbot.mouseClick(sending.ui.writeButton, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(sending.ui.problemLabel.isVisible)
    assert "no folder" in sending.ui.problemLabel.text()
    sending.ui.folderLine.setText(str(tmp_path))
    qtbot.mouseClick(sending.ui.writeButton, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(sending.ui.resultLabel.isVisible)
    assert [one.name for one in tmp_path.glob("*.eml")] == ["2026-10-06 Workshop.eml"]
    qtbot.waitUntil(lambda: cells(sending, 0)[3] == "sent")
    assert sending.ui.countLabel.text() == "Everybody knows how it stands."
    assert not sending.ui.writeButton.isEnabled()
    answer = tmp_path / "answer.ics"
    answer.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        f"UID:{activity.id}@co-civic.desktop\r\nDTSTAMP:20260915T090000Z\r\nSEQUENCE:0\r\n"
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ana@school.example\r\nCOMMENT:Exam week\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    plain = tmp_path / "plain.eml"
    plain.write_text("From: Eva <eva@x.example>\nSubject: Re: Workshop\n\nI will come!\n")
    reading = RepliesDialog(context)
    qtbot.addWidget(reading)
    reading.show()
    reading.read([answer, plain])
    qtbot.waitUntil(lambda: len(reading.lines.model.rows) == 2)
    assert cells(reading, 0) == ["Ana Gil", "Workshop", "all dates", "declined", "Exam week", "is kept"]
    assert cells(reading, 1)[5] == "× no calendar in it"
    tick = reading.lines.model.index(1, 0)
    assert tick.data(Qt.ItemDataRole.CheckStateRole) is None, "there is nothing to take"
    assert reading.ui.countLabel.text() == "1 of 2 chosen"
    qtbot.mouseClick(reading.ui.takeButton, Qt.MouseButton.LeftButton)
    kept = [one for one in records.find(context.workspace, Participation) if one.reply is not ParticipationReply.NONE]
    assert [(one.reply, one.reply_remark) for one in kept] == [(ParticipationReply.DECLINED, "Exam week")]


def test_a_file_as_series_with_a_reminder(
    context: Context, partnership: Partnership, activity: Activity, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = CalendarExportDialog(context, partnership)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "rarely updates" in dialog.ui.adviceLabel.text()
    dialog.ui.pathLine.setText(str(tmp_path / "plan.ics"))
    dialog.ui.formBox.setCurrentIndex(1)
    dialog.ui.alarmBox.setCurrentIndex(3)
    qtbot.mouseClick(dialog.ui.exportButton, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.ui.resultLabel.isVisible)
    text = (tmp_path / "plan.ics").read_text(encoding="utf-8")
    assert "RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;UNTIL=20261103T090000Z" in text
    assert "TRIGGER:-PT60M" in text


def test_publishing_asks_for_the_password_and_keeps_it_nowhere(
    context: Context, partnership: Partnership, activity: Activity, tmp_path: Path, qtbot: QtBot
) -> None:
    radicale = RadicaleServer(tmp_path)
    try:
        radicale.wait()
        radicale.make("year")
        server = Server()
        dialog = PublishDialog(context, partnership, server)
        qtbot.addWidget(dialog)
        dialog.show()
        ui = dialog.ui
        assert not ui.publishButton.isEnabled()
        ui.urlLine.setText("http://cloud.example.org/")
        ui.userLine.setText("marlene")
        qtbot.mouseClick(ui.connectButton, Qt.MouseButton.LeftButton)
        assert "password" in ui.problemLabel.text()
        ui.passwordLine.setText("secret")
        qtbot.mouseClick(ui.connectButton, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "https://" in ui.problemLabel.text() and ui.problemLabel.isVisible())
        ui.urlLine.setText(radicale.url)
        qtbot.mouseClick(ui.connectButton, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(ui.publishButton.isEnabled, timeout=15_000)
        assert ui.passwordLine.text() == ""
        ui.calendarBox.setCurrentText("year")
        qtbot.mouseClick(ui.publishButton, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(ui.resultLabel.isVisible, timeout=15_000)
        assert ui.resultLabel.text() == "✓ 5 new, 0 changed, 0 taken away, 0 as they were."
        assert len(radicale.events("year")) == 5
        again = PublishDialog(context, partnership, server)
        qtbot.addWidget(again)
        assert again.ui.publishButton.isEnabled(), "signed in once"
        assert again.ui.calendarBox.currentText() == "year"
        context.settings.sync()
        assert "secret" not in Path(context.settings.fileName()).read_text(encoding="utf-8")
        assert b"secret" not in context.workspace.path.read_bytes()
        again.ui.urlLine.textEdited.emit("x")
        assert not again.ui.publishButton.isEnabled()
    finally:
        radicale.stop()


def test_the_reply_to_one_date_stands_with_the_people(
    context: Context, partnership: Partnership, activity: Activity, tmp_path: Path, qtbot: QtBot
) -> None:
    taking_part = records.find(context.workspace, Participation, activity_id=activity.id)
    ana = next(one for one in taking_part if records.get(context.workspace, Person, one.person_id).email)
    day = date(2026, 10, 13)
    said = OccurrenceReply(
        activity_id=activity.id, person_id=ana.person_id, original_on=day, reply=ParticipationReply.DECLINED,
        reply_remark="Exam week", replied_at=datetime(2026, 9, 15, 12, tzinfo=UTC),
    )  # fmt: skip
    records.add(context.workspace, said)
    context.set_flag("calendar/details", True)
    page = CalendarPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show_partnership(partnership.id)
    page.show()
    qtbot.waitUntil(lambda: page.plan.data is not None and page.plan.data.complete and not context.tasks.busy())
    page.plan.no_year.second_clicked.emit()  # no school year is known here; plan anyway
    panel = page.plan.ui.peoplePanel
    page.plan.choose((activity.id, day))
    page.plan.ui.detail.setCurrentWidget(panel)
    model = panel.ui.people.model
    assert [model.index(row, 2).data() for row in range(2)] == ["declined", "no reply"]
    answered = day_text(date(2026, 9, 15))
    assert model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole) == f"Exam week\nAnswered on {answered}"
    activities.move_occurrence(context.workspace, activity.id, day, starts_on=date(2026, 10, 14))
    qtbot.waitUntil(lambda: model.index(0, 2).data() == "no reply")
    tip = model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == f"Exam week\nThe answer of {answered} was to another time: ask anew."
    page.plan.choose((activity.id, date(2026, 10, 20)))
    assert [model.index(row, 2).data() for row in range(2)] == ["no reply", "no reply"]
    panel.write_mail(whole=True)
    (dialog,) = page.window().findChildren(PaperDialog)
    assert dialog.ui.subjectLine.text() == "Einladung: Workshop, Termine ab 06.10.2026"
    assert "Max Ohne" in dialog.ui.infoLabel.text()
    dialog.reject()


def test_a_time_that_a_guest_proposes_is_taken_over_with_one_click(
    context: Context, partnership: Partnership, activity: Activity, qtbot: QtBot
) -> None:
    taking_part = records.find(context.workspace, Participation, activity_id=activity.id)
    ana = next(one for one in taking_part if records.get(context.workspace, Person, one.person_id).email)
    day = date(2026, 10, 13)
    said = OccurrenceReply(
        activity_id=activity.id, person_id=ana.person_id, original_on=day, reply=ParticipationReply.TENTATIVE,
        reply_remark="Exam week", proposed_on=date(2026, 10, 15), proposed_time=time(14), proposed_minutes=60,
    )  # fmt: skip
    records.add(context.workspace, said)
    context.set_flag("calendar/details", True)
    page = CalendarPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show_partnership(partnership.id)
    page.show()
    qtbot.waitUntil(lambda: page.plan.data is not None and page.plan.data.complete and not context.tasks.busy())
    page.plan.no_year.second_clicked.emit()  # no school year is known here; plan anyway
    panel = page.plan.ui.peoplePanel
    page.plan.choose((activity.id, day))
    page.plan.ui.detail.setCurrentWidget(panel)
    (row,) = panel.proposals.rows
    name = records.get(context.workspace, Person, ana.person_id).name
    assert (
        row.findChildren(QLabel)[0].text()
        == f"{name} proposes instead of Tue 13 Oct: Thu 15 Oct, 14:00–15:00 · “Exam week”"
    )
    take, leave = row.findChildren(QPushButton)
    assert (take.text(), leave.text()) == ("Take it over", "Leave it")
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page._stale and not context.tasks.busy())
    (change,) = records.find(context.workspace, OccurrenceOverride)
    assert (change.original_on, change.starts_on, change.start_time) == (day, date(2026, 10, 15), time(14))
    assert page.plan.view.current == (activity.id, day)
    assert not panel.proposals.isVisible()
    context.workspace.undo()
    qtbot.waitUntil(lambda: not page._stale and not context.tasks.busy())
    assert panel.proposals.isVisible()
    assert len(panel.proposals.rows) == 1


def test_a_guest_who_is_removed_is_offered_a_mail(
    context: Context, partnership: Partnership, activity: Activity, qtbot: QtBot
) -> None:
    taking_part = records.find(context.workspace, Participation, activity_id=activity.id)
    ana = next(one for one in taking_part if records.get(context.workspace, Person, one.person_id).email)
    records.change(context.workspace, Participation, ana.id, told_at=datetime(2026, 9, 1, 8, tzinfo=UTC))
    context.set_flag("calendar/details", True)
    page = CalendarPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show_partnership(partnership.id)
    page.show()
    qtbot.waitUntil(lambda: page.plan.data is not None and page.plan.data.complete and not context.tasks.busy())
    page.plan.no_year.second_clicked.emit()  # no school year is known here; plan anyway
    panel = page.plan.ui.peoplePanel
    page.plan.choose((activity.id, date(2026, 10, 13)))
    page.plan.ui.detail.setCurrentWidget(panel)
    assert not panel.removed.isVisible()
    panel.ui.people.select(ana.id)
    qtbot.mouseClick(panel.ui.people.archive_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.removed.isVisible)
    name = records.get(context.workspace, Person, ana.person_id).name
    assert panel.removed.label.text() == f"! Invited, and no longer taking part: {name}. They do not know it yet."
    panel.tell_removed()
    (dialog,) = page.window().findChildren(RoundDialog)
    qtbot.waitUntil(lambda: bool(dialog.lines.model.rows))
    first = dialog.lines.model.rows[0]
    assert (first.item.news, first.chosen, first.cells[4]) == (News.REMOVED, True, name)
    dialog.reject()
