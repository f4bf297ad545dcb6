"""Public holidays without a network."""

from __future__ import annotations

from datetime import date

import pytest

from cocivic_desktop.calendars.public_holidays import PublicHolidays, public_holidays
from cocivic_desktop.domain.errors import BadInput


def year(country: str, region: str = "", language: str | None = None, number: int = 2027) -> PublicHolidays:
    first, last = date(number, 1, 1), date(number, 12, 31)
    return public_holidays(country, region, first=first, last=last, today=date(2026, 11, 1), language=language)


def test_regions_differ_and_names_follow_the_country_or_the_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    north, south = year("DE", "SH"), year("DE", "DE-BY")
    assert "Reformationstag" in [each.summary for each in north.events]
    assert "Reformationstag" not in [each.summary for each in south.events]
    assert "Reformation Day" in [each.summary for each in year("DE", "SH", "en").events]
    assert not any(each.estimate for each in north.events)
    assert len(year("ES", "EX").events) > 8


def test_lunar_feasts_to_come_are_estimates() -> None:
    events = year("TR").events
    estimates = {each.summary for each in events if each.estimate}
    assert estimates >= {"Ramazan Bayramı", "Kurban Bayramı"}
    assert not [each for each in events if each.summary == "Cumhuriyet Bayramı" and each.estimate]
    assert not any(each.estimate for each in year("TR", number=2025).events)
    assert not any("tahmini" in each.summary for each in year("TR", number=2040).events)


def test_unknown_regions_are_said_and_unknown_countries_refused() -> None:
    assert not year("DE", "ZZ").region_known
    assert year("DE", "SH").region_known
    with pytest.raises(BadInput, match="XX"):
        year("XX")
    with pytest.raises(BadInput):
        public_holidays("DE", first=date(2000, 1, 1), last=date(2027, 1, 1), today=date(2026, 1, 1))
