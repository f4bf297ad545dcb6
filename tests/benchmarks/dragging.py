"""A date being dragged in the large workspace: what is read at the start, what each move of the mouse costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

from cocivic_desktop.services import conflict_list
from cocivic_desktop.services.live_check import LiveCheck
from cocivic_desktop.store.workspace import Workspace
from tests.benchmarks.figures import Figure, milliseconds
from tests.benchmarks.large_workspace import YEAR_STARTS, Content

MOVES = 100
LONGEST_MOVE = 15
"""Milliseconds that a move of the mouse may take, so that 60 pictures a second stay possible."""


def figures(workspace: Workspace, content: Content) -> Iterator[Figure]:
    """Start of a drag (in a worker), one move, its free slots, and the list of all conflicts (in a worker)."""
    activity = content.activities[len(content.activities) // 2]
    today = YEAR_STARTS
    yield Figure(
        "start dragging one of 10,000 activities (beside the window)",
        milliseconds(lambda: LiveCheck.load(workspace, activity.id, today), runs=3),
        runs=3,
    )
    live = LiveCheck.load(workspace, activity.id, today)

    def moves() -> None:
        for number in range(MOVES):
            live.what_if(activity.starts_on, today + timedelta(days=number), time(8 + number % 8))

    yield Figure(
        "what a dragged date would meet, each move",
        milliseconds(moves) / MOVES,
        limit=LONGEST_MOVE,
        limit_is_ratio=False,
        runs=5,
    )
    yield Figure("free slots of a date", milliseconds(lambda: live.free_slots(activity.starts_on)))
    yield Figure(
        "the list of all conflicts with their reasons (beside the window)",
        milliseconds(lambda: conflict_list.conflict_list(workspace, today), runs=3),
        runs=3,
    )
