"""Taking a list of schools into the workspace: read, compare with what is there, show, and store all or nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from cocivic_desktop.domain.base import fold
from cocivic_desktop.domain.errors import BadInput
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services.listed import Choice, Finding, Listed, chosen_of
from cocivic_desktop.services.partnerships import create_school
from cocivic_desktop.services.pipeline import prospect_of
from cocivic_desktop.tables.columns import Layout, Remark
from cocivic_desktop.tables.school_list import (
    ReadSchool,
    SchoolField,
    find_layout,
    layout_with_headings,
    plain_name,
    read_schools,
)
from cocivic_desktop.tables.spreadsheet import Book, Sheet
from cocivic_desktop.tables.spreadsheet import open_book as read_file

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

__all__ = [
    "Book", "Choice", "Finding", "Layout", "ListedSchool", "Reason", "Remark", "SchoolField", "Sheet", "Taken",
    "compare", "find_layout", "known_schools", "layout_with_headings", "read_file", "store",
]  # fmt: skip

SIMILAR: Final = 88
"""From this share of equal letters (0 to 100, rapidfuzz `token_sort_ratio`) two names in one place are called alike."""
SHARED: Final = 3
"""An e-mail address or website of more rows than this belongs to an authority, and tells no school from another."""


class Reason(StrEnum):
    """Why two are held for the same."""

    NAME_AND_CITY = "name_and_city"
    EMAIL = "email"
    WEBSITE = "website"
    NAME = "name"
    """The same name; one of the places is not known."""
    SIMILAR_NAME = "similar_name"


class ListedSchool(Listed):
    """A row that is a school."""

    @property
    def school_id(self) -> UUID | None:
        """The school that is there already."""
        return self.known_id


@dataclass(frozen=True)
class Taken:
    """What an import has done."""

    added: list[UUID] = field(default_factory=list)
    updated: list[UUID] = field(default_factory=list)
    ideas: list[UUID] = field(default_factory=list)
    left_out: int = 0


def known_schools(workspace: Workspace) -> list[Organisation]:
    """The schools that a list is compared with: all that are not archived, and our own organisation."""
    with workspace.read() as unit:
        return unit.find(Organisation)


def compare(
    sheet: Sheet, layout: Layout[SchoolField], known: Sequence[Organisation], check: Callable[[], None] = lambda: None
) -> list[ListedSchool]:
    """What each row of a sheet is, with a choice proposed. `check` is called often and may raise to stop.

    Raises `BadInput` when no column holds the name.
    """
    if SchoolField.NAME not in layout.fields:
        raise BadInput("Say which column holds the names of the schools.")
    read = read_schools(sheet.rows, layout)
    usable = _usable(read)
    there, before = _Index(usable), _Index(usable)
    for one in known:
        there.add(_Facts.of_school(one), one)
    found = []
    for row in read:
        check()
        listed = ListedSchool(row.line, row.values, row.remarks)
        _judge(listed, there, before)
        if listed.finding not in (Finding.NO_NAME, Finding.TWICE):
            before.add(_Facts.of_values(row.values), listed)
        found.append(listed)
    return found


def store(workspace: Workspace, rows: Sequence[ListedSchool], *, as_ideas: bool = False) -> Taken:
    """Do what was chosen for every row: one step of undo, all of it or nothing.

    With `as_ideas` each school that was added or filled up goes into the pipeline, unless it is in there. Raises
    `BadInput` when nothing is chosen, `NotFound` when a school has been deleted meanwhile, and `InvalidField`.
    """
    chosen = chosen_of(rows)
    taken = Taken(left_out=len(rows) - len(chosen))
    by_line: dict[int, UUID] = {}
    with workspace.write("import_schools", str(len(chosen))) as unit:
        in_pipeline = {one.school_id for one in unit.find(Partnership)}
        for row in chosen:
            school_id = row.known_id if row.choice is Choice.UPDATE else None
            if row.choice is Choice.UPDATE and school_id is None and row.same_line is not None:
                school_id = by_line.get(row.same_line)
            if school_id is None:
                school, _ = create_school(workspace, **row.values)
                taken.added.append(school.id)
            else:
                school = unit.get(Organisation, school_id)
                for name in empty_fields(school, row.values):
                    setattr(school, name, row.values[name])
                if school.id not in (*taken.added, *taken.updated):
                    taken.updated.append(school.id)
            by_line[row.line] = school.id
            if as_ideas and school.id not in in_pipeline and not school.is_ours:
                taken.ideas.append(prospect_of(unit, school).id)
                in_pipeline.add(school.id)
    return taken


def empty_fields(school: Organisation, values: dict[str, Any]) -> tuple[str, ...]:
    """The fields that are empty of a school and that a row knows."""
    return tuple(name for name, value in values.items() if value and name != "kind" and not getattr(school, name))


# --- comparing ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Facts:
    """What schools are told apart by."""

    name: str
    short_name: str
    city: str
    email: str
    site: str

    @staticmethod
    def of_values(values: dict[str, Any]) -> _Facts:
        text = {name: str(values.get(name, "")) for name in ("name", "short_name", "city", "email", "website")}
        return _Facts(
            plain_name(text["name"]),
            plain_name(text["short_name"]),
            plain_name(text["city"]),
            fold(text["email"]),
            _site(text["website"]),
        )

    @staticmethod
    def of_school(school: Organisation) -> _Facts:
        return _Facts.of_values(vars(school))


def _site(address: str) -> str:
    """An address of the web without what varies: protocol, www, the slash at its end."""
    return re.sub(r"^(https?://)?(www\.)?", "", fold(address.strip())).rstrip("/")


def _usable(read: Iterable[ReadSchool]) -> Callable[[str], bool]:
    """Whether an address may tell schools apart: it stands in few rows."""
    facts = [_Facts.of_values(row.values) for row in read]
    counts = Counter(address for one in facts for address in {one.email, one.site} if address)
    return lambda address: bool(address) and counts[address] <= SHARED


class _Index:
    """Schools to be found again by name, addresses and likeness."""

    def __init__(self, usable: Callable[[str], bool]) -> None:
        self._usable = usable
        self._by_name: dict[str, list[tuple[_Facts, Any]]] = defaultdict(list)
        self._by_address: dict[str, tuple[_Facts, Any]] = {}
        self._by_city: dict[str, list[tuple[_Facts, Any]]] = defaultdict(list)

    def add(self, facts: _Facts, what: Any) -> None:
        entry = (facts, what)
        for name in {facts.name, facts.short_name} - {""}:
            self._by_name[name].append(entry)
        for address in (facts.email, facts.site):
            if address:
                self._by_address.setdefault(address, entry)
        self._by_city[facts.city].append(entry)

    def find(self, facts: _Facts) -> tuple[Reason, Any] | None:
        """The best match and why; None where there is none."""
        namesakes = self._by_name.get(facts.name, [])
        same_place = [one for one in namesakes if facts.city and one[0].city == facts.city]
        if same_place:
            return Reason.NAME_AND_CITY, same_place[0][1]
        for reason, address in ((Reason.EMAIL, facts.email), (Reason.WEBSITE, facts.site)):
            if self._usable(address) and address in self._by_address:
                return reason, self._by_address[address][1]
        placeless = [one for one in namesakes if not (facts.city and one[0].city)]
        if placeless:
            return Reason.NAME, placeless[0][1]
        return self._alike(facts)

    def _alike(self, facts: _Facts) -> tuple[Reason, Any] | None:
        from rapidfuzz import fuzz, process

        places = {facts.city, ""} if facts.city else set(self._by_city)
        nearby = [one for place in places for one in self._by_city.get(place, [])]
        names = [one[0].name for one in nearby]
        for name, _, number in process.extract(
            facts.name, names, scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR, limit=5
        ):
            if _numbers(name) == _numbers(facts.name):
                return Reason.SIMILAR_NAME, nearby[number][1]
        return None


def _numbers(name: str) -> set[str]:
    """Numbers in a name, which tell "BBS 1" from "BBS 2" and "Schule II" from "Schule III"."""
    return {word for word in name.split() if re.fullmatch(r"\d+\w?|[ivx]+", word)}


def _judge(listed: ListedSchool, there: _Index, before: _Index) -> None:
    """Say what a row is, and propose what to do with it."""
    if not listed.name:
        listed.lack_name()
        return
    facts = _Facts.of_values(listed.values)
    earlier, present = before.find(facts), there.find(facts)
    if earlier is not None and (_is_sure(earlier[0]) or present is None):
        listed.is_row(earlier[1], earlier[0], sure=_is_sure(earlier[0]))
    elif present is not None:
        reason, school = present
        fills = empty_fields(school, listed.values) if not school.is_ours else ()
        listed.is_known(school.id, school.name, reason, fills, sure=_is_sure(reason))


def _is_sure(reason: Reason) -> bool:
    return reason in (Reason.NAME_AND_CITY, Reason.EMAIL, Reason.WEBSITE)
