"""Two versions compared word by word and clause by clause."""

from __future__ import annotations

import random
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocivic_desktop.domain.rules.clause_compare import ClauseKind, ClauseWords, compare_clauses
from cocivic_desktop.domain.rules.text_compare import RunKind, align, compare_words, in_order, likeness

E, N, D = RunKind.EQUAL, RunKind.INSERTED, RunKind.DELETED


def runs(before: str, after: str) -> list[tuple[RunKind, str]]:
    return [(run.kind, run.text) for run in compare_words(before, after)]


def put_together(before: str, after: str) -> tuple[str, str]:
    found = compare_words(before, after)
    return "".join(r.text for r in found if r.kind is not N), "".join(r.text for r in found if r.kind is not D)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("same words", "same words", [(E, "same words")]),
        ("", "new", [(N, "new")]),
        ("old", "", [(D, "old")]),
        ("by 14 days before", "by 7 days before", [(E, "by"), (D, " 14"), (N, " 7"), (E, " days before")]),
        ("The school confirms.", "The school always confirms.", [(E, "The school"), (N, " always"), (E, " confirms.")]),
        ("Foo bar baz", "bar baz", [(D, "Foo "), (E, "bar baz")]),
        ("Übung ab 9 Uhr", "Übungen ab 9 Uhr", [(D, "Übung"), (N, "Übungen"), (E, " ab 9 Uhr")]),
        ("one, two", "three, four", [(D, "one, two"), (N, "three, four")]),
        ("a\nb", "a b", [(E, "a"), (D, "\n"), (N, " "), (E, "b")]),
    ],
)  # fmt: skip
def test_words(before: str, after: str, expected: list[tuple[RunKind, str]]) -> None:
    assert runs(before, after) == expected


@given(st.text("ab c.\n-’ü", max_size=60), st.text("ab c.\n-’ü", max_size=60))
def test_runs_always_give_both_texts(before: str, after: str) -> None:
    assert put_together(before, after) == (before, after)
    kinds = [run.kind for run in compare_words(before, after)]
    assert all(one != two for one, two in pairwise(kinds))


def test_texts_made_to_be_slow_are_compared_all_the_same() -> None:
    before, after = "word " * 20_000, "word " * 10_000 + "other " + "word " * 9_000
    assert put_together(before, after) == (before, after)
    jumbled = (
        " ".join(random.Random(1).choices(["a", "b"], k=20_000)),
        " ".join(random.Random(2).choices("ab", k=20_000)),
    )
    assert put_together(*jumbled) == jumbled


def test_paragraphs_find_their_other_version() -> None:
    old = ["Sessions take place on Tuesdays.", "The school gives a room.", "Nobody pays."]
    new = ["An opening word.", "Sessions take place on Wednesdays.", "Nobody pays.", "The end."]
    assert align(old, new) == [(None, 0), (0, 1), (1, None), (2, 2), (None, 3)]
    assert align(["14 days"], ["three weeks"]) == [(0, None), (None, 0)]
    assert align(["14 days"], ["three weeks"], lone=True) == [(0, 0)]
    many = [f"Paragraph {n} speaks of matter {n * 7}" for n in range(400)]
    changed = [text + " and more" for text in many]
    assert align(many, changed) == [(n, n) for n in range(400)]


@given(
    st.lists(st.sampled_from(["a b", "a c", "d e f", "g", ""]), max_size=8),
    st.lists(st.sampled_from(["a b", "x", "d e g", ""]), max_size=8),
)
def test_every_paragraph_appears_once_and_in_order(old: list[str], new: list[str]) -> None:
    pairs = align(old, new)
    assert [i for i, _ in pairs if i is not None] == list(range(len(old)))
    assert [j for _, j in pairs if j is not None] == list(range(len(new)))


def clause(number: int, title: str, *paragraphs: str, rows: list[list[str]] | None = None) -> ClauseWords:
    return ClauseWords(
        id=UUID(int=number), titles={"en": title}, paragraphs={"en": paragraphs}, rows={"en": rows or []}
    )


def test_clauses_are_unchanged_changed_added_removed_or_moved() -> None:
    old = [clause(1, "Purpose", "We repair."), clause(2, "Time", "Weekly."), clause(3, "Rooms", "A room."),
           clause(4, "Money", "Nobody pays."), clause(5, "End", "It ends.")]  # fmt: skip
    new = [
        clause(3, "Rooms", "A room."),
        clause(1, "Purpose", "We repair and learn."),
        clause(2, "Time", "Weekly."),
        clause(6, "Insurance", "All insured."),
        clause(5, "Ending", "It ends."),
    ]
    found = compare_clauses(old, new)
    assert [(c.id.int, c.kind, c.moved, c.before, c.after) for c in found] == [
        (3, ClauseKind.MOVED, True, 2, 0),
        (4, ClauseKind.REMOVED, False, 3, None),
        (1, ClauseKind.CHANGED, False, 0, 1),
        (2, ClauseKind.UNCHANGED, False, 1, 2),
        (6, ClauseKind.ADDED, False, None, 3),
        (5, ClauseKind.CHANGED, False, 4, 4),
    ]
    assert [(r.kind, r.text) for r in found[2].paragraphs["en"][0].runs] == [
        (E, "We repair"),
        (N, " and learn"),
        (E, "."),
    ]
    assert [(r.kind, r.text) for r in found[5].titles["en"].runs] == [(D, "End"), (N, "Ending")]


def test_rows_are_compared_cell_by_cell() -> None:
    old = clause(1, "Who", rows=[["Task", "CSO"], ["Rooms", "leads"], ["Reports", "supports"]])
    new = clause(
        1, "Who", rows=[["Task", "CSO"], ["Rooms", "supports"], ["Insurance", "leads"], ["Reports", "supports"]]
    )
    (found,) = compare_clauses([old], [new])
    assert found.kind is ClauseKind.CHANGED
    rows = [[(cell.before, cell.after) for cell in row.cells] for row in found.rows["en"] if row.changed]
    assert rows == [[("Rooms", "Rooms"), ("leads", "supports")], [(None, "Insurance"), (None, "leads")]]


def test_what_kept_its_order_is_the_longest_part() -> None:
    assert in_order([]) == []
    assert in_order([2, 0, 1, 3]) == [1, 2, 3]
    assert in_order([4, 3, 2]) == [2]


def test_likeness() -> None:
    assert likeness("same", "same") == 1
    assert likeness("", "word") == 0
    assert likeness("The school gives a room", "The school gives two rooms") > 0.5
    assert likeness("Insurance", "Versicherung") < 0.4
    assert likeness("Purpose", "Purposes") > 0.8


def test_two_versions_of_twelve_pages_are_compared() -> None:
    chance = random.Random(7)
    words = [f"word{n}" for n in range(900)]
    old = [clause(n, f"Matter {n}", *(" ".join(chance.choices(words, k=70)) for _ in range(3))) for n in range(30)]
    new = [
        clause(c.id.int, c.titles["en"] + "!", *(p.replace("word1", "other", 3) for p in c.paragraphs["en"]))
        for c in old
    ]
    assert all(c.kind is ClauseKind.CHANGED for c in compare_clauses(old, new))
