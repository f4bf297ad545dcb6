"""The hour budget of a partnership: what is promised, used, planned and to be expected, per promise and per month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.rules.hour_budget import HourBudget, hour_budget
from cocivic_desktop.services import records
from cocivic_desktop.services.time_view import time_view

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

USUAL_WARNING_PERCENT = Organisation(name="-").hour_warning_percent


def budget(workspace: Workspace, partnership_id: UUID, today: date) -> HourBudget:
    """How the promises of a partnership stand on `today`. Raises `NotFound`."""
    return hour_budget(time_view(workspace, partnership_id), today, warning_percent(workspace))


def warning_percent(workspace: Workspace) -> int:
    """The share of a promise from which the budget warns, in percent."""
    ours = _ours(workspace)
    return ours.hour_warning_percent if ours is not None else USUAL_WARNING_PERCENT


def warn_from(workspace: Workspace, percent: int) -> Changes:
    """Warn from another share on, everywhere. Raises `InvalidField`, and `BadInput` without our organisation."""
    ours = _ours(workspace)
    if ours is None:
        raise BadInput("Describe your organisation first: its name is enough. Then set the warning again.")
    return records.change(workspace, Organisation, ours.id, hour_warning_percent=percent)


def _ours(workspace: Workspace) -> Organisation | None:
    found = records.find(workspace, Organisation, is_ours=True)
    return found[0] if found else None
