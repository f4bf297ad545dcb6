"""Signed agreements whose clauses name what a school's new calendar changes, and the amendment that says so.

A template's text does not replace legal advice; the amendment is a draft that both sides look at and sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement, AgreementState, Clause, ClauseState, FollowKind, Responsibility
from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.rules.counting_agreement import IN_FORCE, counting_agreement
from cocivic_desktop.library.files import languages as written_languages
from cocivic_desktop.library.labels import Labels, labels
from cocivic_desktop.services import annexes, drafts, versions
from cocivic_desktop.services.school_year_changes import Comparison, Decision, PeriodChangeKind, Way

if TYPE_CHECKING:
    from cocivic_desktop.services.drafts import Draft
    from cocivic_desktop.store.workspace import Workspace

WORDS: Final = "school_calendar.toml"
SHORTEST_NAME: Final = 5
"""Names of periods shorter than this, such as "Test", are looked for by their dates only."""


@dataclass(frozen=True)
class DateChange:
    """Something whose days change: a period of the calendar, or a date of an activity (`activity_id`).

    `new` is None for what is gone or called off.
    """

    name: str
    old: tuple[date, date]
    new: tuple[date, date] | None
    partnership_id: UUID | None = None


@dataclass(frozen=True)
class NamingClause:
    """A clause that names something that changes."""

    number: int
    title: str
    position: int
    named: tuple[DateChange, ...]


@dataclass(frozen=True)
class NamingTask:
    """A task of the responsibility matrix whose "by when" names something that changes."""

    task: str
    by_when: str
    named: tuple[DateChange, ...]


@dataclass(frozen=True)
class Offer:
    """A signed agreement that should be amended, and why."""

    agreement: Agreement
    partnership_title: str
    school_name: str
    year_label: str
    clauses: tuple[NamingClause, ...]
    plan: tuple[DateChange, ...]
    """Moved dates of the plan that is annexed to the agreement."""
    tasks: tuple[NamingTask, ...] = ()

    @property
    def changes(self) -> list[DateChange]:
        """All that the amendment has to state, once each."""
        in_clauses = [one for clause in self.clauses for one in clause.named]
        return list(dict.fromkeys([*in_clauses, *(one for task in self.tasks for one in task.named), *self.plan]))


def date_changes(comparison: Comparison, decisions: Mapping[tuple[UUID, date], Decision]) -> list[DateChange]:
    """What changes its days: periods moved or gone, and planned dates moved or called off."""
    found = []
    for change in comparison.changes:
        before, after = change.before, change.after
        if before is None or before.id in comparison.spared:
            continue
        if change.kind in (PeriodChangeKind.MOVED, PeriodChangeKind.GONE):
            new = (after.starts_on, after.ends_on) if after is not None else None
            found.append(DateChange(before.name, (before.starts_on, before.ends_on), new))
    for each in comparison.hits:
        decision, one = decisions.get(each.key, Decision(Way.LEAVE)), each.hit.occurrence
        stays = decision.way is Way.LEAVE and each.hit.skip is None
        if not stays:
            on = decision.on if decision.way is Way.MOVE else None
            days = (on, on + (one.ends_on - one.on)) if on is not None else None
            found.append(DateChange(each.activity.title, (one.on, one.ends_on), days, each.activity.partnership_id))
    return found


def offers(
    workspace: Workspace, comparison: Comparison, decisions: Mapping[tuple[UUID, date], Decision]
) -> list[Offer]:
    """The signed agreements with this school that name what changes: in a clause, for a task's day, in the plan."""
    changes = date_changes(comparison, decisions)
    school = comparison.school
    found = []
    if not changes:
        return []
    with workspace.read() as unit:
        for partnership in comparison.content.partnerships.values():
            agreement = counting_agreement(unit.find(Agreement, partnership_id=partnership.id))
            concerned = partnership.school_id == school.id or any(
                one.partnership_id == partnership.id for one in changes
            )
            if agreement is None or agreement.state not in IN_FORCE or not concerned:
                continue
            draft = replace(drafts.load(unit, agreement.id), planned=annexes.load_planned(unit, partnership))
            mine = [one for one in changes if one.partnership_id in (None, partnership.id)]
            clauses = tuple(_naming(draft, mine))
            first, last = annexes.period(draft)
            moved = tuple(one for one in mine if one.partnership_id is not None and first <= one.old[0] <= last)
            plan = moved if "plan" in annexes.attached(draft) else ()
            tasks = tuple(_naming_tasks(draft, mine))
            if clauses or plan or tasks:
                year = comparison.year.label
                found.append(Offer(agreement, partnership.title, school.name, year, clauses, plan, tasks))
    return found


def draft_amendment(workspace: Workspace, offer: Offer) -> tuple[Agreement, Clause]:
    """Draft the amendment, with the clause that states old and new dates; one that is open already takes the clause in.

    Where a clause itself says an old date, the new one is put there, and the clause is open for both sides again; where
    a task is due by an old date, it is due by the new one. One step of undo. Raises `BadInput`, `NotFound`.
    """
    with workspace.write("draft_calendar_amendment", label=offer.partnership_title[:80]) as unit:
        following = unit.find(Agreement, follows_id=offer.agreement.id, follows_as=FollowKind.AMENDMENT)
        amendment = next((one for one in following if one.state is AgreementState.DRAFT), None)
        if amendment is None:
            amendment, _ = versions.follow(workspace, offer.agreement.id, FollowKind.AMENDMENT)
        clauses = unit.find(Clause, agreement_id=amendment.id, order="position")
        for naming in offer.clauses:
            for clause in clauses:
                if clause.position == naming.position:
                    _redate(clause, naming.named)
        for task in unit.find(Responsibility, agreement_id=amendment.id):
            for due in offer.tasks:
                if (task.task, task.by_when) == (due.task, due.by_when):
                    task.by_when = _redated(task.by_when, due.named, _spoken(amendment))
        last = max((one.position for one in clauses), default=-1)
        statement = unit.add(_statement(offer, amendment.id, last + 1))
    return amendment, statement


def _naming(draft: Draft, changes: Sequence[DateChange]) -> Iterator[NamingClause]:
    """The clauses of a document that name a change, by their numbers."""
    spoken = _spoken(draft.agreement)
    for number, clause in enumerate(draft.included, start=1):
        texts = {language: _text(draft, clause, language) for language in spoken}
        named = tuple(one for one in changes if any(_names(text, one, language) for language, text in texts.items()))
        if named:
            title = drafts.wording(clause.titles, spoken[0])
            yield NamingClause(number, title, clause.position, named)


def _naming_tasks(draft: Draft, changes: Sequence[DateChange]) -> Iterator[NamingTask]:
    for row in draft.responsibilities:
        named = tuple(
            one for one in changes if any(_names(row.by_when, one, each) for each in _spoken(draft.agreement))
        )
        if named:
            yield NamingTask(row.task, row.by_when, named)


def _spoken(agreement: Agreement) -> list[str]:
    """The languages of the document."""
    second = agreement.second_language
    return [agreement.language.value, *([second.value] if second is not None else [])]


def _text(draft: Draft, clause: Clause, language: str) -> str:
    paragraphs = draft.paragraphs(clause, language)
    return "\n".join("".join(run.text for run in paragraph if not run.missing) for paragraph in paragraphs)


def _names(text: str, change: DateChange, language: str) -> bool:
    """Whether a text names a period, or one of the days that change, in any usual way of writing it."""
    folded = fold(text)
    ways = [way for day in change.old for way in _written(day, labels(language))]
    if change.partnership_id is None and len(change.name) >= SHORTEST_NAME:
        ways.append(change.name)
    return any(re.search(rf"(?<!\w){re.escape(fold(way))}(?!\w)", folded) for way in ways)


def _written(day: date, words: Labels) -> list[str]:
    """The usual ways of writing a day in a language, the longest first; the last one without its year."""
    long = words.format_date(day)
    return [
        words.format_date(day, "weekday"),
        long,
        words.format_date(day, "short"),
        day.isoformat(),
        re.sub(r"(?:\s+de)?\s+\d{4}$", "", long),
    ]


def _redate(clause: Clause, changes: Sequence[DateChange]) -> None:
    """Put new days where a clause's own words say the old ones, and open the clause again if anything changed."""
    texts = {language: _redated(text, changes, [language]) for language, text in clause.texts.items()}
    if texts != clause.texts:
        clause.texts = texts
        if clause.state is ClauseState.AGREED:  # nobody has agreed to these days yet
            clause.state = ClauseState.UNDER_DISCUSSION


def _redated(text: str, changes: Sequence[DateChange], languages: Sequence[str]) -> str:
    """A text with the new days in place of the old ones, as these languages write them."""
    swaps = {
        way: new
        for words in map(labels, languages)
        for change in changes
        if change.new is not None
        for old_day, new_day in zip(change.old, change.new, strict=True)
        for way, new in zip(_written(old_day, words), _written(new_day, words), strict=True)
    }
    if not swaps:
        return text
    pattern = "|".join(rf"(?<!\d){re.escape(way)}(?!\d)" for way in sorted(swaps, key=len, reverse=True))
    return re.sub(pattern, lambda found: swaps[found[0]], text)


def _statement(offer: Offer, agreement_id: UUID, position: int) -> Clause:
    """The clause that states what applies instead, in every document language."""
    titles, texts = {}, {}
    for language in written_languages("documents"):
        words, days = labels(language, WORDS), labels(language)
        titles[language] = words["amendment.title"]
        concerned = [words.text("amendment.clause", number=one.number, title=one.title) for one in offer.clauses]
        concerned += [words.text("amendment.task", task=one.task) for one in offer.tasks]
        concerned += [words["amendment.plan"]] if offer.plan else []
        lines = [
            words.text("amendment.intro", school=offer.school_name, year=offer.year_label),
            *(_sentence(one, words, days) for one in offer.changes),
            words.text("amendment.clauses", clauses="; ".join(concerned)),
            words["amendment.rest"],
        ]
        texts[language] = "\n".join(lines)
    return Clause(agreement_id=agreement_id, position=position, topic="amendment", titles=titles, texts=texts)


def _sentence(change: DateChange, words: Labels, days: Labels) -> str:
    kind = "period" if change.partnership_id is None else "date"
    values = {"name": change.name, "title": change.name, "old": _span(change.old, days)}
    if change.new is None:
        return words.text(f"amendment.{kind}_{'gone' if kind == 'period' else 'off'}", **values)
    return words.text(f"amendment.{kind}_moved", **values, new=_span(change.new, days))


def _span(span: tuple[date, date], days: Labels) -> str:
    return days.format_date(span[0]) if span[0] == span[1] else days.format_period(*span)
