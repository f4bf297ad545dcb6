"""Marks texts for translation where they stand far from where they are translated."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """The text itself. PySide's own function says it returns `object`, which no type checker can use."""
    return text
