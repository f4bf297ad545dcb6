"""What a write has changed: the one thing that travels from the store through the services to the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

MANY = 2_000
"""From this many changed rows on, `Changes` names kinds only."""


@dataclass(frozen=True)
class Changes:
    """Kinds (`kind_name`) of things that changed, and their ids; `ids` is None when there are too many to name."""

    kinds: frozenset[str] = frozenset()
    ids: frozenset[UUID] | None = frozenset()

    def touches(self, *kinds: str) -> bool:
        """Whether any of these kinds changed."""
        return not self.kinds.isdisjoint(kinds)

    def touches_id(self, id: UUID) -> bool:
        """Whether this very thing may have changed."""
        return self.ids is None or id in self.ids

    def __bool__(self) -> bool:
        return bool(self.kinds)

    @staticmethod
    def together(changes: Iterable[Changes]) -> Changes:
        """The union of several changes."""
        kinds: frozenset[str] = frozenset()
        ids: frozenset[UUID] | None = frozenset()
        for change in changes:
            kinds |= change.kinds
            ids = None if ids is None or change.ids is None else ids | change.ids
        return Changes(kinds, ids)
