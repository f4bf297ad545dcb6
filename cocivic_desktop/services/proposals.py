"""Which clauses an agreement should have by the facts: bringing a draft into line, and what would come of a change.

Nothing here writes: `align` changes the clauses it is given, the others work on copies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cocivic_desktop.domain.agreements import Agreement, AgreementKind, Clause, ClauseState
from cocivic_desktop.domain.clause_library import Answer, LibraryClause, Question
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules import drafting
from cocivic_desktop.domain.rules.clause_wording import is_library_wording, remember_library, set_wording
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.questions import questions
from cocivic_desktop.services import drafts
from cocivic_desktop.services.drafts import Draft


@dataclass(frozen=True)
class KindChange:
    """What becomes of an agreement's clauses when its kind changes.

    `reworded` holds each clause before and after. `kept` are clauses that the other kind words differently or does
    without, but that somebody has reworded, discussed or settled: they stay as they are.
    """

    kind: AgreementKind
    added: tuple[Clause, ...]
    left_out: tuple[Clause, ...]
    reworded: tuple[tuple[Clause, Clause], ...]
    kept: tuple[Clause, ...]
    unchanged: int


def fitting(draft: Draft) -> dict[str, str]:
    """The library's clauses that fit a draft's kind and facts, with the alternative that they call for."""
    chosen = drafting.select_clauses(clause_library(), draft.agreement.kind, draft.facts)
    return {item.clause.code: item.alternative for item in chosen}


def library_clause(draft: Draft, entry: LibraryClause) -> Clause:
    """A new clause with the library's present wording in every language, as the facts call for it."""
    clause = Clause(agreement_id=draft.agreement.id, code=entry.code, topic=entry.topic)
    set_wording(clause, entry, drafting.choose_alternative(entry, draft.agreement.kind, draft.facts))
    return clause


def align(draft: Draft, before: Mapping[str, str] | None = None) -> list[Clause]:
    """Bring a draft's clauses into line with its facts; gives all of them in order, new ones among them.

    Missing ones are added where the library has them in its order; conditional ones that nobody has touched and
    that no longer fit are left out; the alternative that the facts call for is taken where the library's wording
    still stands. What a person has agreed, waived, discussed or reworded stays as it is. `before` is what fitted
    until now (`fitting`): with it, only what changed moves, so that a clause left out or worded by choice stays so.
    """
    library = clause_library()
    chosen = fitting(draft)
    for clause in draft.clauses:
        entry = library.get(clause.code)
        if entry is None:
            continue
        remember_library(clause, entry)
        if clause.state is ClauseState.NOT_ADDRESSED and is_library_wording(clause, entry):
            _fit(clause, entry, draft.agreement.kind, chosen, before)
    present = {clause.code for clause in draft.clauses}
    clauses = list(draft.clauses)
    for code in chosen:
        entry = library.get(code)
        if entry is not None and code not in present:
            clauses.insert(place_of(clauses, code), library_clause(draft, entry))
    number(clauses)
    return clauses


def place_of(clauses: Sequence[Clause], code: str) -> int:
    """Where a clause of the library belongs among others: before the first that the library has behind it."""
    order = {entry.code: index for index, entry in enumerate(clause_library().clauses)}
    later = (place for place, other in enumerate(clauses) if order.get(other.code, -1) > order[code])
    return next(later, len(clauses))


def number(clauses: Sequence[Clause]) -> None:
    """Give clauses the positions 0, 1, 2 …; those that have theirs are not touched."""
    for position, clause in enumerate(clauses):
        if clause.position != position:
            clause.position = position


def _fit(
    clause: Clause, entry: LibraryClause, kind: str, chosen: Mapping[str, str], before: Mapping[str, str] | None
) -> None:
    """Include or leave out a clause that nobody has touched, and word it as the facts call for."""
    always = not (entry.when or entry.unless) and kind in entry.kinds
    if entry.code not in chosen:
        clause.included = clause.included and always
        return
    if before is None or entry.code not in before:
        clause.included = True
    called_for = chosen[entry.code]
    if clause.alternative != called_for and (before is None or before.get(entry.code) != called_for):
        set_wording(clause, entry, called_for)


def suppose(draft: Draft, code: str, value: Answer | None) -> Draft:
    """A draft as an answer of the interview would make it; the one given stays as it is."""
    question = next(one for one in questions() if one.code == code)
    agreement, partnership = replace(draft.agreement), replace(draft.partnership)
    write_answer(agreement, partnership, question, value)
    supposed = drafts.derived(replace(draft, agreement=agreement, partnership=partnership))
    return _realigned(draft, supposed) if supposed.facts != draft.facts else supposed


def change_of_kind(draft: Draft, kind: AgreementKind) -> KindChange:
    """What would become of the clauses if the agreement were of another kind; nothing is changed."""
    supposed = replace(draft, agreement=replace(draft.agreement, kind=kind))
    after = _realigned(draft, supposed)
    was = {clause.id: clause for clause in draft.included}
    stays = [(was[clause.id], clause) for clause in after.included if clause.id in was]
    reworded = tuple((one, other) for one, other in stays if one.texts != other.texts)
    called_for, before = fitting(after), fitting(draft)
    kept = tuple(
        clause
        for one, clause in stays
        if one.texts == clause.texts
        and clause.code in before
        and before[clause.code] != called_for.get(clause.code)
        and clause.alternative != called_for.get(clause.code)
    )
    return KindChange(
        kind,
        added=tuple(clause for clause in after.included if clause.id not in was),
        left_out=tuple(one for one in draft.included if one.id not in {clause.id for clause in after.included}),
        reworded=reworded,
        kept=kept,
        unchanged=len(stays) - len(reworded) - len(kept),
    )


def write_answer(agreement: Agreement, partnership: Partnership, question: Question, value: Answer | None) -> None:
    """Put an answer (None takes it back) where it belongs; a record's field for it gets it as well.

    Raises `InvalidField` for a day that there is not.
    """
    rest = {name: known for name, known in agreement.answers.items() if name != question.code}
    agreement.answers = rest if value is None else {**rest, question.code: value}
    record, _, field = question.field.partition(".")
    if not field or value is None or value == "":
        return
    target = agreement if record == "agreement" else partnership
    if field.endswith("_on"):
        try:
            setattr(target, field, date.fromisoformat(str(value)))
        except ValueError as error:
            raise InvalidField(field, "not_a_date", value=value) from error
    else:
        setattr(target, field, value)


def _realigned(draft: Draft, supposed: Draft) -> Draft:
    """A supposed draft with copies of the clauses, brought into line."""
    copies = replace(supposed, clauses=[replace(clause) for clause in draft.clauses])
    return replace(copies, clauses=align(copies, fitting(draft)))
