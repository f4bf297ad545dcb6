"""Conflicts between the calendar and the hours that agreements promise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement, Commitment
from cocivic_desktop.domain.rules.over_commitment import over_commitments
from cocivic_desktop.services.time_view import time_view

if TYPE_CHECKING:
    from cocivic_desktop.domain.rules.conflicts import Conflict
    from cocivic_desktop.services.calendar import Content
    from cocivic_desktop.store.workspace import Workspace


def over_commitment(
    workspace: Workspace, partnership_id: UUID | None, today: date, content: Content | None = None
) -> list[Conflict]:
    """Dates to come with which used and planned hours exceed a promise; None means all partnerships, read one by one.

    Partnerships whose agreements promise no hours are not read, nor those that are not in `content`, the calendar
    where it has been read already. Raises `NotFound`.
    """
    with workspace.read() as unit:
        promising = {one.agreement_id for one in unit.find(Commitment)}
        ids = dict.fromkeys(one.partnership_id for one in unit.find(Agreement) if one.id in promising)
    parts = content.by_partnership() if content is not None else {}
    found: list[Conflict] = []
    for id in ids:
        if partnership_id in (None, id) and (content is None or id in parts):
            found += over_commitments(time_view(workspace, id, parts.get(id)), today)
    return found
