"""Days, times, durations and numbers as the screen's locale writes them."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import QCoreApplication, QDate, QLocale


def day_text(day: date | None, *, weekday: bool = False, year: bool = True) -> str:
    """A day in short words: "21 Sep 2026", "Mon 21 Sep". Empty for None."""
    if day is None:
        return ""
    pattern = ("ddd " if weekday else "") + "d MMM" + (" yyyy" if year else "")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def span_text(first: date | None, last: date | None) -> str:
    """Two days as a span: "21 Sep – 6 Jan 2027", or "from 21 Sep 2026" while the end is open."""
    if first is None and last is None:
        return ""
    if last is None:
        return QCoreApplication.translate("Formats", "from {day}").format(day=day_text(first))
    if first is None:
        return QCoreApplication.translate("Formats", "until {day}").format(day=day_text(last))
    if first == last:
        return day_text(first)
    return f"{day_text(first, year=first.year != last.year)} – {day_text(last)}"


def time_text(moment: time | datetime | None) -> str:
    """A wall clock time as "10:05"; empty for None."""
    return "" if moment is None else f"{moment.hour:02}:{moment.minute:02}"


def moment_text(moment: datetime | None) -> str:
    """A moment as the clock of this computer shows it: day and time."""
    if moment is None:
        return ""
    local = moment.astimezone()
    return f"{day_text(local.date())} {time_text(local)}"


def minutes_text(minutes: int | None) -> str:
    """Whole minutes as "1 h 30 min", "45 min", "40 h"; empty for None."""
    if minutes is None:
        return ""
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    if not hours:
        return QCoreApplication.translate("Formats", "{minutes} min").format(minutes=f"{sign}{rest}")
    if not rest:
        return QCoreApplication.translate("Formats", "{hours} h").format(hours=f"{sign}{number_text(hours)}")
    return QCoreApplication.translate("Formats", "{hours} h {minutes} min").format(
        hours=f"{sign}{number_text(hours)}", minutes=rest
    )


def clock_text(minutes: int | None) -> str:
    """Whole minutes as hours and minutes for narrow columns: "39:30", "0:45"; a dash for none at all."""
    if not minutes:
        return "–"
    hours, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else ''}{QLocale().toString(hours)}:{rest:02}"


def number_text(value: float | None, decimals: int = 2) -> str:
    """A number as the locale writes it, without trailing zeros; empty for None."""
    if value is None:
        return ""
    if float(value).is_integer():
        return QLocale().toString(int(value))
    rounded = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return rounded.replace(".", QLocale().decimalPoint())


def ago_text(day: date, today: date) -> str:
    """How far a day is from today: "today", "tomorrow", "in 5 days", "3 days ago"."""
    days = (day - today).days
    if days == 0:
        return QCoreApplication.translate("Formats", "today")
    if days == 1:
        return QCoreApplication.translate("Formats", "tomorrow")
    if days == -1:
        return QCoreApplication.translate("Formats", "yesterday")
    if days > 0:
        return QCoreApplication.translate("Formats", "in {days} days").format(days=days)
    return QCoreApplication.translate("Formats", "{days} days ago").format(days=-days)
