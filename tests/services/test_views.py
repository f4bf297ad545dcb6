"""Views, next steps, progress, indicators and search, from real workspaces."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from cocivic_desktop.domain.activities import Activity, ActivityStatus, Participation, Recurrence
from cocivic_desktop.domain.agreements import Agreement, AgreementVersion, Clause, Commitment
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.goals import Indicator, IndicatorMeans, Measurement, SharedGoal
from cocivic_desktop.domain.hours import Attendance, AttendanceState, HourEntry
from cocivic_desktop.domain.organisations import Organisation, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember, PipelineState, Stage, Task
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term
from cocivic_desktop.domain.surveys import Survey, SurveyGroup, SurveyResponse
from cocivic_desktop.services import advice, evaluate, search, views

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

TODAY = date(2026, 3, 18)


def school_with_year(unit: UnitOfWork) -> Organisation:
    school = unit.add(Organisation(name="Çankaya School", city="Ankara"))
    year = unit.add(
        SchoolYear(school_id=school.id, label="2025/26", starts_on=date(2025, 9, 1), ends_on=date(2026, 7, 10))
    )
    unit.add(Term(school_year_id=year.id, name="2", starts_on=date(2026, 3, 2), ends_on=date(2026, 5, 29)))
    unit.add(
        CalendarPeriod(
            school_year_id=year.id,
            kind=PeriodKind.ASSESSMENT,
            name="Exams",
            starts_on=date(2026, 5, 18),
            ends_on=date(2026, 5, 29),
        )
    )
    return school


@pytest.fixture
def ids(workspace: Workspace) -> dict[str, UUID]:
    """Two partnerships with one school; the same person is booked twice on 24 March."""
    found: dict[str, UUID] = {}
    with workspace.write("prepare") as unit:
        ours = unit.add(Organisation(name="Neighbours", is_ours=True, mission="People meet"))
        school = school_with_year(unit)
        ana = unit.add(Person(name="Ana Öz", kind=PersonKind.VOLUNTEER, organisation_id=ours.id))
        kid = unit.add(Person(name="K.", kind=PersonKind.STUDENT))
        for name in ("first", "second"):
            partnership = unit.add(
                Partnership(
                    title=f"The {name}",
                    school_id=school.id,
                    pipeline=PipelineState.AGREED,
                    starts_on=date(2026, 3, 2),
                    ends_on=date(2026, 6, 26),
                )
            )
            found[name] = partnership.id
            unit.add(PartnershipMember(partnership_id=partnership.id, person_id=ana.id))
            activity = unit.add(
                Activity(
                    partnership_id=partnership.id,
                    title=f"Session of the {name}",
                    starts_on=date(2026, 3, 24),
                    start_time=time(10),
                    status=ActivityStatus.CONFIRMED,
                    recurrence=Recurrence(weekdays=[1]) if name == "first" else None,
                )
            )
            found[f"{name} activity"] = activity.id
            unit.add(Participation(activity_id=activity.id, person_id=ana.id))
        unit.add(Attendance(activity_id=found["first activity"], occurred_on=date(2026, 3, 24), person_id=kid.id))
        unit.add(
            Attendance(
                activity_id=found["first activity"],
                occurred_on=date(2026, 3, 24),
                person_id=ana.id,
                state=AttendanceState.ABSENT,
            )
        )
        unit.add(HourEntry(partnership_id=found["first"], person_id=ana.id, worked_on=TODAY, minutes=90))
    return found


def add_agreement(workspace: Workspace, partnership_id: UUID) -> UUID:
    with workspace.write("agree") as unit:
        agreement = unit.add(Agreement(partnership_id=partnership_id))
        unit.add(Clause(agreement_id=agreement.id, titles={"en": "Ownership of Results"}, topic="results_ownership"))
        unit.add(Commitment(agreement_id=agreement.id, side=Side.CSO, minutes=60))
        unit.add(
            AgreementVersion(
                agreement_id=agreement.id, number=1, content=b"x" * 9, shared_at=datetime(2026, 2, 1, tzinfo=UTC)
            )
        )
    return agreement.id


def test_a_view_holds_what_belongs_to_it(workspace: Workspace, ids: dict[str, UUID]) -> None:
    agreement_id = add_agreement(workspace, ids["first"])
    view = views.partnership_view(workspace, ids["first"])
    assert view.school is not None
    assert view.school.name == "Çankaya School"
    assert view.our_organisation is not None
    assert [person.name for person in view.people] == ["Ana Öz"]
    assert view.agreement is not None
    assert view.agreement.id == agreement_id
    assert [version.number for version in view.versions] == [1]
    assert view.versions[0].shared_at == datetime(2026, 2, 1, tzinfo=UTC)
    assert view.paperwork_processes == 0
    assert view.teaching_weeks == 13
    assert [one.on for one in view.occurrences][:2] == [date(2026, 3, 24), date(2026, 3, 31)]
    assert {activity.id for activity in view.activities} == {ids["first activity"]}
    (total,) = view.hour_totals
    assert (total.side, total.month, total.minutes) == (Side.CSO, "2026-03", 90)
    (attendance,) = view.attendance
    assert len(attendance.people) == len(attendance.students) == 1


def test_a_view_sees_double_bookings_in_other_partnerships(workspace: Workspace, ids: dict[str, UUID]) -> None:
    for name in ("first", "second"):
        view = views.partnership_view(workspace, ids[name])
        booked = [conflict for conflict in view.conflicts if conflict.code == "person_busy"]
        assert [conflict.activity_id for conflict in booked] == [ids[f"{name} activity"]]


def test_an_unknown_partnership(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        views.partnership_view(workspace, uuid4())


def test_next_steps_of_all_and_of_one(workspace: Workspace, ids: dict[str, UUID]) -> None:
    everything = advice.next_steps(workspace, TODAY)
    assert {step.partnership_id for step in everything} == {ids["first"], ids["second"]}
    assert [step.urgency for step in everything] == sorted((s.urgency for s in everything), reverse=True)
    one = advice.next_steps(workspace, TODAY, ids["first"])
    assert {step.partnership_id for step in one} == {ids["first"]}
    assert {"agreement_missing", "goals_missing", "conflicts_hard"} <= {step.code for step in one}


def test_progress(workspace: Workspace, ids: dict[str, UUID]) -> None:
    progress = advice.stage_progress(workspace, ids["first"], TODAY)
    assert 0 < progress[Stage.CALENDAR] < 1
    assert advice.advise(workspace, TODAY)[ids["first"]].progress == progress


def test_indicators_with_targets_and_values(workspace: Workspace, ids: dict[str, UUID]) -> None:
    owner = ids["first"]
    with workspace.write("measure") as unit:
        chosen = unit.add(Indicator(partnership_id=owner, code="volunteer_hours", target=40.0))
        media = unit.add(
            Indicator(partnership_id=owner, code="media_coverage", means=IndicatorMeans.MANUAL, baseline=0.0)
        )
        own = unit.add(Indicator(partnership_id=owner, name="Trees", unit="trees", target=5.0))
        for day, value in ((date(2026, 2, 1), 1.0), (date(2026, 3, 1), 3.0), (date(2026, 9, 1), 9.0)):
            unit.add(Measurement(indicator_id=media.id, measured_on=day, value=value, source="clippings"))
        survey = unit.add(Survey(partnership_id=owner, group=SurveyGroup.STUDENTS, minimum_group=3))
        for answer in (5, 4, 1):
            unit.add(SurveyResponse(survey_id=survey.id, answers={"satisfaction_students": answer, "free": "text"}))
    rows = {row.code: row for row in evaluate.indicators(workspace, owner, TODAY)}
    assert len(rows) == 42
    hours = rows["volunteer_hours"]
    assert hours.indicator is not None
    assert (hours.indicator.id, hours.target, hours.actual, hours.source) == (chosen.id, 40, 1.5, "hours")
    assert (rows["media_coverage"].actual, rows["media_coverage"].measured_on) == (3, date(2026, 3, 1))
    assert rows["satisfaction_students"].actual == 3.33
    assert rows["satisfaction_students"].means is IndicatorMeans.SURVEY
    assert rows["donations"].actual is None
    assert rows["donations"].name("de").startswith("Spenden")
    assert rows[""].indicator is not None
    assert (rows[""].indicator.id, rows[""].name(), rows[""].actual) == (own.id, "Trees", None)


def test_a_survey_that_is_too_small_shows_nothing(workspace: Workspace, ids: dict[str, UUID]) -> None:
    with workspace.write("ask") as unit:
        survey = unit.add(Survey(partnership_id=ids["first"], group=SurveyGroup.STAFF))
        unit.add(SurveyResponse(survey_id=survey.id, answers={"workload": 5}))
    rows = {row.code: row for row in evaluate.indicators(workspace, ids["first"], TODAY)}
    assert rows["workload"].actual is None


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("cankaya", "organisation", "Çankaya School"),
        ("ANKARA", "organisation", "Çankaya School"),
        ("oz", "person", "Ana Öz"),
        ("ownership results", "clause", "Ownership of Results"),
        ("session second", "activity", "Session of the second"),
        ("the fir", "partnership", "The first"),
        ("plant", "shared_goal", "Plant trees"),
        ("ring 100%", "task", "Ring 100% of parents"),
    ],
)
def test_search(workspace: Workspace, ids: dict[str, UUID], text: str, kind: str, title: str) -> None:
    add_agreement(workspace, ids["first"])
    with workspace.write("more") as unit:
        unit.add(SharedGoal(partnership_id=ids["first"], statement="Plant\ntrees"))
        unit.add(Task(partnership_id=ids["first"], title="Ring 100% of parents"))
    hits = search.search(workspace, text)
    assert (hits[0].kind, hits[0].title) == (kind, title)


def test_search_finds_nothing_in_nothing(workspace: Workspace, ids: dict[str, UUID]) -> None:
    for text in ("", " ", "x", "%%", "'; DROP TABLE person; --", "no such thing"):
        assert search.search(workspace, text) == []


def test_the_beginning_comes_first(workspace: Workspace, ids: dict[str, UUID]) -> None:
    with workspace.write("more") as unit:
        for title in ("Big green", "Evergreen", "Green bins"):
            unit.add(Task(partnership_id=ids["first"], title=title))
    assert [hit.title for hit in search.search(workspace, "green")] == ["Green bins", "Big green", "Evergreen"]
    assert len(search.search(workspace, "green", limit=2)) == 2


@pytest.mark.slow
def test_one_of_ten_thousand_is_found(workspace: Workspace, ids: dict[str, UUID]) -> None:
    values: dict[str, Any] = {"partnership_id": ids["first"], "starts_on": TODAY}
    with workspace.write("many") as unit:
        unit.insert_many(Activity, (Activity(title=f"Session {number}", **values) for number in range(10_000)))
    assert [hit.title for hit in search.search(workspace, "session 9999")] == ["Session 9999"]
