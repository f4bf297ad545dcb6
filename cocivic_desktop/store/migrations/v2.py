"""Format 2: indexes for lists by date, so that long hour lists and calendars open at once.

They serve for the owner alone as well, so its own index goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(operations: Operations) -> None:
    """Put the three indexes in the place of those on the owner alone."""
    for table, columns in (
        ("hour_entry", ["partnership_id", "worked_on"]),
        ("activity", ["partnership_id", "starts_on"]),
        ("calendar_period", ["school_year_id", "starts_on"]),
    ):
        operations.drop_index(f"ix_{table}_{columns[0]}", table)
        operations.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
