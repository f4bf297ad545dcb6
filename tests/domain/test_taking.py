"""What is written into the blanks of a paragraph, and what the paragraph read when it left."""

from __future__ import annotations

import pytest

from cocivic_desktop.domain.rules.drafting import Run, resolve
from cocivic_desktop.domain.rules.taking import as_sent, fills, retaken_with, shown

LINE = "The school gives {rooms} for {count} learners."
QUESTIONS = {"rooms": "which rooms?", "count": "how many?"}


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("The school gives the cellar for 20 learners.", {"rooms": "the cellar", "count": "20"}),
        ("The school gives the cellar for [how many?] learners.", {"rooms": "the cellar"}),
        ("Our school gives the cellar for all its 20 learners.", {"rooms": "the cellar", "count": "all its 20"}),
        ("The school gives [which rooms?] for [how many?] pupils.", {}),
        ("The school gives nothing.", {}),
    ],
)
def test_what_is_written_into_blanks(after: str, found: dict[str, str]) -> None:
    runs = resolve(LINE, {}, QUESTIONS)
    filled = fills(runs, after)
    assert {fill.placeholder: fill.text for fill in filled} == found
    expected = after
    for placeholder, text in found.items():
        expected = expected.replace(text, f"{{{placeholder}}}")
    for placeholder, question in QUESTIONS.items():
        expected = expected.replace(f"[{question}]", f"{{{placeholder}}}")
    assert retaken_with(runs, after, filled) == expected


def test_a_paragraph_is_known_by_how_it_left_though_answers_came_since() -> None:
    sent = shown(resolve(LINE, {"rooms": "the hall"}, QUESTIONS))
    since = {"rooms": "the hall", "count": "20."}
    runs = as_sent(LINE, sent, since, QUESTIONS)
    assert runs is not None
    assert runs[3] == Run("how many?", True, "count")
    assert as_sent(LINE, sent, {**since, "rooms": "the cellar"}, QUESTIONS) is None
