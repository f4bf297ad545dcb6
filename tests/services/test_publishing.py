"""Publishing to a calendar server: a real Radicale on this computer, read back by another program's eyes."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from cocivic_desktop.calendars.caldav_client import Connection, RemoteCalendar, checked_address
from cocivic_desktop.domain.activities import Activity, ActivityStatus, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import activities, publishing, records
from cocivic_desktop.services.publishing import Published
from cocivic_desktop.store.workspace import Workspace
from tests.services.radicale_server import RadicaleServer

pytest.importorskip("radicale")
TODAY = date(2026, 9, 14)
NOW = datetime(2026, 9, 14, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RadicaleServer]:
    made = RadicaleServer(tmp_path_factory.mktemp("radicale"))
    try:
        made.wait()
        made.make("year")
        made.make("other")
        yield made
    finally:
        made.stop()


def connected(server: RadicaleServer, name: str) -> tuple[Connection, RemoteCalendar]:
    connection, calendars = publishing.connect(server.url, "marlene", "secret")
    return connection, next(one for one in calendars if one.name == name)


def test_there_and_back(server: RadicaleServer, workspace: Workspace, partnership: Partnership) -> None:
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.AFTER_COUNT, count=5, teaching_weeks_only=False)
    common: dict[str, Any] = {"partnership_id": partnership.id, "start_time": time(10), "zone": "Europe/Madrid"}
    visit = Activity(title="Visita; al puerto", starts_on=date(2026, 10, 27), reminder_minutes=30, **common)
    series = Activity(title="Taller", starts_on=date(2026, 10, 6), recurrence=rule, **common)
    for one in (visit, series):
        records.add(workspace, one)
    mine = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:dentist\r\nDTSTAMP:20260901T080000Z\r\n"
    mine += "DTSTART:20261006T080000Z\r\nDTEND:20261006T090000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    kind = {"Content-Type": "text/calendar"}
    assert server.request("PUT", "marlene/year/dentist.ics", mine, **kind).status_code == 201
    connection, year = connected(server, "year")
    steps: list[tuple[int, int]] = []

    def publish() -> Published:
        return publishing.publish(
            workspace, connection, year, partnership.id, TODAY, now=NOW, on_step=lambda *step: steps.append(step)
        )

    assert publish() == Published(added=6)
    assert steps == [(done, 6) for done in range(6)]
    there = server.events("year")
    assert len(there) == 7
    event = there[f"{visit.id}@co-civic.desktop"]
    assert (str(event["SUMMARY"]), event.start.astimezone(UTC)) == (
        "Visita; al puerto", datetime(2026, 10, 27, 9, tzinfo=UTC),
    )  # fmt: skip
    assert "ORGANIZER" not in event and "ATTENDEE" not in event
    assert [str(one["TRIGGER"].to_ical(), "ascii") for one in event.walk("VALARM")] == ["-PT30M"]
    before = event["SEQUENCE"]
    assert publish() == Published(unchanged=6), "nothing goes out twice"
    records.change(workspace, Activity, visit.id, place="Muelle 3")
    activities.move_occurrence(workspace, series.id, date(2026, 10, 20), starts_on=date(2026, 10, 22))
    activities.cancel_occurrence(workspace, series.id, date(2026, 10, 27))
    assert publish() == Published(changed=3, unchanged=3)
    there = server.events("year")
    event = there[f"{visit.id}@co-civic.desktop"]
    assert str(event["LOCATION"]) == "Muelle 3"
    assert event["SEQUENCE"] > before
    dates = {(str(one.get("STATUS", "")), one.start.date().day) for uid, one in there.items() if str(series.id) in uid}
    assert dates == {("TENTATIVE", 6), ("TENTATIVE", 13), ("TENTATIVE", 22), ("CANCELLED", 27), ("TENTATIVE", 3)}
    records.delete(workspace, Activity, series.id)
    records.change(workspace, Activity, visit.id, status=ActivityStatus.CANCELLED)
    assert publish() == Published(changed=1, removed=5)
    assert set(server.events("year")) == {f"{visit.id}@co-civic.desktop", "dentist"}
    assert publishing.take_away(workspace, connection, year, None, TODAY) == 1
    left = server.events("year")
    assert [str(one["SUMMARY"]) for one in left.values()] == ["Dentist"], "other people's events are never touched"
    connection.close()


def test_another_partnership_keeps_its_dates_and_stopping_leaves_what_is_done(
    server: RadicaleServer, workspace: Workspace, partnership: Partnership
) -> None:
    second = Partnership(title="Second", school_id=partnership.school_id)
    records.add(workspace, second)
    for owner in (partnership, second):
        for day in (5, 6):
            records.add(workspace, Activity(partnership_id=owner.id, title="Talk", starts_on=date(2026, 10, day)))
    connection, other = connected(server, "other")
    publishing.publish(workspace, connection, other, second.id, TODAY)

    def stop(done: int, total: int) -> None:
        if done == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        publishing.publish(workspace, connection, other, partnership.id, TODAY, on_step=stop)
    assert len(server.events("other")) == 3
    assert publishing.publish(workspace, connection, other, None, TODAY) == Published(added=1, unchanged=3)
    assert publishing.take_away(workspace, connection, other, second.id, TODAY) == 2
    assert len(server.events("other")) == 2
    connection.close()


def test_what_goes_wrong_is_a_sentence(server: RadicaleServer, workspace: Workspace, partnership: Partnership) -> None:
    records.add(workspace, Activity(partnership_id=partnership.id, title="Talk", starts_on=date(2026, 10, 5)))
    with pytest.raises(BadInput, match="does not accept this user name and password"):
        publishing.connect(server.url, "marlene", "wrong")
    with pytest.raises(BadInput, match="cannot be reached"):
        publishing.connect("http://127.0.0.1:9/", "marlene", "secret")
    with pytest.raises(BadInput, match="no calendars for this user"):
        publishing.connect(server.url + ".web/", "marlene", "secret")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as plain:
        threading.Thread(target=plain.serve_forever, daemon=True).start()
        with pytest.raises(BadInput, match="not as a calendar server"):
            publishing.connect(f"http://127.0.0.1:{plain.server_port}/", "marlene", "secret")
        plain.shutdown()
    connection, locked = connected(server, "locked")
    with pytest.raises(BadInput, match="may only be read"):
        publishing.publish(workspace, connection, locked, partnership.id, TODAY)
    connection.close()


def test_no_password_goes_over_an_open_line() -> None:
    assert checked_address("cloud.example.org/dav") == "https://cloud.example.org/dav"
    for wrong, word in (
        ("http://cloud.example.org/", "https://"),
        ("https://me:secret@cloud.example.org/", "fields of their own"),
        ("not an address", "no address"),
        ("ftp://cloud.example.org", "no address"),
        ("https://[::1", "no address"),
    ):
        with pytest.raises(BadInput, match=word):
            checked_address(wrong)


def test_the_library_is_loaded_only_when_somebody_connects() -> None:
    code = (
        "import sys; import cocivic_desktop.services.publishing, cocivic_desktop.calendars.caldav_client;"
        "print([name for name in ('caldav', 'niquests', 'icalendar') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
