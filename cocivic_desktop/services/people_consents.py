"""Consents of many people at once: who lacks which, noting and withdrawing them, and the form to print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Consent, ConsentPurpose, Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.domain.rules.consents import Standing, is_minor, standing
from cocivic_desktop.library.files import languages
from cocivic_desktop.library.labels import labels
from cocivic_desktop.services import organisation_files

if TYPE_CHECKING:
    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.store.workspace import Workspace

KVKK_COUNTRIES: Final = frozenset({"TR"})
"""Where law 6698 (KVKK) holds; elsewhere the GDPR's wording is used."""


@dataclass(frozen=True)
class ConsentRow:
    """One person and how they stand to every purpose."""

    person: Person
    minor: bool
    standings: dict[ConsentPurpose, Standing]

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.person.id

    def lacks(self, purpose: ConsentPurpose) -> bool:
        """Whether a purpose must not be pursued with this person, or not be relied on."""
        return not self.standings[purpose].holds


def rows(workspace: Workspace, people: Sequence[Person], today: date) -> list[ConsentRow]:
    """How these people stand, in their order."""
    by_person: dict[UUID, list[Consent]] = defaultdict(list)
    with workspace.read() as unit:
        for one in unit.find(Consent):
            by_person[one.person_id].append(one)
    return [
        ConsentRow(
            person,
            is_minor(person, today),
            {purpose: standing(person, by_person[person.id], purpose, today) for purpose in ConsentPurpose},
        )
        for person in people
    ]


def record(
    workspace: Workspace,
    guardians: dict[UUID, str],
    purposes: Collection[ConsentPurpose],
    given_on: date,
    wording_version: str,
) -> Changes:
    """Note that people have consented, as one step. `guardians` says for each person who signed for them ("" nobody).

    What was asked for becomes given; a consent that holds is only completed. Raises `BadInput` when no purpose is
    chosen, `InvalidField`, `NotFound`.
    """
    if not purposes or not guardians:
        raise BadInput("Choose at least one person and one purpose. Nothing was changed.")
    with workspace.write("record_consents", str(len(guardians))) as unit:
        for person_id, guardian in guardians.items():
            unit.get(Person, person_id)
            present = unit.find(Consent, person_id=person_id)
            for purpose in purposes:
                open_one = next((one for one in present if one.purpose is purpose and one.withdrawn_on is None), None)
                one = open_one or unit.add(Consent(person_id=person_id, purpose=purpose))
                one.given_on = given_on
                one.guardian = guardian.strip() or one.guardian
                one.wording_version = wording_version or one.wording_version
    return workspace.last_changes


def withdraw(workspace: Workspace, ids: Collection[UUID], purposes: Collection[ConsentPurpose], on: date) -> int:
    """Note that people have taken consents back, as one step; how many consents that were."""
    count = 0
    with workspace.write("withdraw_consents", str(len(ids))) as unit:
        for one in unit.find(Consent, person_id=list(ids)):
            if one.purpose in purposes and one.given_on is not None and one.withdrawn_on is None:
                one.withdrawn_on = max(on, one.given_on)
                count += 1
    return count


def wording_version(language: str) -> str:
    """The version of the wording that forms are printed with, and its language."""
    return f"{labels(language, 'consents.toml')['version']} {language}"


def write_forms(
    workspace: Workspace,
    ids: Sequence[UUID],
    purposes: Sequence[ConsentPurpose],
    path: Path | str,
    language: str,
    today: date,
    *,
    partnership_id: UUID | None = None,
    force: bool = False,
) -> Path:
    """Write one form for each person, each on pages of its own; with no person one empty form. Gives where it is.

    Raises `BadInput` for a language that documents are not written in, without a purpose, for a file that is there
    (unless `force`) or cannot be written; `NotFound`.
    """
    known = languages("documents")
    if language not in known:
        raise BadInput(f"Documents are not written in “{language}”. There are: {', '.join(known)}.")
    if not purposes:
        raise BadInput("Choose at least one purpose. Nothing was written.")
    from cocivic_desktop.documents.consent_form import ConsentFacts, Signer, consent_form
    from cocivic_desktop.documents.plain_docx import write_simple

    with workspace.read() as unit:
        people = [unit.get(Person, id) for id in ids]
        partnership = unit.get(Partnership, partnership_id) if partnership_id is not None else None
        school = unit.get(Organisation, partnership.school_id) if partnership is not None else None
        ours = unit.first(Organisation, is_ours=True)
    place = school.country if school is not None and school.country else ours.country if ours is not None else ""
    file = organisation_files.letterhead(workspace)
    facts = ConsentFacts(
        organisation=ours.name if ours is not None else "",
        contact=", ".join(filter(None, (ours.email, ours.phone))) if ours is not None else "",
        partnership=partnership.title if partnership is not None else "",
        school=school.name if school is not None else "",
        law="kvkk" if place in KVKK_COUNTRIES else "gdpr",
        purposes=tuple(purposes),
        people=tuple(Signer(one.name, one.class_group, minor=is_minor(one, today)) for one in people),
        letterhead=tuple(ours.letterhead.splitlines()) if ours is not None and file is None else (),
        letterhead_file=file,
        logo=organisation_files.logo(workspace) if file is None else None,
    )
    return write_simple(consent_form(facts, language), path, force=force)


def lacking(found: Sequence[ConsentRow], purpose: ConsentPurpose) -> list[Person]:
    """Those of whom a consent is missing, withdrawn, unanswered or without a guardian."""
    return [row.person for row in found if row.lacks(purpose)]
