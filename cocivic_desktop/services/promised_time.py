"""Conflicts between the calendar and the hours that agreements promise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement, Commitment
from cocivic_desktop.domain.rules.over_commitment import over_commitments
from cocivic_desktop.services.views import partnership_view

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.conflicts import Conflict
    from cocivic_desktop.store.workspace import Workspace


def over_commitment(workspace: Workspace, partnership_id: UUID | None, today: date) -> list[Conflict]:
    """Dates to come with which used and planned hours exceed a promise; None means all partnerships, read one by one.

    Partnerships whose agreements promise no hours are not read. Raises `NotFound`.
    """
    with workspace.read() as unit:
        promising = {one.agreement_id for one in unit.find(Commitment)}
        ids = dict.fromkeys(one.partnership_id for one in unit.find(Agreement) if one.id in promising)
    found: list[Conflict] = []
    for id in ids:
        if partnership_id in (None, id):
            found += over_commitments(partnership_view(workspace, id, bookings=False), today)
    return found
