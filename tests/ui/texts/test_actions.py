"""Every action that services write has words for the undo menu."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cocivic_desktop
from cocivic_desktop.domain.registry import KINDS
from cocivic_desktop.ui.texts.actions import PLAIN, THINGS, VERBS, action_text

PACKAGE = Path(cocivic_desktop.__file__).parent
WRITTEN = sorted(
    {
        action
        for file in PACKAGE.rglob("*.py")
        if "_generated" not in file.parts
        for action in re.findall(r"\.write\(\s*\"([a-z_]+)\"", file.read_text(encoding="utf-8"))
    }
)


def test_services_write_actions() -> None:
    assert len(WRITTEN) > 20


@pytest.mark.parametrize("action", WRITTEN)
def test_an_action_has_words(action: str) -> None:
    verb, _, kind = action.partition("_")
    assert action in PLAIN or (verb in VERBS and kind in THINGS), action


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_has_a_word(kind: str) -> None:
    assert kind in THINGS


def test_a_long_label_is_cut() -> None:
    assert action_text("add_task", "x" * 100).endswith("…”")
    assert action_text("log_hours") == "log hours"
