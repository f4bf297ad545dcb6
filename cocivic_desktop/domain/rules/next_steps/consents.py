"""Next steps about consents: missing for taking part, for photos before an event, for certificates; and taken back.

They are settled where all consents are seen at a glance (section "consents": the people page).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from cocivic_desktop.domain.activities import ActivityKind
from cocivic_desktop.domain.agreements import ClauseState
from cocivic_desktop.domain.organisations import ConsentPurpose, Person, PersonKind
from cocivic_desktop.domain.partnership_view import PartnershipView
from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.domain.rules.consents import ConsentState, is_minor, standing
from cocivic_desktop.domain.rules.next_steps.base import NextStep, Rule, Steps, Urgency, excerpt

SECTION: Final = "consents"
PHOTO_DAYS: Final = 28
"""Four weeks before an event there is still time to ask families."""
CERTIFICATE_DAYS: Final = 60
"""Two months before the end, certificates are prepared."""
TAKEN_BACK_DAYS: Final = 60
"""How long a withdrawal is reminded of, unless its record is archived once all is done."""

_CALENDAR, _HOURS = Steps(Stage.CALENDAR), Steps(Stage.HOURS)
_PHOTOGRAPHED: Final = (ActivityKind.EVENT, ActivityKind.VISIT)


def consent_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Minors take part by name and no consent for it is recorded."""
    if view.partnership.minors:
        missing = [one for one in _lacking(view, ConsentPurpose.PARTICIPATION, today) if is_minor(one, today)]
        yield from _CALENDAR.counted(view, "consent_missing", missing, section=SECTION)


def photo_consent_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """An event or a visit is near, where photos are usual, and not everybody has agreed to photos."""
    last = today + timedelta(days=PHOTO_DAYS)
    near = sorted(
        (
            one
            for one in view.occurrences
            if not one.cancelled
            and today <= one.on <= last
            and (activity := view.activities_by_id.get(one.activity_id)) is not None
            and activity.kind in _PHOTOGRAPHED
        ),
        key=lambda one: one.on,
    )
    if near:
        activity, on = view.activities_by_id[near[0].activity_id], near[0].on
        yield from _CALENDAR.counted(
            view,
            "photo_consent_missing",
            _lacking(view, ConsentPurpose.PHOTOS, today),
            section=SECTION,
            says=lambda _: {"activity": excerpt(activity.title), "on": on},
        )


def photo_consent_withdrawn(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """Somebody has taken back their consent to photos: what is published has to be taken down (GDPR Art. 7(3), 17)."""
    since = today - timedelta(days=TAKEN_BACK_DAYS)
    standings = ((one, standing(one, view.consents, ConsentPurpose.PHOTOS, today)) for one in view.people)
    gone = [
        one
        for one, found in standings
        if found.state is ConsentState.WITHDRAWN
        and found.consent is not None
        and found.consent.withdrawn_on is not None
        and since <= found.consent.withdrawn_on <= today
    ]
    yield from _CALENDAR.counted(view, "photo_consent_withdrawn", gone, Urgency.NOW, section=SECTION)


def certificate_consent_missing(view: PartnershipView, today: date) -> Iterator[NextStep]:
    """The end is near, certificates are promised or begun, and some learners have not agreed to one."""
    if view.ends_on is None or today < view.ends_on - timedelta(days=CERTIFICATE_DAYS):
        return
    promised = any(
        clause.topic == "recognition" and clause.included and clause.state is not ClauseState.WAIVED
        for clause in view.clauses
    )
    begun = any(one.purpose is ConsentPurpose.CERTIFICATE for one in view.consents)
    if promised or begun:
        missing = _lacking(view, ConsentPurpose.CERTIFICATE, today)
        yield from _HOURS.counted(view, "certificate_consent_missing", missing, section=SECTION)


def _lacking(view: PartnershipView, purpose: ConsentPurpose, today: date) -> list[Person]:
    """Learners with a role in the partnership whose consent cannot be relied on. A missing guardian is asked apart."""
    members = {member.person_id for member in view.members}
    held = (ConsentState.GIVEN, ConsentState.NO_GUARDIAN)
    return [
        one
        for one in view.people
        if one.kind is PersonKind.STUDENT
        and one.id in members
        and one.anonymised_on is None
        and standing(one, view.consents, purpose, today).state not in held
    ]


RULES: Final[tuple[Rule, ...]] = (
    consent_missing,
    photo_consent_missing,
    photo_consent_withdrawn,
    certificate_consent_missing,
)
