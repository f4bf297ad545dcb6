"""Format 2: indexes for lists by date, so that long hour lists and calendars open at once."""

from __future__ import annotations

from alembic.operations import Operations


def upgrade(operations: Operations) -> None:
    """Add the three indexes."""
    for table, columns in (
        ("hour_entry", ["partnership_id", "worked_on"]),
        ("activity", ["partnership_id", "starts_on"]),
        ("calendar_period", ["school_year_id", "starts_on"]),
    ):
        operations.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
