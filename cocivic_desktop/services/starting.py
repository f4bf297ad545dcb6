"""Starting a partnership from a model of cooperation, or bringing a model to one that is there. One undoable step."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, ActivityStatus, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.agreements import Agreement, AgreementState, Clause
from cocivic_desktop.domain.base import Entity, Language
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import Challenge, Indicator, SharedGoal
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Expectation, Meeting, Partnership, PartnershipMember, Task
from cocivic_desktop.domain.rules.placement import Week, in_assessment, place, usable_weeks
from cocivic_desktop.domain.rules.teaching_weeks import YearView, join_years, year_view
from cocivic_desktop.domain.school_years import CalendarPeriod, LessonTime, SchoolYear, Term
from cocivic_desktop.library.cooperation.drafts import ActivityDraft, Model, SpecialClause, Text
from cocivic_desktop.library.indicators import indicators_by_code
from cocivic_desktop.library.models import text_in, texts_in
from cocivic_desktop.services import agreements, models
from cocivic_desktop.services.model_duties import bring_badges, bring_duties, own_routines
from cocivic_desktop.services.models import Item, Section

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

CLOSING_WEEKS = 3
"""Weeks at the end of a plan that are kept for presenting and reflecting, while no assessment dates are known."""

Draft = TypeVar("Draft")


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
    leave_out: Collection[Item] = (),
) -> tuple[Partnership, Changes]:
    """Start a partnership with a school from a model: one step, undone as a whole.

    `leave_out` names what the model offers and the person does not want. Texts come in `language`, else in English.
    Raises NotFound, InvalidField, or BadInput when the school is our own organisation or the end precedes the start.
    """
    one = models.model(workspace, model_code)
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
                starts_on=starts_on,
                ends_on=ends_on,
                coordinator_id=coordinator_id,
            )
        )
        if coordinator_id is not None:
            role = next((text_in(role.name, language) for role in one.roles if role.side.value == "cso"), "")
            member = PartnershipMember(
                partnership_id=partnership.id, person_id=coordinator_id, role=role, is_contact=True
            )
            unit.add(member)
        Bringing(workspace, unit, partnership, one, language, frozenset(leave_out)).bring()
    return partnership, workspace.last_changes


def bring(
    workspace: Workspace,
    partnership_id: UUID,
    model_code: str,
    *,
    today: date,
    language: Language | str = Language.ENGLISH,
    leave_out: Collection[Item] = (),
) -> Changes:
    """Bring a model to a partnership that is there, such as one from the pipeline: what it has already stays.

    Without a first day the partnership starts `today`. Raises NotFound, InvalidField.
    """
    one = models.model(workspace, model_code)
    with workspace.write("bring_model", text_in(one.title, language)) as unit:
        partnership = unit.get(Partnership, partnership_id)
        partnership.starts_on = partnership.starts_on or today
        Bringing(workspace, unit, partnership, one, language, frozenset(leave_out)).bring()
    return workspace.last_changes


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


@dataclass
class Bringing:
    """One model on its way into one partnership, within a unit of work."""

    workspace: Workspace
    unit: UnitOfWork
    partnership: Partnership
    model: Model
    language: str
    leave_out: frozenset[Item]
    goals: dict[int, SharedGoal] = field(default_factory=dict)
    """Goals by their number in the model, from 1."""

    def bring(self) -> None:
        """Bring what is not left out. Activities come as tentative ones.

        They are placed in the school's year when it is known, else by calendar weeks from the first day.
        """
        partnership, model = self.partnership, self.model
        partnership.model = model.code
        partnership.minors = model.minors
        partnership.summary = partnership.summary or self.say(model.summary)
        partnership.hour_categories = [category.value for category in model.hour_categories]
        self.bring_goals()
        self.bring_expectations()
        self.bring_indicators()
        self.bring_agreement()
        self.bring_plan()
        bring_badges(self)

    def say(self, text: Text) -> str:
        """A text in the language wanted."""
        return text_in(text, self.language)

    def wanted(self, section: Section, drafts: Sequence[Draft]) -> Iterator[tuple[int, Draft]]:
        """The drafts of a section that were not left out, numbered from 0."""
        return ((number, draft) for number, draft in enumerate(drafts) if (section, number) not in self.leave_out)

    def first_free(self, cls: type[Entity], **owner: UUID) -> int:
        """The position after those that are there."""
        return self.unit.count(cls, archived=None, **owner)

    def goal_id(self, number: int) -> UUID | None:
        """The goal that the model calls `number`, unless it was left out."""
        goal = self.goals.get(number)
        return goal.id if goal is not None else None

    def bring_goals(self) -> None:
        """Goals and the challenges that serve them."""
        mine = self.partnership.id
        first = self.first_free(SharedGoal, partnership_id=mine)
        for number, draft in self.wanted(Section.GOALS, self.model.goals):
            self.goals[number + 1] = self.unit.add(
                SharedGoal(
                    partnership_id=mine,
                    position=first + number,
                    statement=self.say(draft.statement),
                    theme=draft.theme,
                    benefit_cso=self.say(draft.benefit_cso),
                    benefit_school=self.say(draft.benefit_school),
                    benefit_learners=self.say(draft.benefit_learners),
                    curriculum_link=self.say(draft.curriculum_link),
                    mission_link=self.say(draft.mission_link),
                    target_on=self.partnership.ends_on,
                )
            )
        first = self.first_free(Challenge, partnership_id=mine)
        for number, challenge in self.wanted(Section.CHALLENGES, self.model.challenges):
            self.unit.add(
                Challenge(
                    partnership_id=mine,
                    goal_id=self.goal_id(challenge.goal),
                    position=first + number,
                    title=self.say(challenge.title),
                    social_need=self.say(challenge.social_need),
                    question=self.say(challenge.question),
                    constraints=self.say(challenge.constraints),
                    learning_objectives=self.say(challenge.learning_objectives),
                )
            )

    def bring_expectations(self) -> None:
        """What the three sides usually expect and offer."""
        first = self.first_free(Expectation, partnership_id=self.partnership.id)
        for number, draft in self.wanted(Section.EXPECTATIONS, self.model.expectations):
            self.unit.add(
                Expectation(
                    partnership_id=self.partnership.id,
                    side=draft.side,
                    kind=draft.kind,
                    text=self.say(draft.text),
                    position=first + number,
                )
            )

    def bring_indicators(self) -> None:
        """Indicators of the catalogue, each but once, with the targets that the model proposes."""
        catalogue = indicators_by_code()
        there = {one.code for one in self.unit.find(Indicator, partnership_id=self.partnership.id)}
        first = self.first_free(Indicator, partnership_id=self.partnership.id)
        for number, draft in self.wanted(Section.INDICATORS, self.model.indicators):
            item = catalogue.get(draft.code)
            if item is None or item.code in there:
                continue
            self.unit.add(
                Indicator(
                    partnership_id=self.partnership.id,
                    goal_id=self.goal_id(draft.goal),
                    code=item.code,
                    aspect=item.aspect,
                    name=item.name(self.language),
                    unit=item.unit,
                    means=item.means[0],
                    target=draft.target,
                    position=first + number,
                )
            )

    def bring_agreement(self) -> None:
        """The draft of an agreement: a new one, or the one that is being drafted; a signed one is left alone."""
        drafts = self.unit.find(Agreement, partnership_id=self.partnership.id, state=AgreementState.DRAFT)
        agreement = drafts[-1] if drafts else self._new_agreement()
        given = {key: value for key, value in agreement.answers.items() if drafts or key not in self.model.answers}
        agreement.answers = {**self.model.answers, **given}
        self.unit.flush()
        with own_routines(self, agreement, is_new=not drafts):
            agreements.propose(self.unit, agreement.id)
        for code, special in self.model.clauses.items():
            there = self.unit.find(Clause, agreement_id=agreement.id, code=code)
            if special is SpecialClause.LEAVE_OUT:
                for clause in there:
                    clause.included = False
            elif not there:
                agreements.add_library_clause(self.workspace, agreement.id, code)
        first = self.first_free(Clause, agreement_id=agreement.id)
        for number, own in self.wanted(Section.CLAUSES, self.model.own_clauses):
            clause = Clause(agreement_id=agreement.id, position=first + number)
            clause.titles, clause.texts = dict(own.title), dict(own.text)
            self.unit.add(clause)
        bring_duties(self, agreement)

    def _new_agreement(self) -> Agreement:
        language = Language(self.language) if self.language in set(Language) else Language.ENGLISH
        agreement, _ = agreements.prepare(self.workspace, self.partnership.id, self.model.agreement_kind, language)
        return self.unit.get(Agreement, agreement.id)

    def bring_plan(self) -> None:
        """Activities as tentative ones, and the items of the checklists as tasks with a day."""
        partnership = self.partnership
        school = self.unit.get(Organisation, partnership.school_id)
        starts_on = partnership.starts_on or partnership.created_at.date()
        year = year_of(self.unit, school, starts_on, partnership.ends_on)
        weeks = usable_weeks(year, starts_on, partnership.ends_on)
        for _, draft in self.wanted(Section.ACTIVITIES, self.model.activities):
            self._bring_activity(draft, weeks, year, school.zone)
        position = self.first_free(Task, partnership_id=partnership.id)
        for _, checklist in self.wanted(Section.CHECKLISTS, self.model.checklists):
            due = place(weeks, checklist.week, (0,), unwise=lambda _: False) if checklist.week else None
            for item in texts_in(checklist.items, self.language):
                self.unit.add(Task(partnership_id=partnership.id, title=item, due_on=due, position=position))
                position += 1

    def _bring_activity(self, draft: ActivityDraft, weeks: tuple[Week, ...], year: YearView | None, zone: str) -> None:
        weekdays = draft.weekdays or (draft.weekday,)
        day = place(weeks, draft.week, weekdays, unwise=in_assessment(year), exact=bool(draft.every))
        activity = self.unit.add(
            Activity(
                partnership_id=self.partnership.id,
                title=self.say(draft.title),
                kind=draft.kind,
                status=ActivityStatus.TENTATIVE,
                starts_on=day,
                start_time=draft.start_time,
                duration_minutes=draft.minutes,
                zone=zone,
                recurrence=_recurrence(draft, weeks, year),
                place=self.say(draft.place),
                description=self.say(draft.description),
                preparation_minutes=draft.preparation_minutes,
                goal_id=self.goal_id(draft.goal),
            )
        )
        if draft.meeting is not None:
            self.unit.add(Meeting(partnership_id=self.partnership.id, activity_id=activity.id, kind=draft.meeting))


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
