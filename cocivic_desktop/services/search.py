"""Search over everything that has a name (Ctrl+K)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import fold

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

SHORTEST: Final = 2
"""Letters from which on a search makes sense."""
MOST_WORDS: Final = 10
"""Words of a search that count."""


@dataclass(frozen=True)
class Hit:
    """Something found. `context` says where it belongs: a partnership's title, an organisation, a date."""

    kind: str
    id: UUID
    partnership_id: UUID | None
    title: str
    context: str


@dataclass(frozen=True)
class _Source:
    """A query over one kind of thing. It gives id, partnership, title, context, and the text that is searched."""

    kind: str
    sql: str


_PLAIN_SOURCES: Final = (
    _Source(
        "partnership",
        "SELECT t.id, t.id, t.title, o.name, t.title || ' ' || o.name || ' ' || t.summary AS haystack "
        "FROM partnership t JOIN organisation o ON o.id = t.school_id WHERE NOT t.archived",
    ),
    _Source(
        "organisation",
        "SELECT t.id, NULL, t.name, t.city, t.name || ' ' || t.short_name || ' ' || t.city AS haystack "
        "FROM organisation t WHERE NOT t.archived",
    ),
    _Source(
        "person",
        "SELECT t.id, NULL, t.name, COALESCE(o.name, ''), t.name || ' ' || t.email || ' ' || t.class_group AS haystack "
        "FROM person t LEFT JOIN organisation o ON o.id = t.organisation_id WHERE NOT t.archived",
    ),
    _Source(
        "shared_goal",
        "SELECT t.id, t.partnership_id, t.statement, p.title, t.statement AS haystack "
        "FROM shared_goal t JOIN partnership p ON p.id = t.partnership_id WHERE NOT t.archived AND NOT p.archived",
    ),
    _Source(
        "clause",
        "SELECT t.id, g.partnership_id, COALESCE(json_extract(t.titles, '$.' || g.language), "
        "(SELECT value FROM json_each(t.titles) LIMIT 1), t.code) AS heading, p.title, "
        "COALESCE((SELECT group_concat(value, ' ') FROM json_each(t.titles)), '') || ' ' || "
        "COALESCE((SELECT group_concat(value, ' ') FROM json_each(t.texts)), '') AS haystack "
        "FROM clause t JOIN agreement g ON g.id = t.agreement_id JOIN partnership p ON p.id = g.partnership_id "
        "WHERE NOT t.archived AND NOT p.archived",
    ),
    _Source(
        "activity",
        "SELECT t.id, t.partnership_id, t.title, t.starts_on, t.title || ' ' || t.place AS haystack "
        "FROM activity t WHERE NOT t.archived",
    ),
    _Source(
        "task",
        "SELECT t.id, t.partnership_id, t.title, COALESCE(t.due_on, ''), t.title AS haystack "
        "FROM task t WHERE NOT t.archived",
    ),
)
_IN_PARTNERSHIP: Final = {
    "challenge": "t.title || ' ' || t.question || ' ' || t.social_need",
    "research_question": "t.title || ' ' || t.asked_by || ' ' || t.knowledge_needed || ' ' || t.background",
    "candidate": "t.label || ' ' || t.motivation",
    "competence": "t.name || ' ' || t.area || ' ' || t.description",
    "badge": "t.title || ' ' || t.description",
    "crisis_protocol": "t.title || ' ' || t.kept_at",
}
"""What is searched of kinds that belong to a partnership and have a title, name or label."""
_OF_CHALLENGE: Final = {
    "solution": ("t.title", "t.title || ' ' || t.description"),
    "coaching_note": ("t.text", "t.text || ' ' || t.next_step"),
}
"""Title, and what is searched, of kinds that belong to a challenge."""
_NAMED: Final = {"candidate": "label", "competence": "name"}
_SOURCES: Final = (
    *_PLAIN_SOURCES,
    *(
        _Source(
            kind,
            f"SELECT t.id, t.partnership_id, t.{_NAMED.get(kind, 'title')}, p.title, {haystack} AS haystack "  # noqa: S608
            f"FROM {kind} t JOIN partnership p ON p.id = t.partnership_id WHERE NOT t.archived AND NOT p.archived",
        )
        for kind, haystack in _IN_PARTNERSHIP.items()
    ),
    *(
        _Source(
            kind,
            f"SELECT t.id, c.partnership_id, {title}, c.title, {haystack} AS haystack "  # noqa: S608 - all ours
            f"FROM {kind} t JOIN challenge c ON c.id = t.challenge_id JOIN partnership p ON p.id = c.partnership_id "
            "WHERE NOT t.archived AND NOT c.archived AND NOT p.archived",
        )
        for kind, (title, haystack) in _OF_CHALLENGE.items()
    ),
)
_KIND_ORDER: Final = {source.kind: number for number, source in enumerate(_SOURCES)}


def search(workspace: Workspace, text: str, limit: int = 30) -> list[Hit]:
    """What fits all words of `text`, without case and accents; best first, at most `limit`.

    A title that begins with the text comes first, then a word that does, then any other place. Things of archived
    partnerships are left out where they would open one.
    """
    words = fold(text).split()[:MOST_WORDS]
    if not words or len("".join(words)) < SHORTEST:
        return []
    values: dict[str, Any] = {f"word{number}": word for number, word in enumerate(words)}
    values |= {f"like{number}": f"%{word}%" for number, word in enumerate(words)}
    numbers = range(len(words))
    plain = " AND ".join(f"haystack LIKE :like{number}" for number in numbers)
    folded = " AND ".join(f"instr(fold(haystack), :word{number})" for number in numbers)
    # Folding is the expensive part: only texts that may fit, or that hold more than plain ASCII, are folded.
    fits = f"CASE WHEN ({plain}) OR haystack GLOB '*[^ -~]*' THEN {folded} ELSE 0 END"
    found: list[tuple[tuple[int, int, int, str], Hit]] = []
    with workspace.read() as unit:
        for source in _SOURCES:
            query = (
                f"WITH named (id, owner, title, context, haystack) AS ({source.sql}) "  # noqa: S608 - all ours
                f"SELECT id, owner, title, context FROM named WHERE {fits} LIMIT :most"
            )
            for id, owner, title, context in unit.rows(query, most=limit * 20, **values):
                hit = Hit(source.kind, UUID(id), UUID(owner) if owner else None, " ".join(title.split()), context)
                found.append((_rank(hit, words), hit))
    found.sort(key=lambda pair: pair[0])
    return [hit for _, hit in found[:limit]]


def _rank(hit: Hit, words: list[str]) -> tuple[int, int, int, str]:
    """Smaller is better: the beginning of the title, the beginning of a word, anywhere in it, elsewhere."""
    title = fold(hit.title)
    if title.startswith(" ".join(words)):
        place = 0
    elif all(any(part.startswith(word) for part in title.split()) for word in words):
        place = 1
    else:
        place = 2 if all(word in title for word in words) else 3
    return place, _KIND_ORDER[hit.kind], len(title), title
