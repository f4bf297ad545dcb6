"""Tables of an agreement's document from its routines, contributions in kind and costs; and how any table is laid out.

These tables stand after the text of a clause that also speaks without them: without rows they are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cocivic_desktop.documents.content import Cell, Run, Table
from cocivic_desktop.domain.agreements import CommunicationRoutine

if TYPE_CHECKING:
    from cocivic_desktop.library.labels import Labels
    from cocivic_desktop.services.drafts import Draft


def asked(words: Labels, key: str, **values: str) -> Run:
    """A marked question for what is not there yet, by the key of its words."""
    return Run(words.text("document.asks", question=words.text(key, **values)), missing=True)


def laid_out(
    words: Labels, caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int]
) -> Table:
    """A table without the columns that are empty."""
    used = [index for index in range(len(heads)) if any(row[index] for row in rows)]
    return Table(
        caption=words[f"caption.{caption}"],
        head=[words[f"column.{heads[index]}"] for index in used],
        rows=[[row[index] for index in used] for row in rows],
        widths=[widths[index] for index in used],
    )


def routines(draft: Draft, words: Labels) -> Table | None:
    """What happens again and again: how often, how long, by which channel, with whom."""
    names = {person.id: person.name for person in draft.people}
    rows: list[list[Cell]] = []
    for row in draft.routines:
        people = (names.get(id, "") for id in (row.person_cso_id, row.person_school_id) if id)
        how_often = rhythm_text(row, words)
        if row.due_on:
            due = words.text("document.due_by", date=words.format_date(row.due_on))
            how_often = f"{how_often}, {due}"
        duration = words.format_hours(row.duration_minutes) if row.duration_minutes else ""
        rows.append([row.title, how_often, duration, row.channel, "\n".join(filter(None, people)), row.remark])
    heads = ("what", "rhythm", "duration", "channel", "people", "remark")
    return laid_out(words, "routines", heads, rows, (6, 5, 3, 4, 5, 4)) if rows else None


def rhythm_text(row: CommunicationRoutine, words: Labels) -> str:
    """How often a routine happens, in words of a document's language."""
    if row.count == 1:
        return words[f"rhythm.{row.rhythm}"]
    return words.text(f"rhythm_times.{row.rhythm}", count=row.count)


def resources(draft: Draft, words: Labels) -> Table | None:
    """Rooms, equipment, material and transport that a side brings."""
    rows: list[list[Cell]] = [
        [
            words[f"resource_kind.{row.kind}"],
            row.title,
            row.quantity,
            words[f"side.{row.provided_by}"],
            row.available,
            row.remark,
        ]
        for row in draft.resources
    ]
    heads = ("kind", "what", "quantity", "provided_by", "available", "remark")
    return laid_out(words, "resources", heads, rows, (3, 5, 3, 4, 4, 4)) if rows else None


def funding(draft: Draft, words: Labels) -> Table | None:
    """Costs with amount and bearer, and a total for each currency where there is more than one cost in it."""
    rows: list[list[Cell]] = [
        [
            row.title,
            money_text(row.amount_cents, row.currency, words) or [asked(words, "column.amount")],
            words[f"side.{row.paid_by}"],
            row.source,
            words.format_date(row.due_on) if row.due_on else "",
            row.remark,
        ]
        for row in draft.funding
    ]
    for currency, (count, cents) in totals(draft).items():
        if count > 1:
            rows.append([words["column.total"], money_text(cents, currency, words), "", "", "", ""])
    heads = ("what", "amount", "paid_by", "money_source", "due_on", "remark")
    return laid_out(words, "funding", heads, rows, (6, 4, 4, 4, 4, 4)) if rows else None


def totals(draft: Draft) -> dict[str, tuple[int, int]]:
    """How many costs with an amount there are in each currency, and their sum in hundredths of it."""
    found: dict[str, tuple[int, int]] = {}
    for row in draft.funding:
        if row.amount_cents is not None:
            count, cents = found.get(row.currency, (0, 0))
            found[row.currency] = count + 1, cents + row.amount_cents
    return found


def money_text(cents: int | None, currency: str, words: Labels) -> str:
    """An amount as "1,250.00 EUR" in a document's language; "" for none."""
    return "" if cents is None else f"{words.format_number(cents / 100, 2)}\u00a0{currency}"
