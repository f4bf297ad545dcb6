"""Certificates of engagement: who may get one, numbers that are never reused, documents, and the register.

Only confirmed hours are certified. Issuing cannot be undone, because the paper has left the house: a certificate
that is wrong is revoked with a reason, and a new one gets the next number. The lines of the register stay when a
partnership or a person is deleted.

A number is year, count and four letters or digits that are drawn anew each time certificates are issued: so two
computers with copies of one workspace, or a workspace restored from a backup, never give the same number.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.base import Language, fold
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.goals import SharedGoal
from cocivic_desktop.domain.hours import Certificate
from cocivic_desktop.domain.model_parts import Competence
from cocivic_desktop.domain.organisations import Consent, ConsentPurpose, Person, PersonKind
from cocivic_desktop.domain.partnerships import Partnership, PartnershipMember
from cocivic_desktop.domain.rules.counting_agreement import counting_agreement
from cocivic_desktop.services import records
from cocivic_desktop.services.certified_hours import PersonHours, people_with_hours, printed

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

CERTIFIED_KINDS = (PersonKind.VOLUNTEER, PersonKind.MENTOR, PersonKind.STUDENT)
"""Who is offered a certificate; others may get one too."""
_SPARE_DIGITS = 3
_SIGNS = "BCDFGHJKMNPQRSTVWXZ23456789"
"""Of what the end of a number is drawn: no vowels, so that no words arise, and nothing that looks like 0 or 1."""
_DRAWN = 4


class ConsentState(StrEnum):
    """Whether a learner's name may stand on a certificate. Others are asked by handing it to them."""

    NOT_NEEDED = "not_needed"
    GIVEN = "given"
    MISSING = "missing"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Eligible:
    """Somebody with hours in a period. `logged` minutes still wait for a confirmation and are not certified."""

    person: Person
    confirmed: int
    logged: int
    roles: tuple[str, ...]
    consent: ConsentState
    issued: tuple[str, ...] = ()
    """Numbers of certificates that stand for days of the same period."""

    @property
    def id(self) -> UUID:
        """The person's id, by which lists keep their selection."""
        return self.person.id

    @property
    def may_have_one(self) -> bool:
        """Whether a certificate can be issued as things are."""
        return self.confirmed > 0 and self.consent in (ConsentState.NOT_NEEDED, ConsentState.GIVEN)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the certificates of one issue share. Without days they cover everything.

    `names` gives the name to print where it is not the person's; `signers` are up to two (name, position,
    organisation).
    """

    first: date | None = None
    last: date | None = None
    language: Language = Language.ENGLISH
    competences: Sequence[str] = ()
    signers: Sequence[tuple[str, str, str]] = ()
    names: Mapping[UUID, str] = field(default_factory=dict)


def eligible(
    workspace: Workspace,
    partnership_id: UUID,
    first: date | None = None,
    last: date | None = None,
    *,
    everybody: bool = False,
) -> list[Eligible]:
    """Volunteers, mentors and learners with hours by name in the period, by kind and name; or `everybody` with hours.

    Head counts name nobody.
    """
    with workspace.read() as unit:
        found = people_with_hours(unit, partnership_id, first, last)
        people = {one.id: one for one in unit.find(Person, id=list(found))} if found else {}
        consents = unit.find(Consent, person_id=list(people), purpose=ConsentPurpose.CERTIFICATE) if people else []
        numbers = _numbers(unit, partnership_id, first, last)
        roles = {one.person_id: one.role for one in unit.find(PartnershipMember, partnership_id=partnership_id)}
    kinds = [*CERTIFIED_KINDS, *(kind for kind in PersonKind if everybody and kind not in CERTIFIED_KINDS)]
    order = {kind: number for number, kind in enumerate(kinds)}
    rows = [
        Eligible(
            person=person,
            confirmed=found[person.id].confirmed,
            logged=found[person.id].logged,
            roles=tuple(found[person.id].roles) or tuple(role for role in [roles.get(person.id, "")] if role),
            consent=consent_of(person, [one for one in consents if one.person_id == person.id]),
            issued=tuple(numbers.get(person.id, ())),
        )
        for person in people.values()
        if person.kind in order and person.anonymised_on is None
    ]
    return sorted(rows, key=lambda row: (order[row.person.kind], fold(row.person.name)))


def consent_of(person: Person, consents: Iterable[Consent]) -> ConsentState:
    """What a person's consents to certificates amount to."""
    if person.kind is not PersonKind.STUDENT:
        return ConsentState.NOT_NEEDED
    given = [one for one in consents if one.given_on is not None]
    if any(one.withdrawn_on is None for one in given):
        return ConsentState.GIVEN
    return ConsentState.WITHDRAWN if given else ConsentState.MISSING


def note_consents(workspace: Workspace, person_ids: Sequence[UUID], today: date) -> Changes:
    """Note that consent to certificates is at hand, on paper or by word, as of today: one step of undo."""
    with workspace.write("note_consents", str(len(person_ids))) as unit:
        for id in person_ids:
            unit.add(Consent(person_id=id, purpose=ConsentPurpose.CERTIFICATE, given_on=today))
    return workspace.last_changes


def competence_choices(workspace: Workspace, partnership_id: UUID) -> list[str]:
    """What a certificate may say was learnt: the partnership's competences, then its goals."""
    found = [one.name for one in records.find(workspace, Competence, order="position", partnership_id=partnership_id)]
    goals = records.find(workspace, SharedGoal, order="position", partnership_id=partnership_id)
    return list(dict.fromkeys([*found, *(goal.statement for goal in goals)]))


def signer_of_school(workspace: Workspace, partnership_id: UUID) -> Person | None:
    """Who signs beside us where the agreement promises a certificate from both: the school's contact person first.

    None where it promises none, or nobody of the school takes part.
    """
    with workspace.read() as unit:
        agreement = counting_agreement(unit.find(Agreement, partnership_id=partnership_id))
        if agreement is None or agreement.answers.get("certificate") != "joint":
            return None
        members = unit.find(PartnershipMember, partnership_id=partnership_id)
        school = unit.get(Partnership, partnership_id).school_id
        people = {one.id: one for one in unit.find(Person, id=[one.person_id for one in members])} if members else {}
    adults = [
        one
        for one in sorted(members, key=lambda one: not one.is_contact)
        if (person := people.get(one.person_id)) is not None
        and person.organisation_id == school
        and person.kind is not PersonKind.STUDENT
    ]
    return people[adults[0].person_id] if adults else None


def prepare(
    unit: UnitOfWork, partnership_id: UUID, person_ids: Sequence[UUID], wish: Wish, today: date
) -> list[Certificate]:
    """Add the lines of the register, with the next numbers of the year, in the order of `person_ids`.

    Raises `BadInput` when somebody has no confirmed hours, or a learner's consent is missing or withdrawn.
    """
    found = people_with_hours(unit, partnership_id, wish.first, wish.last)
    number = last_number(unit, today.year)
    drawn = "".join(secrets.choice(_SIGNS) for _ in range(_DRAWN))
    title = unit.get(Partnership, partnership_id).title
    made = []
    for id in dict.fromkeys(person_ids):
        person = unit.get(Person, id)
        consent = consent_of(person, unit.find(Consent, person_id=id, purpose=ConsentPurpose.CERTIFICATE))
        _refuse(person, found.get(id), consent)
        number += 1
        starts_on, ends_on = wish.first or found[id].first, wish.last or found[id].last
        roles, activities = printed(unit, partnership_id, id, starts_on or today, ends_on or today)
        made.append(
            unit.add(
                Certificate(
                    partnership_id=partnership_id,
                    number=f"{today.year}-{number:0{_SPARE_DIGITS}}-{drawn}",
                    person_id=id,
                    holder=wish.names.get(id, "").strip() or person.name,
                    issued_on=today,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    minutes=found[id].confirmed,
                    language=wish.language,
                    competences=list(wish.competences),
                    signed_by=signers_text(wish.signers),
                    holder_kind=person.kind,
                    issued_for=title,
                    roles=roles,
                    activities=list(activities),
                    activity_minutes=list(activities.values()),
                )
            )
        )
    if not made:
        raise BadInput("Choose at least one person with confirmed hours.")
    return made


def _refuse(person: Person, hours: PersonHours | None, consent: ConsentState) -> None:
    if hours is None or not hours.confirmed:
        raise BadInput(f"{person.name} has no confirmed hours in this period. Confirm the hours first.")
    if consent is ConsentState.WITHDRAWN:
        raise BadInput(f"Consent to a certificate for {person.name} was withdrawn. Leave this person out.")
    if consent is ConsentState.MISSING:
        raise BadInput(
            f"No consent to a certificate is noted for {person.name}. Ask (for minors the guardian), note the consent, "
            "then issue the certificate; or leave this person out."
        )


def revoke(workspace: Workspace, certificate_id: UUID, reason: str, today: date) -> Changes:
    """Mark a certificate as revoked; its number stays taken. Raises `BadInput` without a reason, or the second time."""
    if not reason.strip():
        raise BadInput("Say why the certificate is revoked: the register keeps the reason.")
    found = records.get(workspace, Certificate, certificate_id)
    if found.revoked_on is not None:
        raise BadInput(f"Certificate {found.number} was revoked before, on {found.revoked_on}.")
    with workspace.write("revoke_certificate", found.number) as unit:
        line = unit.get(Certificate, certificate_id)
        line.revoked_on, line.revoked_reason = today, reason.strip()
    return workspace.last_changes


def register(workspace: Workspace, partnership_id: UUID | None = None) -> list[Certificate]:
    """The register, newest number first: of one partnership, or of all, deleted ones included."""
    wanted: dict[str, Any] = {} if partnership_id is None else {"partnership_id": partnership_id}
    found = records.find(workspace, Certificate, archived=None, order="number", **wanted)
    return sorted(found, key=lambda one: _parts(one.number), reverse=True)


def last_number(unit: UnitOfWork, year: int) -> int:
    """The highest count of a year, revoked and archived ones included; 0 while there is none."""
    rows = unit.rows("SELECT number FROM certificate WHERE number LIKE :year", year=f"{year}-%")
    return max((_parts(row[0])[1] for row in rows), default=0)


def _parts(number: str) -> tuple[int, int, str]:
    year, count, drawn = [*number.split("-", 2), "", ""][:3]
    return (int(year), int(count), drawn) if year.isdigit() and count.isdigit() else (0, 0, number)


def signers_text(signers: Sequence[tuple[str, str, str]]) -> str:
    """Who signs, as the register keeps it: "name · position · organisation", several apart by "; "."""
    return "; ".join(" · ".join(part.replace("; ", ", ").strip() for part in one) for one in signers)[:300]


def signers_of(text: str) -> list[tuple[str, str, str]]:
    """`signers_text` read back."""
    found = []
    for one in text.split("; ") if text else []:
        parts = [*one.split(" · "), "", "", ""]
        found.append((parts[0], parts[1], parts[2]))
    return found


def _numbers(unit: UnitOfWork, partnership_id: UUID, first: date | None, last: date | None) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for one in unit.find(Certificate, order="number", partnership_id=partnership_id):
        apart = (last and one.starts_on and one.starts_on > last) or (first and one.ends_on and one.ends_on < first)
        if one.person_id is not None and one.revoked_on is None and not apart:
            found.setdefault(one.person_id, []).append(one.number)
    return found
