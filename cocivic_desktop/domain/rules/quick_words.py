"""Words that a line of hours understands, in four languages, without case and accents (`base.fold`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cocivic_desktop.domain.hours import HourCategory


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _numbered(lines: Sequence[str], first: int = 0) -> dict[str, int]:
    return {word: number for number, words in enumerate(lines, first) for word in words.split()}


_CATEGORY_WORDS: Final[dict[HourCategory, str]] = {
    HourCategory.PREPARATION: "preparation prep preparing vorbereitung vorb preparacion preparar hazirlik",
    HourCategory.DELIVERY: (
        "delivery session workshop lesson class teaching durchfuhrung durchfuehrung unterricht sitzung "
        "ejecucion sesion taller clase imparticion uygulama oturum atolye ders"
    ),
    HourCategory.MENTORING: (
        "mentoring mentor coaching betreuung begleitung mentoria tutoria acompanamiento mentorluk danismanlik rehberlik"
    ),
    HourCategory.ADMINISTRATION: (
        "administration admin office paperwork verwaltung buro buero administracion oficina papeleo yonetim idare evrak"
    ),
    HourCategory.TRAVEL: "travel trip journey fahrt anfahrt reise viaje desplazamiento yol yolculuk seyahat ulasim",
}
CATEGORIES: Final = {word: category for category, words in _CATEGORY_WORDS.items() for word in words.split()}
DAYS_AGO: Final = _numbered(
    ("today heute hoy bugun", "yesterday gestern ayer dun", "vorgestern anteayer antier evvelsi")
)
WEEKDAYS: Final = _numbered(
    (
        "monday mon montag mo lunes lun pazartesi pzt",
        "tuesday tue tues dienstag di martes sali",
        "wednesday wed mittwoch mi miercoles mie carsamba",
        "thursday thu thur thurs donnerstag do jueves jue persembe",
        "friday fri freitag fr viernes vie cuma",
        "saturday sat samstag sonnabend sa sabado sab cumartesi cmt",
        "sunday sun sonntag so domingo dom pazar",
    )
)
MONTHS: Final = _numbered(
    (
        "january jan januar janner enero ene ocak",
        "february feb februar febrero subat",
        "march mar marz maerz marzo mart",
        "april apr abril abr nisan",
        "may mai mayo mayis",
        "june jun juni junio haziran",
        "july jul juli julio temmuz",
        "august aug agosto ago agustos",
        "september sep sept septiembre setiembre eylul",
        "october oct oktober okt octubre ekim",
        "november nov noviembre kasim",
        "december dec dezember dez diciembre dic aralik",
    ),
    1,
)
BEFORE_DAYS: Final = _words("on last am den vom letzten letzte letzter el los la pasado gecen onceki")
"""Small words before a day, which say nothing by themselves: "on monday", "letzten Montag", "el lunes"."""
AFTER_DAYS: Final = _words("pasado gunu gun")
"""Small words behind a day: "lunes pasado", "pazartesi günü"."""
LEARNERS: Final = _words(
    "student students pupil pupils learner learners schuler schueler schulerinnen lernende lernenden "
    "alumno alumnos alumnas estudiante estudiantes ogrenci ogrenciler"
)
UNITS: Final = {
    **dict.fromkeys(_words("h hr hrs hour hours std stunde stunden hora horas sa saat"), 60),
    **dict.fromkeys(_words("m min mins minute minutes minuten minuto minutos dk dakika"), 1),
}
"""Minutes in a unit."""
NUMBERS: Final = {
    **dict.fromkeys(_words("half halbe halben media yarim"), "0,5"),
    **dict.fromkeys(_words("an one eine einer una bir"), "1"),
    **dict.fromkeys(_words("two zwei dos iki"), "2"),
    **dict.fromkeys(_words("three drei tres uc"), "3"),
    **dict.fromkeys(_words("eineinhalb anderthalb einundeinhalb"), "1,5"),
    **dict.fromkeys(_words("zweieinhalb zweiundeinhalb"), "2,5"),
    **dict.fromkeys(_words("dreieinhalb dreiundeinhalb"), "3,5"),
}
"""Numbers in words that may stand before a unit: "half an hour", "zwei Stunden", "anderthalb Stunden"."""
AND_A_HALF: Final = (("and", "a", "half"), ("y", "media"), ("bucuk",))
"""Words behind a number, or behind hours, that add half of one: "bir buçuk saat", "two hours and a half"."""
