"""The annexes of an agreement in one language: shared goals, activity plan, promised time, contacts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.documents.content import Annex, Run, Table
from cocivic_desktop.domain.agreements import Commitment, CommitmentUnit
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.rules.hours import SESSION_KINDS, months_between, promised_minutes
from cocivic_desktop.domain.rules.teaching_weeks import teaching_weeks
from cocivic_desktop.services import annexes
from cocivic_desktop.services.agreement_tables import laid_out
from cocivic_desktop.services.annex_plan import clock_note, plan_tables
from cocivic_desktop.services.indicator_words import indicator_name, value_text

if TYPE_CHECKING:
    from cocivic_desktop.library.labels import Labels
    from cocivic_desktop.services.drafts import Draft


def annexes_of(draft: Draft, words: Labels) -> list[Annex]:
    """The annexes that are attached, in their order; `annexes.attached` says which."""
    return [
        Annex(
            title=annexes.title(code, words),
            paragraphs=[[Run(line)] for line in _intro(code, draft, words)],
            tables=_TABLES[code](draft, words),
        )
        for code in annexes.attached(draft)
    ]


def contact_rows(draft: Draft, words: Labels) -> list[list[str]]:
    """Name, position, side, e-mail and telephone of every contact person."""
    return [
        [person.name, person.position, _side(draft, person, words), person.email, person.phone]
        for person in annexes.contact_people(draft)
    ]


def commitment_text(row: Commitment, words: Labels) -> str:
    """What is promised, as "2 h per teaching week"."""
    return f"{words.format_hours(row.minutes)} {words[f'unit.{row.unit}']}"


def own_period(draft: Draft, row: Commitment, words: Labels) -> str:
    """The period of a commitment, empty when it is the agreement's own."""
    agreement, partnership = draft.agreement, draft.partnership
    whole = (agreement.starts_on or partnership.starts_on, agreement.ends_on or partnership.ends_on)
    return "" if (row.starts_on, row.ends_on) == whole else words.format_period(row.starts_on, row.ends_on)


def _intro(code: str, draft: Draft, words: Labels) -> list[str]:
    if code == "plan":
        return [line for line in (words["annex.plan_intro"], clock_note(draft, words)) if line]
    weeks = _weeks(draft, *annexes.period(draft)) if code == "hours" else None
    return [words.text("annex.hours_intro", weeks=weeks)] if weeks else []


# --- shared goals -----------------------------------------------------------------------------------------------------


def _goals(draft: Draft, words: Labels) -> list[Table]:
    return [_goal_sheet(draft, words, goal.id) for goal in draft.goals]


def _goal_sheet(draft: Draft, words: Labels, goal_id: UUID) -> Table:
    number, goal = next((n, g) for n, g in enumerate(draft.goals, start=1) if g.id == goal_id)
    people = {person.id: person.name for person in draft.people}
    rows = [
        (words["column.theme"], words[f"theme.{goal.theme}"]),
        (words["column.benefit_cso"], goal.benefit_cso),
        (words["column.benefit_school"], goal.benefit_school),
        (words["column.benefit_learners"], goal.benefit_learners),
        (words["column.curriculum_link"], goal.curriculum_link),
        (words["column.mission_link"], goal.mission_link),
        (words["column.owner_cso"], people.get(goal.owner_cso_id, "") if goal.owner_cso_id else ""),
        (words["column.owner_school"], people.get(goal.owner_school_id, "") if goal.owner_school_id else ""),
        (words["column.target_on"], words.format_date(goal.target_on) if goal.target_on else ""),
        (words["heading.indicators"], "\n".join(_indicator_lines(draft, words, goal.id))),
        (words["column.agreed_cso"], _assent(words, goal.agreed_cso_on, goal.agreed_cso_by)),
        (words["column.agreed_school"], _assent(words, goal.agreed_school_on, goal.agreed_school_by)),
    ]
    return _sheet(words["column.goal"] + f" {number}", goal.statement, rows)


def _sheet(label: str, name: str, rows: Sequence[tuple[str, str]]) -> Table:
    """One thing under its name, with what is known about it beside its labels."""
    return Table(head=[label, name], rows=[[label, text] for label, text in rows if text], widths=(35, 75))


def _indicator_lines(draft: Draft, words: Labels, goal_id: UUID) -> list[str]:
    lines = []
    for indicator in draft.indicators:
        if indicator.goal_id == goal_id:
            name, target = (
                indicator_name(indicator, words.language),
                value_text(indicator.target, indicator.unit, words),
            )
            lines.append(": ".join(part for part in (name, target) if part))
    return [line for line in lines if line]


def _assent(words: Labels, day: date | None, by: str) -> str:
    return ", ".join(part for part in (words.format_date(day) if day else "", by) if part)


# --- promised time ----------------------------------------------------------------------------------------------------


def _hours(draft: Draft, words: Labels) -> list[Table]:
    rows: list[list[str]] = []
    for side in Side:
        mine = [row for row in draft.commitments if row.side is side and row.minutes]
        totals = [_total(draft, row) for row in mine]
        for row, total in zip(mine, totals, strict=True):
            times = _times(draft, row)
            counted = words.text(f"annex.times.{row.unit}", count=times) if times else ""
            what = "\n".join(part for part in (commitment_text(row, words), own_period(draft, row, words)) if part)
            makes = words.format_hours(total) if total else words["annex.not_known"]
            rows.append([words[f"side.{side}"], row.role, what, counted, makes])
        if len(mine) > 1 and all(totals):
            rows.append([words[f"side.{side}"], words["column.total"], "", "", words.format_hours(sum(totals))])
    table = laid_out(words, "commitments", ("side", "role", "time", "counted", "makes"), rows, (8, 10, 12, 14, 9))
    return [Table(head=table.head, rows=table.rows, widths=table.widths, right=frozenset({len(table.head) - 1}))]


def _total(draft: Draft, row: Commitment) -> int:
    """Minutes that a commitment makes in all; 0 while that cannot be said."""
    times = _times(draft, row)
    return promised_minutes(row, teaching_weeks=times, months=times, sessions=times)


def _times(draft: Draft, row: Commitment) -> int:
    """Teaching weeks, months or sessions for which a commitment is made; 0 for none, and for a promise in all."""
    starts, ends = annexes.period(draft)
    first, last = max(starts, row.starts_on or starts), min(ends, row.ends_on or ends)
    if row.unit is CommitmentUnit.PER_TEACHING_WEEK:
        return _weeks(draft, first, last)
    if row.unit is CommitmentUnit.PER_MONTH:
        return months_between(first, last) if first > date.min and last < date.max else 0
    if row.unit is CommitmentUnit.PER_SESSION and draft.planned is not None:
        kinds = {id: activity.kind for id, activity in draft.planned.activities.items()}
        dates = annexes.planned_dates(draft)
        return sum(first <= one.on <= last and kinds[one.activity_id] in SESSION_KINDS for one in dates)
    return 0


def _weeks(draft: Draft, first: date, last: date) -> int:
    """Teaching weeks of the school in some days; 0 when its year is not known."""
    year = draft.planned.year if draft.planned is not None else None
    return len(teaching_weeks(year, first, last)) if year is not None else 0


# --- contacts ---------------------------------------------------------------------------------------------------------


def _contacts(draft: Draft, words: Labels) -> list[Table]:
    people = laid_out(words, "contacts", ("name", "position", "side", "email", "phone"), contact_rows(draft, words),
                      (4, 4, 3, 5, 3))  # fmt: skip
    parties = [(Side.CSO, draft.ours), (Side.SCHOOL, draft.school)]
    return [people, *(_party_sheet(side, one, words) for side, one in parties if one is not None)]


def _party_sheet(side: Side, organisation: Organisation, words: Labels) -> Table:
    town = " ".join(part for part in (organisation.postal_code, organisation.city) if part)
    rows = [
        (words["column.address"], "\n".join(part for part in (organisation.street, town) if part)),
        (words["column.represented_by"], organisation.represented_by),
        (words["column.email"], organisation.email),
        (words["column.phone"], organisation.phone),
        (words["column.website"], organisation.website),
    ]
    return _sheet(words[f"side.{side}"], organisation.name, rows)


def _side(draft: Draft, person: Person, words: Labels) -> str:
    if person.organisation_id == draft.school.id:
        return words["side.school"]
    return words["side.cso"] if draft.ours and person.organisation_id == draft.ours.id else ""


_TABLES: Final[dict[str, Callable[[Draft, Labels], list[Table]]]] = {
    "goals": _goals,
    "plan": plan_tables,
    "hours": _hours,
    "contacts": _contacts,
}
