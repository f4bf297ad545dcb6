"""An agreement's records as the plain text of a document in one language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from cocivic_desktop.documents.content import (
    AgreementText,
    Cell,
    ClauseText,
    Party,
    Run,
    SignatureBlock,
    Table,
)
from cocivic_desktop.domain.agreements import (
    Clause,
    ClauseState,
    Responsibility,
    ResponsibilityPart,
)
from cocivic_desktop.domain.base import Side, utc_now
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.rules.drafting import NEGOTIABLE, is_draft
from cocivic_desktop.library.clauses import clause_library
from cocivic_desktop.library.labels import Labels, labels
from cocivic_desktop.services import agreement_tables
from cocivic_desktop.services.agreement_annexes import annexes_of, commitment_text, contact_rows, own_period
from cocivic_desktop.services.agreement_tables import asked, laid_out
from cocivic_desktop.services.annexes import attached
from cocivic_desktop.services.drafts import Draft, changed_elsewhere, wording


def agreement_text(draft: Draft, language: str, version: int = 0) -> AgreementText:
    """The whole agreement in a language, ready for `documents.agreement_docx` and for the preview on screen.

    `version` is the number under which it is shared, 0 for a present state.
    """
    words = labels(language)
    kind = words[f"kind.{draft.agreement.kind}"]
    ours = draft.ours
    return AgreementText(
        title=draft.agreement.title or kind,
        language=language,
        words=words,
        kind_label=kind if draft.agreement.title else "",
        subtitle=_subtitle(draft, words),
        parties=_parties(draft, words),
        sections=[
            clause_text(draft, clause, number, language) for number, clause in enumerate(draft.included, start=1)
        ],
        annexes=annexes_of(draft, words),
        signatures=_signatures(draft, words),
        draft=carries_draft_mark(draft, language),
        notice=words["notice.template"],
        header=f"{words[f'kind_short.{draft.agreement.kind}']} · {draft.partnership.title}",
        footer=words.text("document.as_of", date=words.format_date(utc_now().date())),
        letterhead=[line for line in (ours.letterhead if ours else "").splitlines() if line.strip()],
        author=ours.name if ours else "",
        made_at=utc_now(),
        agreement_id=draft.agreement.id,
        version=version,
    )


def carries_draft_mark(draft: Draft, language: str) -> bool:
    """Whether the document says that it is a draft: until every clause is settled and nothing in it is missing."""
    if draft.agreement.state not in NEGOTIABLE:
        return False
    gaps = draft.gaps(language)
    standing = [clause for clause in draft.included if clause.state is not ClauseState.WAIVED]
    open_places = any(gaps[clause.id] or changed_elsewhere(clause, language) for clause in standing)
    return open_places or is_draft(draft.clauses)


def clause_text(draft: Draft, clause: Clause, number: int, language: str) -> ClauseText:
    """One clause as it stands in the document: resolved, with the table that belongs to it.

    Where somebody has written its words in another language and not in this one, a question at its end says so.
    """
    words = labels(language)
    entry = clause_library().get(clause.code)
    table = _TABLES[entry.table](draft, words) if entry and entry.table in _TABLES else None
    if clause.state is ClauseState.WAIVED:
        reason = clause.waive_reason or words["document.not_stated"]
        paragraphs = [[Run(words.text("document.waived_clause", reason=reason))]]
        table = None
    else:
        paragraphs = [[Run(run.text, run.missing) for run in part] for part in draft.paragraphs(clause, language)]
        if changed := changed_elsewhere(clause, language):
            key = "document.behind" if clause.texts.get(language) else "document.untranslated"
            paragraphs.append([asked(words, key, language=words[f"language.{changed}"])])
    return ClauseText(
        id=clause.id,
        number=number,
        title=wording(clause.titles, language),
        paragraphs=paragraphs,
        state_label=words[f"clause_state.{clause.state}"],
        tables=[table] if table else [],
    )


def _subtitle(draft: Draft, words: Labels) -> str:
    """Between whom, unless the parties stand right below; and about what, unless the title says so."""
    names = [organisation.name for organisation in (draft.ours, draft.school) if organisation]
    title = draft.partnership.title
    lines = [
        " · ".join(names) if _has_parties_clause(draft) else "",
        "" if title in draft.agreement.title else words.text("document.concerning", title=title),
    ]
    return "\n".join(line for line in lines if line)


def _parties(draft: Draft, words: Labels) -> list[Party]:
    """The parties before the clauses; none where a clause introduces them."""
    if _has_parties_clause(draft):
        return []
    ours = [_party(draft.ours, words, "document.hereafter_cso")] if draft.ours else []
    return [*ours, _party(draft.school, words, "document.hereafter_school")]


def _has_parties_clause(draft: Draft) -> bool:
    return any(clause.code == "parties" and clause.state is not ClauseState.WAIVED for clause in draft.included)


def _party(organisation: Organisation, words: Labels, name_key: str) -> Party:
    town = " ".join(part for part in (organisation.postal_code, organisation.city) if part)
    represented = organisation.represented_by
    lines = [
        ", ".join(part for part in (organisation.street, town) if part),
        words.text("document.represented_by", name=represented) if represented else "",
        words[name_key],
    ]
    return Party(organisation.name, [line for line in lines if line])


def _contacts(draft: Draft, words: Labels) -> Table:
    heads = ("name", "position", "side", "email", "phone")
    return _rows(words, "contacts", heads, contact_rows(draft, words), (4, 4, 3, 5, 3))


def _goals(draft: Draft, words: Labels) -> Table:
    rows = [
        [
            str(number),
            goal.statement,
            words[f"theme.{goal.theme}"],
            words.format_date(goal.target_on) if goal.target_on else "",
        ]
        for number, goal in enumerate(draft.goals, start=1)
    ]
    table = _rows(words, "goals", ("number", "goal", "theme", "target_on"), rows, (10, 70, 42, 38))
    return table if "goals" in attached(draft) or not draft.goals else replace(table, caption=words["heading.goals"])


def _responsibilities(draft: Draft, words: Labels) -> Table:
    rows = [
        [row.task, _part(row, row.cso, words), _part(row, row.school, words), row.by_when]
        for row in draft.responsibilities
    ]
    return _rows(words, "responsibilities", ("task", "cso", "school", "by_when"), rows, (7, 3, 3, 4))


def _commitments(draft: Draft, words: Labels) -> Table:
    rows = [
        [
            words[f"side.{row.side}"],
            row.role,
            commitment_text(row, words),
            own_period(draft, row, words),
        ]
        for row in draft.commitments
    ]
    return _rows(words, "commitments", ("side", "role", "time", "period"), rows, (3, 5, 5, 6))


def _part(row: Responsibility, part: ResponsibilityPart, words: Labels) -> Cell:
    """What a side does for a task; a question where nobody has it."""
    nobody = row.cso is ResponsibilityPart.NONE and row.school is ResponsibilityPart.NONE
    return [asked(words, "missing.lead")] if nobody else words[f"part.{part}"]


def _rows(
    words: Labels, caption: str, heads: tuple[str, ...], rows: Sequence[Sequence[Cell]], widths: tuple[int, ...]
) -> Table:
    """A table without the columns that are empty. One without rows asks for them."""
    if not rows:
        rows = [[[asked(words, f"missing.{caption}")]]]
        return Table(head=[words[f"caption.{caption}"]], rows=rows)
    return laid_out(words, caption, heads, rows, widths)


def _signatures(draft: Draft, words: Labels) -> list[SignatureBlock]:
    names = {Side.CSO: draft.ours, Side.SCHOOL: draft.school, Side.LEARNERS: None}
    blocks = []
    for row in draft.signatures:
        organisation = names[row.side]
        signed = words.format_date(row.signed_on) if row.signed_on else ""
        name = row.name or (organisation.represented_by if organisation else "")
        place_date = ", ".join(part for part in (row.place, signed) if part) if signed else ""
        blocks.append(
            SignatureBlock(
                side_label=words[f"signature.for_{row.side}"],
                organisation=organisation.name if organisation else "",
                name=name,
                position=row.position_held,
                place_date=place_date,
            )
        )
    return blocks


_TABLES: Final[dict[str, Callable[[Draft, Labels], Table | None]]] = {
    "contacts": _contacts,
    "goals": _goals,
    "responsibilities": _responsibilities,
    "commitments": _commitments,
    "routines": agreement_tables.routines,
    "resources": agreement_tables.resources,
    "funding": agreement_tables.funding,
}
"""The tables that stand after a clause's text; signatures have a block of their own at the end."""
