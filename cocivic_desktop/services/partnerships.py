"""Starting a partnership from a model of cooperation, and the two organisations it needs. One undoable step each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityStatus, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.agreements import Agreement, Clause, Commitment, Responsibility
from cocivic_desktop.domain.base import Language
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import Challenge, Indicator, SharedGoal
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind
from cocivic_desktop.domain.partnerships import Expectation, Meeting, Partnership, PartnershipMember
from cocivic_desktop.domain.rules.placement import Week, in_assessment, place, usable_weeks
from cocivic_desktop.domain.rules.teaching_weeks import YearView, join_years, year_view
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, SchoolYear, Term
from cocivic_desktop.library.cooperation.drafts import ActivityDraft, Model, SpecialClause, Text
from cocivic_desktop.library.indicators import indicators_by_code
from cocivic_desktop.library.models import model, models, text_in, texts_in
from cocivic_desktop.services import agreements

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

CLOSING_WEEKS = 3
"""Weeks at the end of a plan that are kept for presenting and reflecting, while no assessment dates are known."""
ZONES = {
    "AT": "Europe/Vienna", "BA": "Europe/Sarajevo", "BE": "Europe/Brussels", "BG": "Europe/Sofia",
    "CH": "Europe/Zurich", "CY": "Asia/Nicosia", "CZ": "Europe/Prague", "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen", "EE": "Europe/Tallinn", "ES": "Europe/Madrid", "FI": "Europe/Helsinki",
    "FR": "Europe/Paris", "GB": "Europe/London", "GR": "Europe/Athens", "HR": "Europe/Zagreb",
    "HU": "Europe/Budapest", "IE": "Europe/Dublin", "IT": "Europe/Rome", "LT": "Europe/Vilnius",
    "LU": "Europe/Luxembourg", "LV": "Europe/Riga", "MT": "Europe/Malta", "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo", "PL": "Europe/Warsaw", "PT": "Europe/Lisbon", "RO": "Europe/Bucharest",
    "RS": "Europe/Belgrade", "SE": "Europe/Stockholm", "SI": "Europe/Ljubljana", "SK": "Europe/Bratislava",
    "TR": "Europe/Istanbul", "UA": "Europe/Kyiv",
}  # fmt: skip
"""Time zone of most people in a country (IANA), proposed when an organisation is entered; regions may differ."""


@dataclass(frozen=True)
class ModelPreview:
    """What a model would bring, in one language: for the dialog in which one is chosen."""

    code: str
    title: str
    summary: str
    source: str
    for_whom: str
    goals: tuple[str, ...]
    expectations: tuple[tuple[str, str, str], ...]
    """Side, kind and text."""
    roles: tuple[tuple[str, str, str], ...]
    """Side, name and what the role does."""
    responsibilities: tuple[str, ...]
    activities: tuple[str, ...]
    guidance: tuple[str, ...]
    cases: tuple[tuple[str, str, str, str], ...]
    """Who, what, result and source of each cooperation of this kind."""
    checklists: tuple[tuple[str, tuple[str, ...]], ...]
    """Title and items."""


def preview(model_code: str, language: str = "en") -> ModelPreview:
    """What the model `model_code` would bring to a partnership. Raises NotFound."""
    one = model(model_code)

    def say(text: Text) -> str:
        return text_in(text, language)

    return ModelPreview(
        code=one.code,
        title=say(one.title),
        summary=say(one.summary),
        source=say(one.source),
        for_whom=say(one.for_whom),
        goals=tuple(say(goal.statement) for goal in one.goals),
        expectations=tuple((entry.side.value, entry.kind.value, say(entry.text)) for entry in one.expectations),
        roles=tuple((role.side.value, say(role.name), say(role.text)) for role in one.roles),
        responsibilities=tuple(say(row.task) for row in one.responsibilities),
        activities=tuple(say(activity.title) for activity in one.activities),
        guidance=texts_in(one.guidance, language),
        cases=tuple((say(case.who), say(case.what), say(case.result), say(case.source)) for case in one.cases),
        checklists=tuple((say(entry.title), texts_in(entry.items, language)) for entry in one.checklists),
    )


def previews(language: str = "en") -> list[ModelPreview]:
    """All models in a language, by title."""
    found = [preview(one.code, language) for one in models().models]
    return sorted(found, key=lambda one: one.title.casefold())


def set_up_organisation(workspace: Workspace, **fields: Any) -> tuple[Organisation, Changes]:
    """Describe our own organisation: enter it at the first start, change it later.

    `fields` are those of `Organisation`. Raises InvalidField.
    """
    fields = _with_zone({"kind": OrganisationKind.CSO, **fields})
    with workspace.write("set_up_organisation", str(fields.get("name", ""))) as unit:
        ours = unit.first(Organisation, is_ours=True)
        if ours is None:
            ours = unit.add(Organisation(is_ours=True, **fields))
        else:
            for name, value in fields.items():
                setattr(ours, name, value)
    return ours, workspace.last_changes


def create_school(workspace: Workspace, **fields: Any) -> tuple[Organisation, Changes]:
    """Enter a school or another partner. `fields` are those of `Organisation`. Raises InvalidField."""
    school = Organisation(**{**_with_zone(fields), "is_ours": False})
    with workspace.write("add_organisation", school.name) as unit:
        unit.add(school)
    return school, workspace.last_changes


def start(
    workspace: Workspace,
    *,
    title: str,
    school_id: UUID,
    model_code: str,
    starts_on: date,
    ends_on: date | None = None,
    language: Language | str = Language.ENGLISH,
    coordinator_id: UUID | None = None,
) -> tuple[Partnership, Changes]:
    """Start a partnership with a school from a model: one step, undone as a whole.

    Brings the model's goals, expectations, challenges, indicators, an agreement with its clauses,
    responsibilities and commitments, and the activities as tentative ones, placed in the school's year when it is
    known, else by calendar weeks from `starts_on`. Texts come in `language`, else in English.
    Raises NotFound, InvalidField, or BadInput when the school is our own organisation or the end precedes the start.
    """
    one = model(model_code)
    if ends_on is not None and ends_on < starts_on:
        raise BadInput(f"The partnership would end ({ends_on}) before it starts ({starts_on}). Please check the dates.")
    with workspace.write("start_partnership", title) as unit:
        school = unit.get(Organisation, school_id)
        if school.is_ours:
            raise BadInput(f"“{school.name}” is our own organisation. Please choose the school to work with.")
        partnership = unit.add(
            Partnership(
                title=title,
                school_id=school_id,
                model=one.code,
                starts_on=starts_on,
                ends_on=ends_on,
                coordinator_id=coordinator_id,
                minors=one.minors,
                summary=text_in(one.summary, language),
                hour_categories=[category.value for category in one.hour_categories],
            )
        )
        if coordinator_id is not None:
            unit.add(
                PartnershipMember(
                    partnership_id=partnership.id, person_id=coordinator_id, role=_coordinator(one, language),
                    is_contact=True,
                )
            )  # fmt: skip
        goals = _bring_goals(unit, partnership, one, language)
        _bring_expectations(unit, partnership, one, language)
        _bring_indicators(unit, partnership, one, goals, language)
        _bring_agreement(workspace, unit, partnership, one, language)
        weeks, year = _weeks(unit, school, starts_on, ends_on)
        for draft in one.activities:
            _bring_activity(unit, partnership, draft, goals, weeks, year, school.zone, language)
    return partnership, workspace.last_changes


def year_of(unit: UnitOfWork, school: Organisation, starts_on: date, ends_on: date | None) -> YearView | None:
    """What is known of the school's years that touch the days from `starts_on` to `ends_on`; None for nothing."""
    years = [
        year
        for year in unit.find(SchoolYear, school_id=school.id, order="starts_on")
        if year.ends_on >= starts_on and (ends_on is None or year.starts_on <= ends_on)
    ]
    return join_years(
        [
            year_view(
                year,
                unit.find(Term, school_year_id=year.id),
                unit.find(CalendarPeriod, school_year_id=year.id),
                unit.find(LessonTime, school_year_id=year.id),
                zone=school.zone,
                deadline_notice_days=school.deadline_notice_days,
            )
            for year in years
        ]
    )


def _coordinator(one: Model, language: str) -> str:
    """The name of our side's first role."""
    return next((text_in(role.name, language) for role in one.roles if role.side.value == "cso"), "")


def _bring_goals(unit: UnitOfWork, partnership: Partnership, one: Model, language: str) -> list[SharedGoal]:
    goals = [
        unit.add(
            SharedGoal(
                partnership_id=partnership.id,
                position=position,
                statement=text_in(draft.statement, language),
                theme=draft.theme,
                benefit_cso=text_in(draft.benefit_cso, language),
                benefit_school=text_in(draft.benefit_school, language),
                benefit_learners=text_in(draft.benefit_learners, language),
                curriculum_link=text_in(draft.curriculum_link, language),
                mission_link=text_in(draft.mission_link, language),
                target_on=partnership.ends_on,
            )
        )
        for position, draft in enumerate(one.goals)
    ]
    for position, challenge in enumerate(one.challenges):
        unit.add(
            Challenge(
                partnership_id=partnership.id,
                goal_id=_goal_id(goals, challenge.goal),
                position=position,
                title=text_in(challenge.title, language),
                social_need=text_in(challenge.social_need, language),
                question=text_in(challenge.question, language),
                constraints=text_in(challenge.constraints, language),
                learning_objectives=text_in(challenge.learning_objectives, language),
            )
        )
    return goals


def _bring_expectations(unit: UnitOfWork, partnership: Partnership, one: Model, language: str) -> None:
    for position, draft in enumerate(one.expectations):
        unit.add(
            Expectation(
                partnership_id=partnership.id,
                side=draft.side,
                kind=draft.kind,
                text=text_in(draft.text, language),
                position=position,
            )
        )


def _bring_agreement(
    workspace: Workspace, unit: UnitOfWork, partnership: Partnership, one: Model, language: str
) -> None:
    chosen = Language(language) if language in set(Language) else Language.ENGLISH
    agreement, _ = agreements.prepare(workspace, partnership.id, one.agreement_kind, chosen)
    agreement = unit.get(Agreement, agreement.id)
    agreement.answers = {**agreement.answers, **one.answers}
    unit.flush()
    agreements.propose(unit, agreement.id)
    for code, special in one.clauses.items():
        if special is SpecialClause.ADD:
            agreements.add_library_clause(workspace, agreement.id, code)
        else:
            for clause in unit.find(Clause, agreement_id=agreement.id, code=code):
                clause.included = False
    for position, row in enumerate(one.responsibilities):
        unit.add(
            Responsibility(
                agreement_id=agreement.id,
                position=position,
                task=text_in(row.task, language),
                area=row.area,
                cso=row.cso,
                school=row.school,
                by_when=text_in(row.by_when, language),
            )
        )
    for position, promise in enumerate(one.commitments):
        unit.add(
            Commitment(
                agreement_id=agreement.id,
                position=position,
                side=promise.side,
                role=text_in(promise.role, language),
                minutes=promise.minutes,
                unit=promise.unit,
                starts_on=partnership.starts_on,
                ends_on=partnership.ends_on,
                remark=text_in(promise.remark, language),
            )
        )


def _bring_indicators(
    unit: UnitOfWork, partnership: Partnership, one: Model, goals: list[SharedGoal], language: str
) -> None:
    catalogue = indicators_by_code()
    for position, draft in enumerate(one.indicators):
        item = catalogue.get(draft.code)
        if item is None:
            continue
        unit.add(
            Indicator(
                partnership_id=partnership.id,
                goal_id=_goal_id(goals, draft.goal),
                code=item.code,
                aspect=item.aspect,
                name=item.name(language),
                unit=item.unit,
                means=item.means[0],
                target=draft.target,
                position=position,
            )
        )


def _weeks(
    unit: UnitOfWork, school: Organisation, starts_on: date, ends_on: date | None
) -> tuple[tuple[Week, ...], YearView | None]:
    year = year_of(unit, school, starts_on, ends_on)
    return usable_weeks(year, starts_on, ends_on), year


def _bring_activity(
    unit: UnitOfWork,
    partnership: Partnership,
    draft: ActivityDraft,
    goals: list[SharedGoal],
    weeks: tuple[Week, ...],
    year: YearView | None,
    zone: str,
    language: str,
) -> None:
    weekdays = draft.weekdays or (draft.weekday,)
    day = place(weeks, draft.week, weekdays, unwise=in_assessment(year), exact=bool(draft.every))
    activity = unit.add(
        Activity(
            partnership_id=partnership.id,
            title=text_in(draft.title, language),
            kind=draft.kind,
            status=ActivityStatus.TENTATIVE,
            starts_on=day,
            start_time=draft.start_time,
            duration_minutes=draft.minutes,
            zone=zone,
            recurrence=_recurrence(draft, weeks, year),
            place=text_in(draft.place, language),
            description=text_in(draft.description, language),
            preparation_minutes=draft.preparation_minutes,
            goal_id=_goal_id(goals, draft.goal),
        )
    )
    if draft.meeting is not None:
        unit.add(Meeting(partnership_id=partnership.id, activity_id=activity.id, kind=draft.meeting))


def _recurrence(draft: ActivityDraft, weeks: tuple[Week, ...], year: YearView | None) -> Recurrence | None:
    """The series of an activity. Without a school year nobody knows a term's end: then it ends with the plan."""
    if not draft.every:
        return None
    ends, until = draft.ends, None
    if year is None and ends is not RecurrenceEnd.AFTER_COUNT:
        closing = CLOSING_WEEKS if ends is RecurrenceEnd.BEFORE_ASSESSMENT and len(weeks) > 2 * CLOSING_WEEKS else 0
        ends, until = RecurrenceEnd.ON_DATE, weeks[-1 - closing].days[-1]
    return Recurrence(
        interval=draft.every,
        weekdays=list(draft.weekdays),
        ends=ends,
        until=until,
        count=draft.count if ends is RecurrenceEnd.AFTER_COUNT else None,
        teaching_weeks_only=True,
    )


def _goal_id(goals: list[SharedGoal], number: int) -> UUID | None:
    return goals[number - 1].id if 1 <= number <= len(goals) else None


def _with_zone(fields: dict[str, Any]) -> dict[str, Any]:
    """`fields` with the country's time zone where none is given."""
    zone = ZONES.get(str(fields.get("country", "")))
    return {"zone": zone, **fields} if zone else fields
