"""What a list of choices offers: people, organisations, and the values of enumerations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QLocale

from cocivic_desktop.domain.base import Entity, Language, fold
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.library.files import languages
from cocivic_desktop.services import records
from cocivic_desktop.services.partnerships import ZONES
from cocivic_desktop.ui.texts.words import choice_word

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context

Choices = Sequence[tuple[Any, str]]


def nothing() -> tuple[None, str]:
    """The choice of nothing."""
    return None, QCoreApplication.translate("Choices", "– nobody –")


def enum_choices(kind: type[StrEnum], leave_out: Iterable[StrEnum] = ()) -> list[tuple[Any, str]]:
    """Every value of an enumeration with its word, in the order of the domain."""
    left_out = set(leave_out)
    return [(value, choice_word(value)) for value in kind if value not in left_out]


def written_languages() -> list[tuple[Language, str]]:
    """The languages that documents can be written in: those that the clause library has, in the order of the domain."""
    written = set(languages("documents"))
    return [(one, choice_word(one)) for one in Language if one in written]


def countries() -> list[tuple[str, str]]:
    """The countries whose zone and public holidays are known, as ISO 3166-1 codes, by name in the screen's language."""
    found = [(code, QLocale.territoryToString(QLocale.codeToTerritory(code))) for code in ZONES]
    return sorted(found, key=lambda one: fold(one[1]))


def country_here() -> str:
    """The country of this computer where it is among `countries`, else Germany."""
    here = QLocale.territoryToCode(QLocale.system().territory())
    return here if here in ZONES else "DE"


def people(context: Context, *, organisation_id: UUID | None = None) -> list[tuple[Any, str]]:
    """People by name, with their organisation; all, or those of one organisation."""
    if not context.is_open:
        return []
    names = {one.id: one.short_name or one.name for one in records.find(context.workspace, Organisation, archived=None)}
    found = records.find(context.workspace, Person)
    if organisation_id is not None:
        found = [person for person in found if person.organisation_id == organisation_id]
    found.sort(key=lambda person: fold(person.name))
    return [
        (person.id, _with(person.name, names.get(person.organisation_id) if person.organisation_id else None))
        for person in found
    ]


def organisations(context: Context, *, ours: bool | None = None) -> list[tuple[Any, str]]:
    """Organisations by name; with `ours=False` only schools and other partners."""
    if not context.is_open:
        return []
    found = [one for one in records.find(context.workspace, Organisation) if ours is None or one.is_ours == ours]
    return [(one.id, one.name) for one in sorted(found, key=lambda one: fold(one.name))]


def goals(context: Context, partnership_id: UUID) -> list[tuple[Any, str]]:
    """The shared goals of a partnership, in their order."""
    if not context.is_open:
        return []
    found = records.find(context.workspace, SharedGoal, order="position", partnership_id=partnership_id)
    return [
        (goal.id, f"{number}. {goal.statement.splitlines()[0] if goal.statement else ''}")
        for number, goal in enumerate(found, 1)
    ]


def partnerships(context: Context) -> list[tuple[Any, str]]:
    """All partnerships by title."""
    if not context.is_open:
        return []
    return [
        (one.id, one.title)
        for one in sorted(records.find(context.workspace, Partnership), key=lambda one: fold(one.title))
    ]


def reference_choices(context: Context, kind: str) -> Callable[[], Choices] | None:
    """The usual choices for a field that refers to a class; None where a page has to say them."""
    if kind == "Person":
        return lambda: people(context)
    if kind == "Organisation":
        return lambda: organisations(context)
    if kind == "Partnership":
        return lambda: partnerships(context)
    return None


def name_of(context: Context, cls: type[Entity], record_id: UUID | None) -> str:
    """The name or title of a record, or "" when there is none."""
    if record_id is None or not context.is_open:
        return ""
    found = records.find(context.workspace, cls, archived=None, id=record_id)
    return records.label_of(found[0]) if found else ""


def _with(name: str, organisation: str | None) -> str:
    return f"{name} ({organisation})" if organisation else name
