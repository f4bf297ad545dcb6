"""A school sends a new calendar: what it changes, which dates it hits, where they go, who hears, what is amended."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import icalendar
import pytest

from cocivic_desktop.domain.activities import (
    Activity,
    OccurrenceOverride,
    Participation,
    Recurrence,
    RecurrenceEnd,
)
from cocivic_desktop.domain.agreements import Agreement, AgreementState, Clause, ClauseState, FollowKind, Responsibility
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.calendar_changes import HitKind
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear
from cocivic_desktop.services import agreements, calendar, records, school_years
from cocivic_desktop.services import school_year_amendments as amendments
from cocivic_desktop.services import school_year_changes as changing
from cocivic_desktop.services import school_year_updates as updating
from cocivic_desktop.services.school_year_changes import Comparison, Decision, PeriodChangeKind, Way
from cocivic_desktop.services.school_year_files import ImportPreview
from cocivic_desktop.services.school_year_plan import Replaces
from cocivic_desktop.store.workspace import Workspace

FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)
TODAY = date(2026, 9, 14)
NOW = datetime(2026, 9, 14, 8, tzinfo=UTC)
Reader = Callable[..., ImportPreview]
AUTUMN = ("h", "Herbstferien", "20261012", "20261024")
LATER = ("h", "Herbstferien", "20261019", "20261031")
CHRISTMAS = ("w", "Weihnachtsferien", "20261221", "20270107")
EXAMS = ("p", "Prüfungen", "20270111", "20270116")


@pytest.fixture
def year(workspace: Workspace, partnership: Partnership) -> SchoolYear:
    terms = [("1", date(2026, 8, 24), date(2027, 1, 29)), ("2", date(2027, 2, 1), date(2027, 7, 2))]
    return school_years.create(workspace, partnership.school_id, "2026/27", FIRST, LAST, terms)[0]


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Reads a calendar made of events: identity, name, first day, day after the last."""

    def made(*events: tuple[str, str, str, str]) -> ImportPreview:
        lines = "".join(
            f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{name}\nDTSTART;VALUE=DATE:{first}\nDTEND;VALUE=DATE:{end}\nEND:VEVENT\n"
            for uid, name, first, end in events
        )
        path = tmp_path / "ferien.ics"
        path.write_text(f"BEGIN:VCALENDAR\nX-WR-CALNAME:Ferien\n{lines}END:VCALENDAR\n", encoding="utf-8")
        return school_years.read_calendar_file(path, first=FIRST, last=LAST, zone="Europe/Berlin")

    return made


@pytest.fixture
def old(workspace: Workspace, year: SchoolYear, read: Reader) -> ImportPreview:
    preview = read(AUTUMN, CHRISTMAS)
    school_years.import_periods(workspace, year.id, preview)
    return preview


@pytest.fixture
def workshop(workspace: Workspace, partnership: Partnership) -> Activity:
    """One afternoon on 27 October, with somebody who has an address."""
    one = Activity(
        partnership_id=partnership.id,
        title="Workshop",
        starts_on=date(2026, 10, 27),
        start_time=time(14),
        duration_minutes=90,
    )
    records.add(workspace, one)
    person = Person(name="Zeynep", email="zeynep@school.example", organisation_id=partnership.school_id)
    records.add(workspace, person)
    records.add(workspace, Participation(activity_id=one.id, person_id=person.id))
    ours = records.find(workspace, Organisation, is_ours=True)[0]
    records.change(workspace, Organisation, ours.id, email="office@example.org")
    return one


@pytest.fixture
def series(workspace: Workspace, partnership: Partnership) -> Activity:
    """Tuesdays at ten in teaching weeks until 10 November."""
    rule = Recurrence(weekdays=[1], ends=RecurrenceEnd.ON_DATE, until=date(2026, 11, 10))
    one = Activity(
        partnership_id=partnership.id,
        title="Session",
        starts_on=date(2026, 9, 15),
        start_time=time(10),
        recurrence=rule,
    )
    records.add(workspace, one)
    return one


def compare(
    workspace: Workspace, year: SchoolYear, preview: ImportPreview, replaces: Replaces | None = None
) -> Comparison:
    return changing.compare(workspace, year.id, preview, today=TODAY, replaces=replaces)


def dates(workspace: Workspace, activity: Activity) -> list[date]:
    found = calendar.occurrences(workspace, activity.partnership_id, FIRST, LAST).occurrences
    return [one.on for one in found if one.activity_id == activity.id and not one.cancelled]


def test_what_is_added_moved_gone_and_renamed(
    workspace: Workspace, year: SchoolYear, old: object, read: Reader
) -> None:
    found = compare(workspace, year, read(LATER, EXAMS))
    assert [(one.kind, one.name) for one in found.changes] == [
        (PeriodChangeKind.MOVED, "Herbstferien"),
        (PeriodChangeKind.GONE, "Weihnachtsferien"),
        (PeriodChangeKind.ADDED, "Prüfungen"),
    ]
    assert len(records.find(workspace, CalendarPeriod)) == 2
    renamed = compare(workspace, year, read(AUTUMN, ("w", "Winterferien", "20261221", "20270107")))
    assert [(one.kind, one.name) for one in renamed.changes] == [(PeriodChangeKind.CHANGED, "Winterferien")]


def test_dates_are_hit_and_get_the_nearest_free_ones(
    workspace: Workspace, year: SchoolYear, old: object, read: Reader, workshop: Activity, series: Activity
) -> None:
    assert date(2026, 10, 13) not in dates(workspace, series)
    found = compare(workspace, year, read(LATER, CHRISTMAS))
    assert [(one.activity.title, one.hit.kind, one.hit.occurrence.on) for one in found.hits] == [
        ("Session", HitKind.LEFT_OUT, date(2026, 10, 27)),
        ("Workshop", HitKind.IN_THE_WAY, date(2026, 10, 27)),
    ]
    assert [one.on for one in found.gained] == [date(2026, 10, 13)]
    session, other = found.hits
    assert session.made_up_on == date(2026, 10, 13)
    assert found.proposed()[session.key] == Decision(Way.LEAVE)
    assert other.slots[0].on == date(2026, 11, 3)
    assert [slot.on.weekday() for slot in other.slots[:2]] == [1, 1]
    assert found.proposed()[other.key] == Decision(Way.MOVE, date(2026, 11, 3), time(14))
    assert changing.in_the_way(found, other, date(2026, 11, 3), time(14)) == []
    assert changing.in_the_way(found, other, date(2026, 10, 28), time(14))


def test_all_partnerships_with_the_school_are_looked_at(
    workspace: Workspace, year: SchoolYear, old: object, read: Reader, workshop: Activity
) -> None:
    elsewhere = Organisation(name="Other school")
    records.add(workspace, elsewhere)
    for title, school_id in (("Garden", year.school_id), ("Far away", elsewhere.id)):
        other = Partnership(title=title, school_id=school_id)
        records.add(workspace, other)
        records.add(workspace, Activity(partnership_id=other.id, title=f"Visit {title}", starts_on=date(2026, 10, 28)))
    found = compare(workspace, year, read(LATER, CHRISTMAS))
    assert [(one.partnership_title, one.activity.title) for one in found.hits] == [
        ("Repair café", "Workshop"),
        ("Garden", "Visit Garden"),
    ]


def test_a_whole_week_of_holidays_leads_to_other_weekdays_nearby(
    workspace: Workspace, year: SchoolYear, old: object, read: Reader, partnership: Partnership
) -> None:
    for number in range(12):
        weekday = Activity(
            partnership_id=partnership.id,
            title=f"Tuesday {number}",
            starts_on=date(2026, 10, 27).fromordinal(date(2026, 9, 15).toordinal() + 7 * number),
            start_time=time(10),
        )
        records.add(workspace, weekday)
    records.add(workspace, Activity(partnership_id=partnership.id, title="Visit", starts_on=date(2026, 10, 27)))
    found = compare(workspace, year, read(LATER, CHRISTMAS))
    assert [one.hit.occurrence.on for one in found.hits] == [date(2026, 10, 27), date(2026, 10, 27)]
    new = [found.proposed()[one.key].on for one in found.hits]
    assert len(set(new)) == 2
    assert all(
        day is not None and day.weekday() < 5 and not date(2026, 10, 19) <= day <= date(2026, 10, 30) for day in new
    )


def test_a_series_that_counts_makes_up_for_a_date_and_one_that_ends_does_not(
    workspace: Workspace, year: SchoolYear, old: object, read: Reader, series: Activity
) -> None:
    rule = Recurrence(weekdays=[2], ends=RecurrenceEnd.BEFORE_ASSESSMENT)
    records.change(workspace, Activity, series.id, recurrence=rule, starts_on=date(2026, 12, 2))
    records.add(workspace, CalendarPeriod(
        school_year_id=year.id, kind=PeriodKind.ASSESSMENT, name="Prüfungen", starts_on=date(2027, 1, 25),
        ends_on=date(2027, 1, 29),
    ))  # fmt: skip
    found = compare(workspace, year, read(AUTUMN, CHRISTMAS, EXAMS), replaces=Replaces.EVERYTHING)
    assert [one.kind for one in found.changes] == [PeriodChangeKind.MOVED]
    assert [one.hit.occurrence.on for one in found.hits] == [date(2027, 1, 13), date(2027, 1, 20)]
    assert all(one.hit.skip is None for one in found.hits)


def test_everything_is_applied_as_one_step(
    workspace: Workspace, year: SchoolYear, old: object, read: Reader, workshop: Activity, series: Activity
) -> None:
    found = compare(workspace, year, read(LATER, CHRISTMAS))
    decisions = found.proposed() | {found.hits[0].key: Decision(Way.MOVE, date(2026, 10, 14), time(10))}
    before = dates(workspace, series)
    changes = changing.apply(workspace, found, decisions, today=TODAY, reason="New school calendar")
    assert changes.touches("calendar_period", "activity", "occurrence_override")
    assert dates(workspace, workshop) == [date(2026, 11, 3)]
    assert date(2026, 10, 14) in dates(workspace, series)
    assert records.find(workspace, OccurrenceOverride)[0].reason == "New school calendar"
    assert not [one for one in calendar.conflicts(workspace, None, TODAY) if one.code == "closure"]
    workspace.undo()
    assert (dates(workspace, workshop), dates(workspace, series)) == ([date(2026, 10, 27)], before)
    assert records.find(workspace, CalendarPeriod, order="starts_on")[0].starts_on == date(2026, 10, 12)


def test_updates_keep_the_identity_and_raise_the_number(
    workspace: Workspace,
    year: SchoolYear,
    old: object,
    read: Reader,
    workshop: Activity,
    series: Activity,
    tmp_path: Path,
) -> None:
    person = records.find(workspace, Person)[0]
    records.add(workspace, Participation(activity_id=series.id, person_id=person.id))
    calendar.export_ics(workspace, tmp_path / "all.ics", now=NOW)
    sent = {str(one["uid"]): int(one["sequence"]) for one in events((tmp_path / "all.ics").read_bytes())}
    found = compare(workspace, year, read(LATER, CHRISTMAS))
    decisions = found.proposed()
    changing.apply(workspace, found, decisions, today=TODAY)
    made = updating.updates(workspace, found, decisions)
    assert [(one.activity.title, one.was, one.now) for one in made] == [
        ("Session", date(2026, 10, 27), None),
        ("Workshop", date(2026, 10, 27), date(2026, 11, 3)),
    ]
    (tmp_path / "mails").mkdir()
    files = updating.write_updates(workspace, made, tmp_path / "mails", "en", now=NOW)
    assert [path.name for path in files] == ["2026-10-27 Session.eml", "2026-10-27 Workshop.eml"]
    called_off, moved = (calendar_of(path) for path in files)
    assert (called_off["status"], str(called_off["uid"]) in sent) == ("CANCELLED", True)
    assert moved["dtstart"].dt.date() == date(2026, 11, 3)
    assert int(moved["sequence"]) == sent[str(moved["uid"])] + 1


def events(data: bytes) -> list[Any]:
    """The events of a calendar, as icalendar reads them."""
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def calendar_of(path: Path) -> Any:
    """The event inside a draft."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    part = next(one for one in message.walk() if one.get_content_type() == "text/calendar")
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    return events(data)[0]


def test_a_signed_agreement_that_names_the_date_is_amended(
    workspace: Workspace,
    year: SchoolYear,
    old: object,
    read: Reader,
    workshop: Activity,
    partnership: Partnership,
) -> None:
    agreement, _ = agreements.prepare(workspace, partnership.id)
    records.change(workspace, Agreement, agreement.id, state=AgreementState.SIGNED)
    own = Clause(
        agreement_id=agreement.id,
        position=90,
        titles={"en": "Dates"},
        texts={"en": "The workshop is on 27 October 2026. No sessions in the Herbstferien."},
        state=ClauseState.AGREED,
    )
    records.add(workspace, own)
    found = compare(workspace, year, read(LATER, CHRISTMAS))
    decisions = found.proposed()
    (offer,) = amendments.offers(workspace, found, decisions)
    assert [(one.title, [change.name for change in one.named]) for one in offer.clauses] == [
        ("Dates", ["Herbstferien", "Workshop"])
    ]
    amendment, _ = amendments.draft_amendment(workspace, offer)
    assert (amendment.follows_id, amendment.follows_as) == (agreement.id, FollowKind.AMENDMENT)
    clauses = records.find(workspace, Clause, agreement_id=amendment.id, order="position")
    dated = next(one for one in clauses if one.titles.get("en") == "Dates")
    assert dated.texts["en"].startswith("The workshop is on 3 November 2026.")
    assert dated.state is ClauseState.UNDER_DISCUSSION
    statement = clauses[-1].texts
    assert "“Workshop” takes place on 3 November 2026 instead of 27 October 2026." in statement["en"]
    assert "12 October 2026" in statement["en"]
    assert "19 October 2026" in statement["en"]
    assert "statt am 27. Oktober 2026" in statement["de"]
    assert {"en", "de", "es", "tr"} <= statement.keys()
    assert records.get(workspace, Clause, own.id).texts == own.texts
    again, _ = amendments.draft_amendment(workspace, offer)
    assert again.id == amendment.id
    workspace.undo()
    workspace.undo()
    assert [one.id for one in records.find(workspace, Agreement)] == [agreement.id]


def test_the_annexed_plan_of_a_signed_agreement_is_amended_too(
    workspace: Workspace, year: SchoolYear, old: object, read: Reader, workshop: Activity, partnership: Partnership
) -> None:
    agreement, _ = agreements.prepare(workspace, partnership.id)
    records.change(workspace, Agreement, agreement.id, state=AgreementState.SIGNED)
    found = compare(workspace, year, read(LATER, CHRISTMAS))
    (offer,) = amendments.offers(workspace, found, found.proposed())
    assert (offer.clauses, [one.name for one in offer.plan]) == ((), ["Workshop"])
    amendment, _ = amendments.draft_amendment(workspace, offer)
    statement = records.find(workspace, Clause, agreement_id=amendment.id, order="position")[-1].texts["en"]
    assert "This concerns: the annexed plan of dates." in statement
    agreements.attach_annex(workspace, agreement.id, "plan", False)
    assert amendments.offers(workspace, found, found.proposed()) == []


def test_what_a_task_is_due_by_is_amended_too(
    workspace: Workspace, year: SchoolYear, old: object, read: Reader, workshop: Activity, partnership: Partnership
) -> None:
    agreement, _ = agreements.prepare(workspace, partnership.id)
    agreements.attach_annex(workspace, agreement.id, "plan", False)
    records.change(workspace, Agreement, agreement.id, state=AgreementState.SIGNED)
    for task, by_when in (("Order wood", "by 27 October"), ("Book the hall", "before the Herbstferien"), ("Tell", "")):
        records.add(workspace, Responsibility(agreement_id=agreement.id, task=task, by_when=by_when))
    found = compare(workspace, year, read(LATER, CHRISTMAS))
    (offer,) = amendments.offers(workspace, found, found.proposed())
    assert [(one.task, [change.name for change in one.named]) for one in offer.tasks] == [
        ("Order wood", ["Workshop"]),
        ("Book the hall", ["Herbstferien"]),
    ]
    amendment, statement = amendments.draft_amendment(workspace, offer)
    due = {one.task: one.by_when for one in records.find(workspace, Responsibility, agreement_id=amendment.id)}
    assert due == {"Order wood": "by 3 November", "Book the hall": "before the Herbstferien", "Tell": ""}
    assert "This concerns: the task “Order wood”; the task “Book the hall”." in statement.texts["en"]
    assert "takes place on 3 November 2026 instead of 27 October 2026" in statement.texts["en"]
    signed = {one.task: one.by_when for one in records.find(workspace, Responsibility, agreement_id=agreement.id)}
    assert signed["Order wood"] == "by 27 October"


def test_what_does_not_concern_an_agreement_offers_nothing(
    workspace: Workspace, year: SchoolYear, old: object, read: Reader, partnership: Partnership
) -> None:
    agreement, _ = agreements.prepare(workspace, partnership.id)
    records.change(workspace, Agreement, agreement.id, state=AgreementState.SIGNED)
    found = compare(workspace, year, read(LATER, CHRISTMAS))
    assert amendments.offers(workspace, found, {}) == []


def test_what_was_decided_for_an_event_is_remembered(workspace: Workspace, year: SchoolYear, read: Reader) -> None:
    concert = ("k", "Konzert", "20261120", "20261121")
    preview = read(concert)
    preview.periods[0].kind, preview.periods[0].chosen = PeriodKind.BLOCKED, True
    school_years.import_periods(workspace, year.id, preview)
    fresh = read(("k", "Konzert", "20261127", "20261128"))
    assert not fresh.periods[0].chosen
    recalled = school_years.recall(workspace, year.id, fresh)
    assert (recalled.periods[0].kind, recalled.periods[0].chosen) == (PeriodKind.BLOCKED, True)
