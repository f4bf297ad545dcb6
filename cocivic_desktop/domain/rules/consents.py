"""Who has consented to what, on a day; and for whom a guardian signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cocivic_desktop.domain.organisations import Consent, ConsentPurpose, Person, PersonKind

OF_AGE: Final = 18


class ConsentState(StrEnum):
    """How one person stands to one purpose."""

    GIVEN = "given"
    NO_GUARDIAN = "no_guardian"
    """Given for a minor, and nobody is named who signed."""
    ASKED = "asked"
    """Asked for, with no answer yet."""
    WITHDRAWN = "withdrawn"
    MISSING = "missing"


@dataclass(frozen=True)
class Standing:
    """The state, and the consent that decides it."""

    state: ConsentState
    consent: Consent | None = None

    @property
    def holds(self) -> bool:
        """Whether it may be relied on."""
        return self.state is ConsentState.GIVEN


def is_minor(person: Person, today: date) -> bool:
    """Whether somebody may be under age. Only the year of birth is known, so a minor is one to the end of that year.

    A student whose year is not known counts as a minor; anybody else as of age.
    """
    if person.birth_year is None:
        return person.kind is PersonKind.STUDENT
    return today.year - person.birth_year <= OF_AGE


def standing(person: Person, consents: Iterable[Consent], purpose: ConsentPurpose, today: date) -> Standing:
    """How somebody stands to a purpose: a consent that holds counts before one that was withdrawn."""
    found = [one for one in consents if one.person_id == person.id and one.purpose is purpose and not one.archived]
    held = [one for one in found if one.given_on is not None and one.withdrawn_on is None]
    if held:
        latest = max(held, key=lambda one: (bool(one.guardian.strip()), one.given_on or today))
        lacks = is_minor(person, today) and not latest.guardian.strip()
        return Standing(ConsentState.NO_GUARDIAN if lacks else ConsentState.GIVEN, latest)
    withdrawn = [one for one in found if one.withdrawn_on is not None]
    if withdrawn:
        return Standing(ConsentState.WITHDRAWN, max(withdrawn, key=lambda one: one.withdrawn_on or today))
    return Standing(ConsentState.ASKED, found[-1]) if found else Standing(ConsentState.MISSING)
