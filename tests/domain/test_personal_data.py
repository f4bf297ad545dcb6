"""The table of personal data knows every field that can hold any."""

from __future__ import annotations

import dataclasses
import typing

import pytest

from cocivic_desktop.domain.base import Entity
from cocivic_desktop.domain.organisations import Consent, Person
from cocivic_desktop.domain.personal_data import HELD, links_to_people
from cocivic_desktop.domain.registry import ENTITIES

COMMON = {"id", "created_at", "changed_at", "version", "archived"}
TELLING = ("str", "bytes", "AgendaItem", "Recurrence")
"""Types that can hold words or pictures of a person."""


def candidates(cls: type[Entity]) -> set[str]:
    """Fields that can hold personal data by their type: texts, files, references to a person."""
    hints = typing.get_type_hints(cls)
    found = set()
    for field in dataclasses.fields(cls):
        hint = hints[field.name]
        text = hint.__name__ if isinstance(hint, type) and not typing.get_args(hint) else str(hint)
        holds_words = any(word in text for word in TELLING) and "StrEnum" not in text
        if field.name not in COMMON and (holds_words or field.metadata.get("reference") == "Person"):
            found.add(field.name)
    return found


@pytest.mark.parametrize("cls", ENTITIES, ids=lambda cls: cls.__name__)
def test_every_field_that_can_hold_personal_data_is_known(cls: type[Entity]) -> None:
    held = HELD[cls]
    known = [*held.personal, *held.harmless]
    assert candidates(cls) - set(known) == set()
    assert len(known) == len(set(known)), "a field stands in one place only"
    assert set(known) <= set(cls.__dataclass_fields__)
    assert set(held.links) == set(links_to_people(cls))


@pytest.mark.parametrize("cls", ENTITIES, ids=lambda cls: cls.__name__)
def test_what_is_held_has_a_purpose_and_an_end(cls: type[Entity]) -> None:
    held = HELD[cls]
    if held.personal:
        assert held.purpose is not None
        assert held.retention is not None


def test_all_of_a_person_but_kind_and_place_tells_who_it_is() -> None:
    assert set(Person.__dataclass_fields__) - set(HELD[Person].about) - COMMON == {
        "organisation_id", "kind", "anonymised_on"
    }  # fmt: skip
    assert set(Consent.__dataclass_fields__) - set(HELD[Consent].personal) - COMMON == {"purpose"}
