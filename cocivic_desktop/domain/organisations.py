"""Organisations and the people in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from cocivic_desktop.domain.base import Entity, long_text, reference


class OrganisationKind(StrEnum):
    CSO = "cso"
    VET_PROVIDER = "vet_provider"
    UNIVERSITY = "university"
    OTHER = "other"


@dataclass(kw_only=True, eq=False)
class Organisation(Entity):
    """A civil society organisation, a school or another partner; `is_ours` marks the owner of the workspace.

    `country` is ISO 3166-1 alpha-2, `region` the subdivision part of ISO 3166-2 (DE-SH → SH), `zone` an IANA time zone.
    """

    name: str
    short_name: str = ""
    kind: OrganisationKind = OrganisationKind.VET_PROVIDER
    is_ours: bool = False
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    region: str = ""
    zone: str = "Europe/Berlin"
    email: str = ""
    phone: str = ""
    website: str = ""
    legal_form: str = ""
    register_number: str = ""
    represented_by: str = ""
    mission: str = long_text()
    focus_themes: list[str] = field(default_factory=list)
    objectives: list[str] = field(default_factory=list)
    vocational_fields: list[str] = field(default_factory=list)
    decision_makers: str = long_text()
    how_found: str = ""
    staff_count: int | None = None
    volunteer_count: int | None = None
    hours_per_week: float | None = None
    deadline_notice_days: int = 7
    """Days before an accreditation deadline in which sessions are unwise."""
    letterhead: str = ""
    """Lines at the head of documents, where there is no letterhead file (`OrganisationFile`)."""
    logo: str = ""
    """What the logo shows, in words, for readers who cannot see it."""
    remarks: str = long_text()
    hour_warning_percent: int = 80
    """Share of promised hours from which the budget warns."""


class FilePurpose(StrEnum):
    """What a file of an organisation is for."""

    LETTERHEAD = "letterhead"
    LOGO = "logo"


@dataclass(kw_only=True, eq=False)
class OrganisationFile(Entity):
    """A letterhead (.docx) or logo (PNG, JPEG) that documents are written on, kept byte for byte."""

    organisation_id: UUID = reference("Organisation", owned=True)
    purpose: FilePurpose
    file_name: str
    media_type: str = ""
    sha256: str = ""
    content: bytes = b""


class PersonKind(StrEnum):
    STAFF = "staff"
    VOLUNTEER = "volunteer"
    MENTOR = "mentor"
    TEACHER = "teacher"
    LEADERSHIP = "leadership"
    STUDENT = "student"
    OTHER = "other"


@dataclass(kw_only=True, eq=False)
class Person(Entity):
    """Somebody who takes part. A student's name is optional: initials or a code do."""

    organisation_id: UUID | None = reference("Organisation", optional=True)
    kind: PersonKind = PersonKind.VOLUNTEER
    name: str
    position: str = ""
    email: str = ""
    phone: str = ""
    languages: list[str] = field(default_factory=list)
    birth_year: int | None = None
    class_group: str = ""
    hours_per_week: float | None = None
    active_from: date | None = None
    active_until: date | None = None
    remarks: str = long_text()
    anonymised_on: date | None = None
    """Since then nothing tells who it was; hours stay."""


class ConsentPurpose(StrEnum):
    PARTICIPATION = "participation"
    PHOTOS = "photos"
    CONTACT = "contact"
    CERTIFICATE = "certificate"


@dataclass(kw_only=True, eq=False)
class Consent(Entity):
    """A person's consent for one purpose; for minors given by the guardian."""

    person_id: UUID = reference("Person", owned=True)
    purpose: ConsentPurpose
    given_on: date | None = None
    guardian: str = ""
    wording_version: str = ""
    withdrawn_on: date | None = None


class ErasureKind(StrEnum):
    ANONYMISED = "anonymised"
    ERASED = "erased"


@dataclass(kw_only=True, eq=False)
class Erasure(Entity):
    """That a person was anonymised or erased, so that a restored backup or a merged file does it again.

    `person_key` is the id the person had; it says nothing of who it was.
    """

    person_key: UUID
    kind: ErasureKind
    done_on: date
