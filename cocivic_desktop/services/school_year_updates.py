"""Telling people what a school's new calendar has moved: one e-mail draft for each date, with its identity kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Activity
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.services import invitations, letters, records
from cocivic_desktop.services.invitations import Guests
from cocivic_desktop.services.school_year_changes import Comparison, Decision, Way

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace


@dataclass(frozen=True)
class Update:
    """One date that people should hear about. `now` is its new day, None when it does not take place."""

    activity: Activity
    original_on: date
    was: date
    now: date | None
    guests: Guests

    @property
    def cancel(self) -> bool:
        """Whether it is called off."""
        return self.now is None

    @property
    def can_be_sent(self) -> bool:
        """Whether somebody with an e-mail address takes part."""
        return bool(self.guests.invited)


def updates(
    workspace: Workspace, comparison: Comparison, decisions: Mapping[tuple[UUID, date], Decision]
) -> list[Update]:
    """What was moved, called off, or left out after it was sent, by date; of what stays nobody needs to hear."""
    found: list[Update] = []
    for each in comparison.hits:
        decision = decisions.get(each.key, Decision(Way.LEAVE))
        activity = records.get(workspace, Activity, each.activity.id)
        left_out = each.hit.skip is not None and activity.exported_at is not None
        if decision.way is Way.LEAVE and not left_out:
            continue
        now = decision.on if decision.way is Way.MOVE else None
        guests = invitations.guests(workspace, activity.id)
        found.append(Update(activity, _date_now(activity, each.key[1]), each.hit.occurrence.on, now, guests))
    return found


def write_updates(
    workspace: Workspace,
    chosen: Iterable[Update],
    folder: Path,
    language: str | None = None,
    *,
    force: bool = False,
    now: datetime | None = None,
) -> list[Path]:
    """Write one draft (.eml) for each date into a folder and return where they are.

    `language` None means that of each partnership. The identity (UID) of each date stays and its number (SEQUENCE)
    is raised, so that calendars move it. Raises `BadInput` when a file is there already (unless `force`), or our
    organisation has no e-mail address.
    """
    from cocivic_desktop.files import present, safe_file_name

    planned: list[tuple[Update, Path]] = []
    for each in chosen:
        if each.can_be_sent:
            stem, number = f"{each.was:%Y-%m-%d} {each.activity.title}", 1
            path = folder / safe_file_name(stem, ".eml")
            while path in [other for _, other in planned]:
                number += 1
                path = folder / safe_file_name(f"{stem} {number}", ".eml")
            planned.append((each, path))
    taken = [path.name for _, path in planned if present(path)]
    if taken and not force:
        raise BadInput(f"{', '.join(taken[:3])} exists already. Choose another folder, or remove the old drafts.")
    return [
        invitations.write_invitation(
            workspace,
            each.activity.id,
            path,
            language or letters.suggested_language(workspace, each.activity.partnership_id),
            cancel=each.cancel,
            on=each.original_on,
            force=force,
            now=now,
        )
        for each, path in planned
    ]


def _date_now(activity: Activity, original_on: date) -> date:
    """The day that names a date within its series; of an activity with one date only, the day on which it is now."""
    return original_on if activity.recurrence is not None else activity.starts_on
