"""Format 2: indexes for lists by date, so that long hour lists and calendars open at once.

They serve for the owner alone as well, so its own index goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(operations: Operations) -> None:
    """Put the indexes in the place of those on the owner alone."""
    for table, name, columns in (
        ("hour_entry", "ix_hour_entry_by_day", ["partnership_id", "archived", "worked_on"]),
        (
            "hour_entry",
            "ix_hour_entry_sums",
            [
                "partnership_id",
                "archived",
                "person_id",
                "role",
                "category",
                "state",
                "worked_on",
                "minutes",
                "head_count",
            ],
        ),
        ("activity", "ix_activity_by_day", ["partnership_id", "starts_on"]),
        ("calendar_period", "ix_calendar_period_by_day", ["school_year_id", "starts_on"]),
    ):
        operations.create_index(name, table, columns)
    for table, owner in (
        ("hour_entry", "partnership_id"),
        ("activity", "partnership_id"),
        ("calendar_period", "school_year_id"),
    ):
        operations.drop_index(f"ix_{table}_{owner}", table)
