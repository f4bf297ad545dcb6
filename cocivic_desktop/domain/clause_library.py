"""What a library of clauses and interview questions consists of. `cocivic_desktop.library` reads it from files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

Answer = str | bool | int
"""An answer of the guided interview: text (also a person's id, an option's code, an ISO date), yes or no, a number."""

TOPICS: Final[tuple[str, ...]] = (
    "parties", "contacts", "purpose", "activities", "responsibilities", "time_commitments", "school_calendar",
    "scheduling", "communication", "funding", "resources", "transport", "results_ownership", "data_protection",
    "publicity", "safeguarding", "parental_consent", "insurance", "health_safety", "learner_status", "recognition",
    "inclusion", "evaluation", "paperwork", "confidentiality", "duration", "amendment", "disputes", "termination",
    "general", "annexes", "signatures",
)  # fmt: skip
"""What a good agreement covers, in the order of a document (domain.md)."""

TABLES: Final[tuple[str, ...]] = (
    "contacts", "goals", "responsibilities", "commitments", "routines", "resources", "funding", "signatures",
)  # fmt: skip
"""Tables that a document puts after the text of a clause, from records rather than from placeholders."""


@dataclass(frozen=True, kw_only=True)
class AlternativeText:
    """Wording of an alternative in one language; `label` names it in a list of choices."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ClauseText:
    """A clause in one language. `text` holds one paragraph per line, with {placeholders}.

    `why` says why the clause is there, `ask` what to ask the school, `caution` what to look out for.
    """

    title: str
    text: str
    why: str = ""
    ask: str = ""
    caution: str = ""
    alternatives: Mapping[str, AlternativeText] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """Another wording that replaces a clause's text.

    It is taken by itself for a kind in `kinds` (empty: all) when all facts of `when` hold. One with neither
    is taken only by a person's choice.
    """

    code: str
    kinds: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LibraryClause:
    """A clause of the library. `kinds`, `when` and `unless` decide for which agreements it is proposed.

    `essential`: proposed whenever its conditions hold; otherwise only when one of its `when` facts calls for it.
    `asks`: codes of questions whose answers it uses. `table`: one of `TABLES` or "".
    `processes`: codes of administrative steps that the clause names, for the paperwork count.
    """

    code: str
    topic: str
    kinds: tuple[str, ...]
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    asks: tuple[str, ...] = ()
    essential: bool = True
    table: str = ""
    processes: tuple[str, ...] = ()
    texts: Mapping[str, ClauseText] = field(default_factory=dict)

    def text_in(self, language: str) -> ClauseText:
        """The texts in a language, in English where the library does not have them in that one."""
        return self.texts.get(language) or self.texts["en"]

    def wording(self, language: str, alternative: str = "") -> str:
        """The text of an alternative in a language; the clause's own text for "" or an unknown alternative."""
        texts = self.text_in(language)
        chosen = texts.alternatives.get(alternative)
        return chosen.text if chosen else texts.text


@dataclass(frozen=True)
class ClauseLibrary:
    """Clauses in the order in which an agreement has them."""

    clauses: tuple[LibraryClause, ...]

    def get(self, code: str) -> LibraryClause | None:
        """The clause of a code; None for own clauses ("") and codes that the library no longer has."""
        return next((clause for clause in self.clauses if clause.code == code), None)

    def of_topic(self, topic: str) -> tuple[LibraryClause, ...]:
        """The clauses on a topic."""
        return tuple(clause for clause in self.clauses if clause.topic == topic)


class QuestionType(StrEnum):
    """What kind of answer a question takes."""

    TEXT = "text"
    BOOL = "bool"
    CHOICE = "choice"
    NUMBER = "number"
    PERSON = "person"
    DATE = "date"


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of the guided interview.

    The answer fills `placeholder` of clause texts and decides the fact `fact` (`rules.drafting.facts` says how).
    `group` is the interview's section, `when` the facts without which it is not asked, `field` the record's field
    ("agreement.starts_on") that knows the answer. With `confirm`, that field alone is not enough: it has a value
    from the start that nobody may have thought about. `side` is whose person is asked for.
    """

    code: str
    type: QuestionType
    group: str
    options: tuple[str, ...] = ()
    default: Answer | None = None
    placeholder: str = ""
    fact: str = ""
    when: tuple[str, ...] = ()
    field: str = ""
    confirm: bool = False
    side: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionText:
    """A question in one language; `short` stands in a document where the answer is still missing."""

    text: str
    why: str
    short: str
    options: Mapping[str, str] = field(default_factory=dict)
