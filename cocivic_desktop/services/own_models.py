"""Saving a partnership as a model of our own, without the people in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, RecurrenceEnd
from cocivic_desktop.domain.agreements import (
    Agreement,
    AgreementKind,
    Clause,
    Commitment,
    CommunicationRoutine,
    FundingItem,
    Resource,
    Responsibility,
)
from cocivic_desktop.domain.base import Entity, fold
from cocivic_desktop.domain.clause_library import QuestionType
from cocivic_desktop.domain.goals import Challenge, Indicator, SharedGoal
from cocivic_desktop.domain.model_parts import Badge, Competence, ModelPart, OwnModel
from cocivic_desktop.domain.organisations import Organisation, PersonKind
from cocivic_desktop.domain.partnership_view import side_of
from cocivic_desktop.domain.partnerships import Expectation, Meeting, Partnership
from cocivic_desktop.domain.rules.placement import Week, usable_weeks
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.cooperation.drafts import AREAS
from cocivic_desktop.library.questions import questions
from cocivic_desktop.services import model_parts, models
from cocivic_desktop.services.starting import year_of

if TYPE_CHECKING:
    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

Fields = dict[str, Any]


def save_as_model(
    workspace: Workspace, partnership_id: UUID, title: str, *, language: str = "en"
) -> tuple[OwnModel, Changes]:
    """Keep the goals, expectations, plan, own clauses, and tables of the agreement of a partnership as our own model.

    Owners, names, dates, answers in free words and results stay out; days become teaching weeks. `language` says in
    which language the partnership's texts are written. A model saved under the same title is replaced.
    Raises NotFound, BadInput.
    """
    import tomli_w

    with workspace.read() as unit:
        data = _Saved(unit, unit.get(Partnership, partnership_id), language).fields(title)
    return models.store(workspace, tomli_w.dumps(data), title)


def code_of(title: str) -> str:
    """The code of an own model: "Repair Café 2" → "own_repair_cafe_2"."""
    return "own_" + (re.sub(r"[^a-z0-9]+", "_", fold(title)).strip("_") or "model")


class _Saved:
    """One partnership as the fields of a model's file."""

    def __init__(self, unit: UnitOfWork, partnership: Partnership, language: str) -> None:
        self.unit = unit
        self.partnership = partnership
        self.language = language
        self.goals = unit.find(SharedGoal, partnership_id=partnership.id)
        self.numbers = {goal.id: number for number, goal in enumerate(self.goals, 1)}
        agreements = unit.find(Agreement, partnership_id=partnership.id)
        self.agreement = agreements[-1] if agreements else None

    def fields(self, title: str) -> Fields:
        """All of it. Empty texts and empty lists are left away."""
        partnership = self.partnership
        school = self.unit.get(Organisation, partnership.school_id)
        kind = self.agreement.kind if self.agreement else AgreementKind.MOU
        found: Fields = {
            "code": code_of(title),
            "language": self.language,
            "agreement_kind": kind.value,
            "partner_kinds": [school.kind.value],
            "minors": partnership.minors,
            "hour_categories": partnership.hour_categories or ["preparation", "delivery"],
            "parts": [part.value for part in ModelPart if part in model_parts.parts_in(self.unit, partnership)],
            "title": self.say(title),
            "summary": self.say(partnership.summary or title),
            "source": self.say(partnership.title),
            "answers": self._answers(),
            "clauses": self._clauses(),
            "goals": [self._goal(goal) for goal in self.goals if goal.statement.strip()],
            "expectations": [
                {"side": one.side.value, "kind": one.kind.value, "text": self.say(one.text)}
                for one in self._mine(Expectation)
            ],
            "roles": self._roles(),
            "responsibilities": list(self._responsibilities()),
            "commitments": list(self._commitments()),
            "routines": [self._routine(one) for one in self._agreed(CommunicationRoutine) if one.title.strip()],
            "resources": [self._resource(one) for one in self._agreed(Resource) if one.title.strip()],
            "costs": [self._cost(one) for one in self._agreed(FundingItem) if one.title.strip()],
            "challenges": [self._challenge(one) for one in self._mine(Challenge)],
            "indicators": [self._indicator(one) for one in self._mine(Indicator) if one.code],
            "activities": list(self._activities(school)),
            "own_clauses": self._own_clauses(),
            **self._framework(),
        }
        return {name: value for name, value in found.items() if value not in ({}, [])}

    def say(self, text: str) -> Fields:
        """A text in the partnership's language; nothing for an empty one."""
        return {self.language: text} if text.strip() else {}

    def _mine(self, cls: type[Any]) -> list[Any]:
        found: list[Any] = self.unit.find(cls, partnership_id=self.partnership.id)
        return found

    def _agreed(self, cls: type[Any]) -> list[Any]:
        return self.unit.find(cls, agreement_id=self.agreement.id) if self.agreement else []

    def _texts(self, entity: Entity, *names: str) -> Fields:
        """The texts of an entity that are not empty."""
        return {name: self.say(getattr(entity, name)) for name in names if getattr(entity, name).strip()}

    def _serves(self, goal_id: UUID | None) -> Fields:
        number = self.numbers.get(goal_id) if goal_id else None
        return {"goal": number} if number else {}

    def _answers(self) -> Fields:
        """What was ticked, chosen or counted in the interview. Free words may hold names and stay out."""
        plain = (QuestionType.BOOL, QuestionType.CHOICE, QuestionType.NUMBER)
        known = {one.code for one in questions() if one.type in plain}
        given = self.agreement.answers if self.agreement else {}
        return {code: value for code, value in given.items() if code in known}

    def _clauses(self) -> Fields:
        """What differs from the library's own proposal: a clause that depends on facts is named when it is in."""
        library = clause_library()
        clauses = [(one, library.get(one.code)) for one in self._agreed(Clause) if one.code]
        found = {
            "add": [
                one.code
                for one, entry in clauses
                if entry and one.included and (entry.when or entry.unless or not entry.essential)
            ],
            "leave_out": [one.code for one, entry in clauses if entry and not one.included],
        }
        return {name: codes for name, codes in found.items() if codes}

    def _own_clauses(self) -> list[Fields]:
        return [
            {"title": self.say(one.titles[self.language]), "text": self.say(one.texts[self.language])}
            for one in self._agreed(Clause)
            if not one.code and one.titles.get(self.language, "").strip() and one.texts.get(self.language, "").strip()
        ]

    def _goal(self, goal: SharedGoal) -> Fields:
        benefits = {
            name: self.say(getattr(goal, name) or "–") for name in ("benefit_cso", "benefit_school", "benefit_learners")
        }
        texts = self._texts(goal, "statement", "curriculum_link", "mission_link")
        return {"theme": goal.theme.value, **texts, **benefits}

    def _roles(self) -> list[Fields]:
        """The roles that promise time: what they are called says enough, who fills them stays out."""
        found: dict[str, Fields] = {}
        for one in self._agreed(Commitment):
            if one.role.strip():
                found.setdefault(
                    one.role,
                    {"side": one.side.value, "name": self.say(one.role), "text": self.say(one.remark or one.role)},
                )
        return list(found.values())

    def _responsibilities(self) -> Iterator[Fields]:
        for one in self._agreed(Responsibility):
            if "leads" in (one.cso.value, one.school.value):
                area = one.area if one.area in AREAS else "facilitation"
                parts = {"area": area, "cso": one.cso.value, "school": one.school.value}
                yield {**parts, **self._texts(one, "task", "by_when")}

    def _commitments(self) -> Iterator[Fields]:
        for one in self._agreed(Commitment):
            if one.minutes:
                role = one.role or side_of(PersonKind.OTHER, at_ours=one.side.value == "cso").value
                yield {
                    "side": one.side.value,
                    "role": self.say(role),
                    "minutes": one.minutes,
                    "unit": one.unit.value,
                    **self._texts(one, "remark"),
                }

    def _routine(self, one: CommunicationRoutine) -> Fields:
        """Without the persons and the day: those are of this partnership only."""
        return {
            "kind": one.kind.value,
            "rhythm": one.rhythm.value,
            "count": one.count,
            "minutes": one.duration_minutes,
            **self._texts(one, "title", "channel", "remark"),
        }

    def _resource(self, one: Resource) -> Fields:
        texts = self._texts(one, "title", "quantity", "available", "remark")
        return {"kind": one.kind.value, "provided_by": one.provided_by.value, **texts}

    def _cost(self, one: FundingItem) -> Fields:
        amount = {"amount": one.amount_cents / 100} if one.amount_cents is not None else {}
        texts = self._texts(one, "title", "source", "remark")
        return {"paid_by": one.paid_by.value, "currency": one.currency, **amount, **texts}

    def _framework(self) -> Fields:
        """Competences and badges; who has earned one, and who checks it, stays out."""
        competences = [one for one in self._mine(Competence) if one.name.strip()]
        numbers = {str(one.id): number for number, one in enumerate(competences, 1)}
        badges = []
        for one in self._mine(Badge):
            found = self._texts(one, "title", "description")
            criteria = [criterion for criterion in one.criteria if criterion.strip()]
            named = [numbers[each] for each in one.competences if each in numbers]
            found |= {"criteria": {self.language: criteria}} if criteria else {}
            found |= {"competences": named} if named else {}
            found |= {"workload_hours": one.workload_hours} if one.workload_hours is not None else {}
            badges.append(found)
        return {
            "competences": [self._texts(one, "area", "name", "description", "evidence") for one in competences],
            "badges": badges,
        }

    def _challenge(self, one: Challenge) -> Fields:
        texts = self._texts(one, "title", "constraints", "learning_objectives")
        needed = {name: self.say(getattr(one, name) or one.title) for name in ("social_need", "question")}
        return {**texts, **needed, **self._serves(one.goal_id)}

    def _indicator(self, one: Indicator) -> Fields:
        target = {"target": one.target} if one.target is not None else {}
        return {"code": one.code, **target, **self._serves(one.goal_id)}

    def _activities(self, school: Organisation) -> Iterator[Fields]:
        """The plan in teaching weeks: the last three count from the end, the others from the start."""
        activities = sorted(self._mine(Activity), key=lambda one: one.starts_on)
        first = self.partnership.starts_on or (activities[0].starts_on if activities else date.min)
        if not activities:
            return
        last = self.partnership.ends_on
        weeks = usable_weeks(year_of(self.unit, school, first, last), first, last)
        meetings = {one.activity_id: one.kind.value for one in self._mine(Meeting)}
        for one in activities:
            found: Fields = {
                **self._texts(one, "title", "place", "description"),
                "kind": one.kind.value,
                "week": week_number(weeks, one.starts_on, from_end=last is not None),
                "weekday": min(one.starts_on.weekday(), 6),
                "minutes": min(one.duration_minutes, 24 * 60),
                **self._serves(one.goal_id),
            }
            if one.start_time is not None:
                found["start_time"] = one.start_time.isoformat("minutes")
            if one.preparation_minutes:
                found["preparation_minutes"] = min(one.preparation_minutes, 24 * 60)
            if one.id in meetings:
                found["meeting"] = meetings[one.id]
            if one.recurrence is not None:
                found |= _series(one)
            yield found


def _series(one: Activity) -> Fields:
    """How an activity recurs; a series that ended on a date ends before the assessments."""
    recurrence = one.recurrence
    if recurrence is None:
        return {}
    weekdays = recurrence.weekdays or [one.starts_on.weekday()]
    ends = recurrence.ends if recurrence.ends is not RecurrenceEnd.ON_DATE else RecurrenceEnd.BEFORE_ASSESSMENT
    count = {"count": recurrence.count} if ends is RecurrenceEnd.AFTER_COUNT else {}
    return {"every": recurrence.interval, "weekdays": sorted(weekdays), "ends": ends.value, **count}


def week_number(weeks: tuple[Week, ...], day: date, *, from_end: bool) -> int:
    """The week of a day as a model counts it: from 1, or, in the last three weeks, from -1 at the end."""
    number = next((n for n, week in enumerate(weeks) if day <= week.days[-1]), len(weeks) - 1)
    left = len(weeks) - number
    if from_end and left <= 3 and len(weeks) > 6:
        return -left
    return min(number + 1, 60)
