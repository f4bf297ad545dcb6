"""The value of volunteer time in a sentence or two."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from cocivic_desktop.domain.rules.hour_value import VolunteerValue
from cocivic_desktop.ui.texts.formats import minutes_text
from cocivic_desktop.ui.texts.words import choice_word


def money_text(cents: int, currency: str) -> str:
    """An amount such as "17.50 EUR"."""
    return f"{amount_text(cents)} {currency}"


def amount_text(cents: int) -> str:
    """Hundredths as an amount with two decimals, as the screen's locale writes it."""
    return QLocale().toString(cents / 100, ord("f"), 2)


def value_text(value: VolunteerValue | None) -> str:
    """The sum, the rates that were applied with their sources, and the hours without a rate."""
    tr = QCoreApplication.translate
    if value is None:
        return ""
    if not value.hours:
        return tr("HourReport", "Value of volunteer time: no hours of volunteers or mentors in this report.")
    parts = []
    if value.totals:
        sums = ", ".join(money_text(cents, currency) for currency, cents in value.totals.items())
        parts.append(tr("HourReport", "Value of volunteer time: {sums}.").format(sums=sums))
    for line in value.lines:
        rate = line.rate
        kind = choice_word(rate.category) if rate.category is not None else tr("HourReport", "all categories")
        text = tr("HourReport", "{hours} at {rate} per hour ({year}, {kind}; source: {source}).")
        parts.append(
            text.format(
                hours=minutes_text(line.minutes),
                rate=money_text(rate.amount_cents, rate.currency),
                year=rate.year,
                kind=kind,
                source=rate.source or "–",
            )
        )
    if value.without_rate:
        years = ", ".join(str(year) for year in sorted({one.year for one in value.without_rate}))
        missing = minutes_text(sum(one.minutes for one in value.without_rate))
        text = tr("HourReport", "Without a rate: {hours} of {years}. Enter one under “Value of an hour…”.")
        parts.append(text.format(hours=missing, years=years))
    return " ".join(parts)
