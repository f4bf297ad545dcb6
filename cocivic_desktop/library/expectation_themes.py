"""Words by which expectations and offers are likened (`resources/expectation_themes.toml`); all of them folded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from cocivic_desktop.library.files import read_toml


@cache
def expectation_themes() -> Mapping[str, tuple[str, ...]]:
    """Beginnings of words by theme. Raises ValueError or KeyError for a broken file."""
    themes = read_toml("expectation_themes.toml")["themes"]
    return MappingProxyType({theme: tuple(words) for theme, words in themes.items()})


@cache
def ordinary_words() -> frozenset[str]:
    """Words that say nothing about what is meant. Raises ValueError or KeyError for a broken file."""
    return frozenset(read_toml("expectation_themes.toml")["ordinary"])
