"""Replies to a date that has been moved: they were given to another time, so nobody has answered the new one yet.

A request with another time asks everybody anew (RFC 5546, 2.1.4 and 3.2.2.1). When somebody answered and what they
remarked is kept, so that the old reply, read once more, does not count as one to the new time.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING
from uuid import UUID

from cocivic_desktop.domain.activities import Activity, OccurrenceReply, Participation
from cocivic_desktop.domain.activities import ParticipationReply as Reply

if TYPE_CHECKING:
    from cocivic_desktop.store.unit_of_work import UnitOfWork


def when(activity: Activity) -> tuple[date, time | None, int]:
    """What a reply to an activity is given to: day, time and length (minutes)."""
    return activity.starts_on, activity.start_time, activity.duration_minutes


def of_all_dates(unit: UnitOfWork, activity_id: UUID) -> None:
    """Nobody has answered yet, neither to the activity nor to a date of it."""
    found: list[Participation | OccurrenceReply] = [
        *unit.find(Participation, activity_id=activity_id),
        *unit.find(OccurrenceReply, activity_id=activity_id),
    ]
    for one in found:
        if one.reply is not Reply.NONE:
            one.reply = Reply.NONE


def of_one_date(unit: UnitOfWork, activity_id: UUID, original_on: date) -> None:
    """Nobody has answered to this date of a series yet; what was said to the other dates stands."""
    own = {one.person_id: one for one in unit.find(OccurrenceReply, activity_id=activity_id, original_on=original_on)}
    for one in unit.find(Participation, activity_id=activity_id):
        said = own.get(one.person_id)
        if said is not None and said.reply is not Reply.NONE:
            said.reply = Reply.NONE
        elif said is None and one.reply is not Reply.NONE:
            unit.add(
                OccurrenceReply(
                    activity_id=activity_id,
                    person_id=one.person_id,
                    original_on=original_on,
                    replied_at=one.replied_at,
                    reply_remark=one.reply_remark,
                )
            )
