"""A copy of everything that is held about one person, to be read: in sections, with purpose and retention."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from cocivic_desktop.documents.content import Block, Fields, Heading, Note, SimpleDocument, Table
from cocivic_desktop.domain.activities import OccurrenceReply, Participation
from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.hours import Attendance, Certificate, HourEntry
from cocivic_desktop.domain.organisations import Consent, Person
from cocivic_desktop.domain.partnerships import PartnershipMember
from cocivic_desktop.domain.personal_data import HELD
from cocivic_desktop.domain.registry import kind_name
from cocivic_desktop.library.labels import labels

_PERSON: Final = (
    "name", "kind", "organisation", "position", "email", "phone", "languages", "class_group", "birth_year",
    "hours_per_week", "active_from", "active_until", "remarks",
)  # fmt: skip
_TABLES: Final[dict[type[Entity], tuple[str, ...]]] = {
    PartnershipMember: ("partnership", "role", "is_contact", "hours_capacity"),
    Consent: ("purpose", "given_on", "guardian", "wording_version", "withdrawn_on"),
    Participation: ("activity", "role", "reply", "reply_remark"),
    OccurrenceReply: ("activity", "original_on", "reply", "reply_remark"),
    Attendance: ("occurred_on", "activity", "state", "minutes"),
    HourEntry: ("worked_on", "minutes", "category", "activity", "state", "remark"),
    Certificate: ("number", "issued_on", "minutes", "holder", "revoked_on"),
}
"""Kinds that have a table of their own, and its columns; everything else stands in one table at the end."""
_SHOWN_BY_TITLE: Final = ("title", "name", "statement", "task", "text", "label", "outcome", "remark")
_SKIPPED: Final = frozenset({"id", "created_at", "changed_at", "version", "archived", "position"})


@dataclass(frozen=True, kw_only=True)
class CopyFacts:
    """What the document says. `titles` names what records refer to; `named_in` is kind, title and field of texts."""

    person: Person
    organisation: str
    holder: str
    contact: str
    as_of: date
    records: Mapping[type[Entity], Sequence[Entity]]
    titles: Mapping[UUID, str] = field(default_factory=dict)
    named_in: Sequence[tuple[str, str, str]] = ()
    letterhead_file: bytes | None = None


def person_copy(facts: CopyFacts, language: str) -> SimpleDocument:
    """The document in a language."""
    return _Copy(facts, language).document()


class _Copy:
    def __init__(self, facts: CopyFacts, language: str) -> None:
        self._facts, self._language = facts, language
        self._words, self._fixed = labels(language, "person_copy.toml"), labels(language)

    def document(self) -> SimpleDocument:
        """Title, sections, small print."""
        facts, words = self._facts, self._words
        return SimpleDocument(
            title=words.text("title", name=facts.person.name),
            language=self._language,
            words=self._fixed,
            kind_label=words["kind"],
            subtitle=words.text("as_of", holder=facts.holder, date=self._fixed.format_date(facts.as_of)),
            blocks=tuple(self._blocks()),
            header=words["kind"],
            footer=words["footer"],
            letterhead_file=facts.letterhead_file,
            author=facts.holder,
        )

    def _blocks(self) -> Iterator[Block]:
        facts, words = self._facts, self._words
        yield words.text("intro", holder=facts.holder, contact=facts.contact or facts.holder)
        yield Heading(words["heading.person"])
        rows = [
            (name, facts.organisation if name == "organisation" else getattr(facts.person, name)) for name in _PERSON
        ]
        yield Fields([(words[f"field.{name}"], self._value(value) or "–", 1) for name, value in rows])
        yield from self._held_for([Person])
        for cls, columns in _TABLES.items():
            if facts.records.get(cls):
                yield Heading(words[f"kind_of.{kind_name(cls)}"])
                yield self._table(cls, columns)
                yield from self._held_for([cls])
        others = [cls for cls in facts.records if cls not in _TABLES]
        if others:
            yield Heading(words["heading.others"])
            yield self._others(others)
            yield from self._held_for(others)
        if facts.named_in:
            yield Heading(words["heading.named"])
            yield Table(
                head=[words["column.where"], words["column.what"]],
                rows=[[self._kind(kind), title or "–"] for kind, title, _ in dict.fromkeys(facts.named_in)],
                widths=(34, 66),
            )
        yield Note(words["note"])

    def _table(self, cls: type[Entity], columns: Sequence[str]) -> Table:
        rows = [[self._cell(one, name) for name in columns] for one in self._facts.records[cls]]
        if cls is HourEntry:
            total = sum(one.minutes for one in self._facts.records[cls] if isinstance(one, HourEntry))
            rows.append([self._words["total"], self._fixed.format_hours(total), *[""] * (len(columns) - 2)])
        return Table(head=[self._words[f"field.{name}"] for name in columns], rows=rows)

    def _others(self, kinds: Sequence[type[Entity]]) -> Table:
        rows = []
        for cls in kinds:
            for one in self._facts.records[cls]:
                parts = [links for links in HELD[cls].links if getattr(one, links) == self._facts.person.id]
                as_what = ", ".join(self._words.get(f"link.{link}", self._words["link.person_id"]) for link in parts)
                title = next((str(getattr(one, name)) for name in _SHOWN_BY_TITLE if getattr(one, name, "")), "")
                about = "; ".join(filter(None, (self._value(getattr(one, name)) for name in HELD[cls].about)))
                where = " – ".join(filter(None, (title or self._belongs(one), about if about != title else "")))
                rows.append([self._kind(kind_name(cls)), as_what, where or "–"])
        return Table(
            head=[self._words[f"column.{name}"] for name in ("where", "as", "what")], rows=rows, widths=(24, 24, 52)
        )

    def _held_for(self, kinds: Sequence[type[Entity]]) -> Iterator[Block]:
        """What it is held for and how long, each pair once."""
        pairs = dict.fromkeys((HELD[cls].purpose, HELD[cls].retention) for cls in kinds)
        for purpose, retention in pairs:
            if purpose is not None and retention is not None:
                yield Note(
                    self._words.text(
                        "held_for",
                        purpose=self._words[f"purpose.{purpose.value}"],
                        retention=self._words[f"retention.{retention.value}"],
                    )
                )

    def _cell(self, one: Entity, name: str) -> str:
        if name == "minutes":
            minutes = getattr(one, name)
            return self._fixed.format_hours(minutes) if minutes is not None else ""
        if name in ("partnership", "activity"):
            return self._facts.titles.get(getattr(one, f"{name}_id"), "")
        return self._value(getattr(one, name))

    def _belongs(self, one: Entity) -> str:
        ids = (getattr(one, f"{name}_id", None) for name in ("activity", "challenge", "badge", "partnership"))
        return next((self._facts.titles[id] for id in ids if id is not None and id in self._facts.titles), "")

    def _kind(self, kind: str) -> str:
        return self._words.get(f"kind_of.{kind}", kind.replace("_", " "))

    def _value(self, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return self._words["yes" if value else "no"]
        if isinstance(value, StrEnum):
            return self._words.get(f"value.{value.value}", value.value.replace("_", " "))
        if isinstance(value, datetime):
            return value.isoformat(timespec="minutes")
        if isinstance(value, date):
            return self._fixed.format_date(value, "short")
        if isinstance(value, list):
            return ", ".join(map(str, value))
        if isinstance(value, dict):
            return ", ".join(f"{key}: {item}" for key, item in value.items())
        if isinstance(value, float):
            return self._fixed.format_number(value, 0 if value.is_integer() else 1)
        return str(value)
