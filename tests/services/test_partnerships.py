from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from cocivic_desktop.domain.activities import Activity, ActivityStatus, RecurrenceEnd
from cocivic_desktop.domain.agreements import Agreement, AgreementKind, Clause, Commitment, Responsibility
from cocivic_desktop.domain.errors import BadInput, InvalidField, NotFound
from cocivic_desktop.domain.goals import Challenge, Indicator, SharedGoal
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind, Person
from cocivic_desktop.domain.partnerships import Expectation, Meeting, Partnership, PartnershipMember, Task
from cocivic_desktop.domain.rules.placement import Week, place, usable_weeks
from cocivic_desktop.domain.rules.teaching_weeks import year_view
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term
from cocivic_desktop.library.models import model, models
from cocivic_desktop.services import models as models_service
from cocivic_desktop.services import partnerships, starting
from cocivic_desktop.services.models import Section
from cocivic_desktop.store.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST, LAST = date(2026, 8, 17), date(2027, 1, 29)
CODES = [one.code for one in models().models]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "one.cocivic") as opened:
        yield opened


def school_with_year(workspace: Workspace) -> Organisation:
    school, _ = partnerships.create_school(workspace, name="Harbour School", country="DE", region="SH")
    year = SchoolYear(school_id=school.id, label="2026/27", starts_on=FIRST, ends_on=date(2027, 7, 2))
    with workspace.write("fill") as unit:
        unit.add(year)
        for entity in (
            Term(school_year_id=year.id, name="1", starts_on=FIRST, ends_on=LAST),
            CalendarPeriod(
                school_year_id=year.id, name="Autumn", starts_on=date(2026, 10, 12), ends_on=date(2026, 10, 24)
            ),
            CalendarPeriod(
                school_year_id=year.id, name="Christmas", starts_on=date(2026, 12, 21), ends_on=date(2027, 1, 6)
            ),
            CalendarPeriod(
                school_year_id=year.id,
                kind=PeriodKind.ASSESSMENT,
                name="Exams",
                starts_on=date(2027, 1, 18),
                ends_on=date(2027, 1, 22),
            ),
        ):
            unit.add(entity)
    return school


@pytest.mark.parametrize("code", CODES)
def test_a_partnership_starts_with_everything_of_its_model(workspace: Workspace, code: str) -> None:
    school = school_with_year(workspace)
    one = model(code)
    partnership, changes = starting.start(
        workspace, title="Together", school_id=school.id, model_code=code, starts_on=FIRST, ends_on=LAST
    )
    assert changes.touches("partnership")
    with workspace.read() as unit:
        mine: dict[str, Any] = {"partnership_id": partnership.id}
        goals = unit.find(SharedGoal, **mine)
        assert [goal.statement for goal in goals] == [draft.statement["en"] for draft in one.goals]
        assert all(goal.target_on == LAST for goal in goals)
        assert unit.count(Expectation, **mine) == len(one.expectations)
        assert unit.count(Challenge, **mine) == len(one.challenges)
        indicators = unit.find(Indicator, **mine)
        assert [indicator.code for indicator in indicators] == [draft.code for draft in one.indicators]
        assert all(indicator.name and indicator.unit for indicator in indicators)
        agreement = unit.find(Agreement, **mine)[0]
        assert agreement.kind is AgreementKind(one.agreement_kind)
        assert agreement.answers.items() >= one.answers.items()
        clauses = unit.find(Clause, agreement_id=agreement.id)
        included = {clause.code for clause in clauses if clause.included}
        assert {"parties", "purpose", "signatures"} <= included
        assert ("photos" in included) == (one.answers.get("photos", True) is True)
        for clause, special in one.clauses.items():
            assert (clause in included) == (special == "add")
        assert unit.count(Responsibility, agreement_id=agreement.id) == len(one.responsibilities)
        assert unit.count(Commitment, agreement_id=agreement.id) == len(one.commitments)
        activities = unit.find(Activity, **mine)
        assert len(activities) == len(one.activities)
        for activity in activities:
            assert activity.status is ActivityStatus.TENTATIVE
            assert FIRST <= activity.starts_on <= LAST
            assert not date(2026, 10, 12) <= activity.starts_on <= date(2026, 10, 24)
            assert not date(2027, 1, 18) <= activity.starts_on <= date(2027, 1, 22)
            assert activity.recurrence is None or activity.starts_on.weekday() in activity.recurrence.weekdays
        assert unit.count(Meeting, **mine) == sum(1 for draft in one.activities if draft.meeting)
    workspace.undo()
    with workspace.read() as unit:
        assert unit.count(Partnership) == unit.count(Activity) == unit.count(Clause) == unit.count(Meeting) == 0


@pytest.mark.parametrize(
    ("language", "role", "by_when", "visit"),
    [
        ("en", "Student team", "each session", "Visit: talk to the people concerned"),
        ("de", "Team der Lernenden", "zu jedem Termin", "Besuch: mit Betroffenen sprechen"),
        ("es", "Equipo de estudiantes", "en cada sesión", "Visita: hablar con las personas afectadas"),
        ("tr", "Öğrenci ekibi", "her oturumda", "Ziyaret: ihtiyacı yaşayan kişilerle konuşma"),
    ],
)
def test_a_partnership_starts_in_the_language_asked_for(
    workspace: Workspace, language: str, role: str, by_when: str, visit: str
) -> None:
    school, one = school_with_year(workspace), model("social_innovation")
    partnership, _ = starting.start(
        workspace, title="P", school_id=school.id, model_code=one.code, starts_on=FIRST, ends_on=LAST, language=language
    )
    mine: dict[str, Any] = {"partnership_id": partnership.id}
    with workspace.read() as unit:
        assert partnership.summary == one.summary[language]
        assert [goal.statement for goal in unit.find(SharedGoal, **mine)] == [
            goal.statement[language] for goal in one.goals
        ]
        agreement = unit.find(Agreement, **mine)[0]
        assert agreement.language == language
        duties = unit.find(Responsibility, agreement_id=agreement.id, order="position")
        assert [duty.task for duty in duties] == [row.task[language] for row in one.responsibilities]
        assert duties[0].by_when == by_when
        promises = unit.find(Commitment, agreement_id=agreement.id, order="position")
        assert promises[-1].role == role
        activities = unit.find(Activity, **mine)
        assert {activity.title for activity in activities} == {draft.title[language] for draft in one.activities}
        assert visit in {activity.title for activity in activities}
        items = [item for checklist in one.checklists for item in checklist.items[language]]
        assert [task.title for task in unit.find(Task, **mine, order="position")] == items


def test_without_a_school_year_weeks_count_from_the_start(workspace: Workspace) -> None:
    school, _ = partnerships.create_school(workspace, name="School")
    partnership, _ = starting.start(
        workspace, title="P", school_id=school.id, model_code="social_innovation", starts_on=FIRST, ends_on=LAST
    )
    with workspace.read() as unit:
        activities = unit.find(Activity, partnership_id=partnership.id, order="starts_on")
    assert activities[0].starts_on == FIRST + timedelta(days=2)
    series = next(activity for activity in activities if activity.recurrence)
    assert series.recurrence is not None
    assert series.recurrence.ends is RecurrenceEnd.ON_DATE
    assert series.recurrence.until == LAST - timedelta(weeks=3), "the last weeks are kept for presenting"


def test_the_coordinator_becomes_a_member(workspace: Workspace) -> None:
    school, _ = partnerships.create_school(workspace, name="School")
    person = Person(name="Ada")
    with workspace.write("fill") as unit:
        unit.add(person)
    partnership, _ = starting.start(
        workspace, title="P", school_id=school.id, model_code="social_innovation", starts_on=FIRST,
        coordinator_id=person.id,
    )  # fmt: skip
    with workspace.read() as unit:
        members = unit.find(PartnershipMember, partnership_id=partnership.id)
    assert [(member.person_id, member.role, member.is_contact) for member in members] == [
        (person.id, "Coordinator", True)
    ]


def test_nothing_is_left_of_a_start_that_fails(workspace: Workspace) -> None:
    ours, _ = partnerships.set_up_organisation(workspace, name="Ours")
    school, _ = partnerships.create_school(workspace, name="School")
    common: dict[str, Any] = {"title": "P", "model_code": "social_innovation", "starts_on": FIRST}
    with pytest.raises(BadInput, match="our own"):
        starting.start(workspace, school_id=ours.id, **common)
    with pytest.raises(BadInput, match="before it starts"):
        starting.start(workspace, school_id=school.id, ends_on=date(2026, 1, 1), **common)
    with pytest.raises(NotFound):
        starting.start(workspace, school_id=uuid4(), **common)
    with pytest.raises(NotFound):
        starting.start(workspace, title="P", school_id=school.id, model_code="none", starts_on=FIRST)
    with pytest.raises(InvalidField):
        starting.start(workspace, title=" ", school_id=school.id, model_code=CODES[0], starts_on=FIRST)
    with workspace.read() as unit:
        assert unit.count(Partnership) == 0


def test_our_organisation_is_entered_once_and_changed_later(workspace: Workspace) -> None:
    first, _ = partnerships.set_up_organisation(workspace, name="Ours", country="ES")
    assert (first.kind, first.zone) == (OrganisationKind.CSO, "Europe/Madrid")
    second, _ = partnerships.set_up_organisation(workspace, name="Ours, renamed", mission="Help")
    assert second.id == first.id
    with workspace.read() as unit:
        assert [one.name for one in unit.find(Organisation)] == ["Ours, renamed"]


@pytest.mark.parametrize("code", CODES)
def test_a_preview_says_what_a_model_brings(workspace: Workspace, code: str) -> None:
    shown, one = models_service.preview(workspace, code, "xx"), model(code)
    assert shown.title == one.title["en"]
    assert shown.sections[Section.GOALS] == tuple(goal.statement["en"] for goal in one.goals)
    assert shown.sections[Section.ACTIVITIES] == tuple(activity.title["en"] for activity in one.activities)
    assert shown.guidance == one.guidance["en"]
    assert [case[0] for case in shown.cases] == [case.who["en"] for case in one.cases]
    assert [title for title, _ in shown.checklists] == [checklist.title["en"] for checklist in one.checklists]


def test_all_models_are_previewed_by_title(workspace: Workspace) -> None:
    titles = [shown.title for shown in models_service.previews(workspace)]
    assert len(titles) == len(CODES)
    assert titles == sorted(titles, key=str.casefold)


def test_a_closed_weekday_gives_the_nearest_and_an_unwise_day_the_next_week() -> None:
    monday = date(2026, 9, 7)
    weeks = [
        Week(tuple(monday + timedelta(weeks=week, days=day) for day in days))
        for week, days in enumerate([(0, 1, 3, 4), (0, 1, 2, 3, 4), (0, 1, 2, 3, 4)])
    ]
    never = lambda day: False
    assert place(weeks, 1, [2], unwise=never) == monday + timedelta(days=1)
    assert place(weeks, 1, [2], unwise=never, exact=True) == monday + timedelta(days=9)
    assert place(weeks, 2, [2], unwise=lambda day: day < monday + timedelta(days=14)) == monday + timedelta(days=16)
    assert place(weeks, -1, [4], unwise=lambda day: day >= monday + timedelta(days=14)) == monday + timedelta(days=11)
    assert place(weeks, 99, [0], unwise=never) == monday + timedelta(days=14)
    assert place(weeks, -99, [0], unwise=never) == monday


def test_weeks_of_closure_are_not_counted() -> None:
    year = SchoolYear(school_id=uuid4(), label="x", starts_on=FIRST, ends_on=LAST)
    holiday = CalendarPeriod(school_year_id=year.id, name="h", starts_on=date(2026, 8, 24), ends_on=date(2026, 8, 30))
    weeks = usable_weeks(year_view(year, periods=[holiday]), FIRST, LAST)
    assert weeks[1].days[0] == date(2026, 8, 31)
    assert usable_weeks(None, date(2026, 8, 22), date(2026, 8, 23))[0].days == (date(2026, 8, 22),)
