"""A large workspace: 30 partnerships, 10,000 activities, 200,000 hour entries. The same every time."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityKind, ActivityStatus, Participation
from cocivic_desktop.domain.agreements import Agreement, Clause, Commitment
from cocivic_desktop.domain.base import Entity, Side
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.hours import HourCategory, HourEntry
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember, PipelineState, Task
from cocivic_desktop.domain.school_years import CalendarPeriod, PeriodKind, SchoolYear, Term
from cocivic_desktop.store.workspace import Workspace

PARTNERSHIPS = 30
SCHOOLS = 15
PEOPLE = 120
ACTIVITIES = 10_000
PERIODS = 500
HOURS = 200_000
YEAR_STARTS = date(2025, 8, 1)
YEAR_ENDS = date(2026, 7, 31)

Thing = TypeVar("Thing", bound=Entity)

_THEMES = (
    "river",
    "garden",
    "repair café",
    "bicycle",
    "solar roof",
    "oral history",
    "kitchen",
    "radio",
    "Žižkov archive",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each there are; `scaled` makes a smaller or larger workspace for the growth figures."""

    activities: int = ACTIVITIES
    hours: int = HOURS

    def scaled(self, factor: float) -> Size:
        """The same shape, `factor` times as much."""
        return Size(int(self.activities * factor), int(self.hours * factor))


class Content:
    """The things of the large workspace as plain objects, parents before children."""

    def __init__(self, size: Size | None = None) -> None:
        self.size = size or Size()
        self.random = random.Random(2026)
        self.organisations = list(self._organisations())
        self.people = list(self._people())
        self.partnerships = [self._partnership(number) for number in range(PARTNERSHIPS)]
        self.members = [
            self._with_id(PartnershipMember(partnership_id=one.id, person_id=person.id, role="mentor"))
            for number, one in enumerate(self.partnerships)
            for person in self.people[number * 4 : number * 4 + 4]
        ]
        self.goals = [
            self._with_id(SharedGoal(partnership_id=one.id, statement=f"Goal {number} for the {self._theme()}"))
            for one in self.partnerships
            for number in range(4)
        ]
        self.agreements = [
            self._with_id(Agreement(partnership_id=one.id, title=f"Agreement: {one.title}"))
            for one in self.partnerships
        ]
        self.clauses = [
            self._with_id(
                Clause(
                    agreement_id=agreement.id,
                    position=number,
                    topic="purpose",
                    titles={"en": f"Clause {number}"},
                    texts={"en": f"Both sides look after the {self._theme()} together and say so in public. " * 4},
                )
            )
            for agreement in self.agreements
            for number in range(25)
        ]
        self.commitments = [
            self._with_id(Commitment(agreement_id=agreement.id, side=side, role=role, minutes=60 * 400))
            for agreement in self.agreements
            for side, role in ((Side.CSO, "mentor"), (Side.SCHOOL, "teacher"))
        ]
        self.tasks = [
            self._with_id(Task(partnership_id=one.id, title=f"Task {number}: {self._theme()}", position=number))
            for one in self.partnerships
            for number in range(10)
        ]
        self.school_years = [
            self._with_id(SchoolYear(school_id=school.id, label="2025/26", starts_on=YEAR_STARTS, ends_on=YEAR_ENDS))
            for school in self.organisations[1:]
        ]
        self.terms = list(self._terms())
        self.periods = list(self._periods())
        self.activities = list(self._activities())
        self.participations = [
            self._with_id(
                Participation(activity_id=one.id, person_id=self.random.choice(self.people).id, role="mentor")
            )
            for one in self.activities
        ]

    def hours(self) -> Iterator[HourEntry]:
        """The hour entries, made one by one."""
        categories = list(HourCategory)
        days = (YEAR_ENDS - YEAR_STARTS).days
        for number in range(self.size.hours):
            partnership = number % PARTNERSHIPS
            yield self._with_id(
                HourEntry(
                    partnership_id=self.partnerships[partnership].id,
                    person_id=self.people[partnership * 4 + self.random.randrange(4)].id,
                    role="mentor",
                    worked_on=YEAR_STARTS + timedelta(days=self.random.randrange(days)),
                    minutes=15 * self.random.randrange(1, 17),
                    category=self.random.choice(categories),
                    remark=f"{self._theme()}, group {number % 7}",
                )
            )

    def fill(self, workspace: Workspace, *, hours: bool = True) -> None:
        """Store everything, or everything but the hours."""
        groups: tuple[Iterable[Entity], ...] = (
            self.organisations,
            self.people,
            self.partnerships,
            self.members,
            self.goals,
            self.agreements,
            self.clauses,
            self.commitments,
            self.school_years,
            self.terms,
            self.periods,
            self.activities,
            self.participations,
            self.tasks,
        )
        with workspace.write("import", label="large workspace") as unit:
            for group in groups:
                things = list(group)
                unit.insert_many(type(things[0]), things)
            if hours:
                unit.insert_many(HourEntry, self.hours())

    def _with_id(self, thing: Thing) -> Thing:
        thing.id = UUID(int=self.random.getrandbits(128), version=4)
        return thing

    def _theme(self) -> str:
        return self.random.choice(_THEMES)

    def _organisations(self) -> Iterator[Organisation]:
        yield self._with_id(Organisation(name="Green Harbour", kind=OrganisationKind.CSO, is_ours=True, country="DE"))
        for number in range(SCHOOLS):
            yield self._with_id(
                Organisation(name=f"Vocational School {number + 1}", city="Kiel", country="DE", region="SH")
            )

    def _people(self) -> Iterator[Person]:
        kinds = (PersonKind.MENTOR, PersonKind.VOLUNTEER, PersonKind.TEACHER, PersonKind.STUDENT)
        for number in range(PEOPLE):
            yield self._with_id(
                Person(
                    name=f"Person {number:03}",
                    kind=kinds[number % len(kinds)],
                    organisation_id=self.organisations[number % len(self.organisations)].id,
                )
            )

    def _partnership(self, number: int) -> Partnership:
        return self._with_id(
            Partnership(
                title=f"Partnership {number + 1}: {_THEMES[number % len(_THEMES)]}",
                school_id=self.organisations[1 + number % SCHOOLS].id,
                pipeline=PipelineState.AGREED,
                starts_on=YEAR_STARTS,
                ends_on=YEAR_ENDS,
            )
        )

    def _terms(self) -> Iterator[Term]:
        for year in self.school_years:
            for number, (first, last) in enumerate(
                ((date(2025, 9, 1), date(2026, 1, 30)), (date(2026, 2, 9), date(2026, 7, 3)))
            ):
                yield self._with_id(
                    Term(
                        school_year_id=year.id,
                        name=f"Term {number + 1}",
                        starts_on=first,
                        ends_on=last,
                        position=number,
                    )
                )

    def _periods(self) -> Iterator[CalendarPeriod]:
        kinds = (PeriodKind.HOLIDAY, PeriodKind.PUBLIC_HOLIDAY, PeriodKind.ASSESSMENT, PeriodKind.BLOCKED)
        for number in range(PERIODS):
            first = YEAR_STARTS + timedelta(days=self.random.randrange(350))
            yield self._with_id(
                CalendarPeriod(
                    school_year_id=self.school_years[number % SCHOOLS].id,
                    kind=kinds[number % len(kinds)],
                    name=f"Period {number}",
                    starts_on=first,
                    ends_on=first + timedelta(days=self.random.randrange(5)),
                )
            )

    def _activities(self) -> Iterator[Activity]:
        kinds = (ActivityKind.WORKSHOP, ActivityKind.SESSION, ActivityKind.MEETING, ActivityKind.VISIT)
        for number in range(self.size.activities):
            yield self._with_id(
                Activity(
                    partnership_id=self.partnerships[number % PARTNERSHIPS].id,
                    title=f"{self._theme().capitalize()} session {number}",
                    kind=kinds[number % len(kinds)],
                    status=ActivityStatus.CONFIRMED,
                    starts_on=YEAR_STARTS + timedelta(days=self.random.randrange(365)),
                    start_time=time(8 + self.random.randrange(9), 15 * self.random.randrange(4)),
                    duration_minutes=90,
                    place=f"Room {number % 40}",
                    description="Bring gloves and the plan of the last time.",
                )
            )


def build(path: Path, content: Content | None = None, *, hours: bool = True) -> Content:
    """Write the large workspace to `path`, which must not exist, and give what is in it."""
    content = content or Content()
    with Workspace.create(path) as workspace:
        content.fill(workspace, hours=hours)
    return content
