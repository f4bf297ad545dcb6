"""The catalogue of indicators: the handbook's evaluation framework (chapter 7), from `resources/indicators.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from cocivic_desktop.domain.goals import IndicatorAspect, IndicatorMeans
from cocivic_desktop.domain.surveys import SurveyGroup
from cocivic_desktop.library.files import FALLBACK, read_toml

UNITS = frozenset({"yes_no", "count", "percent", "hours", "rating"})
"""What a value is counted in; a rating runs from 1 to 5."""


@dataclass(frozen=True)
class CatalogueItem:
    """One indicator of the catalogue. Of several means, the first that has a value is used."""

    code: str
    aspect: IndicatorAspect
    item: str
    means: tuple[IndicatorMeans, ...]
    unit: str
    names: Mapping[str, str]
    groups: tuple[SurveyGroup, ...] = ()
    questions: Mapping[str, str] = field(default_factory=dict)

    def name(self, language: str = FALLBACK) -> str:
        """Its name in a language, else in English."""
        return self.names.get(language) or self.names[FALLBACK]

    def question(self, language: str = FALLBACK) -> str:
        """What a survey asks for it, else in English; empty when it is not asked."""
        return self.questions.get(language) or self.questions.get(FALLBACK, "")


@cache
def indicator_catalogue() -> tuple[CatalogueItem, ...]:
    """All indicators in the order of the framework. Raises ValueError or KeyError for a broken file."""
    return tuple(_item(entry) for entry in read_toml("indicators.toml")["indicator"])


@cache
def indicators_by_code() -> Mapping[str, CatalogueItem]:
    """The catalogue by code."""
    return MappingProxyType({item.code: item for item in indicator_catalogue()})


def _item(entry: Mapping[str, Any]) -> CatalogueItem:
    if entry["unit"] not in UNITS:
        raise ValueError(f"indicators.toml: {entry['code']} has the unknown unit {entry['unit']}")
    return CatalogueItem(
        code=entry["code"],
        aspect=IndicatorAspect(entry["aspect"]),
        item=entry["item"],
        means=tuple(IndicatorMeans(means) for means in entry["means"]),
        unit=entry["unit"],
        names=MappingProxyType(dict(entry["name"])),
        groups=tuple(SurveyGroup(group) for group in entry.get("groups", ())),
        questions=MappingProxyType(dict(entry.get("question", {}))),
    )
