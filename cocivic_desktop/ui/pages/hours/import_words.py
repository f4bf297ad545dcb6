"""Words for importing a table of hours: columns, states of rows, and reasons."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from cocivic_desktop.domain.hours import HourCategory
from cocivic_desktop.services.hours_import import (
    Choice,
    HourField,
    HourLayout,
    ImportRow,
    ListedName,
    Match,
    RowProblem,
    RowState,
    Sheet,
)
from cocivic_desktop.ui.dialogs.table_import import FileWords
from cocivic_desktop.ui.models.record_table import Chip
from cocivic_desktop.ui.pages.hours.questions import questions_text
from cocivic_desktop.ui.texts.words import word

translate = QCoreApplication.translate


def file_words() -> FileWords:
    """What the dialog says about the file."""
    return FileWords(
        key="hours_import",
        choose=translate("HoursImport", "Choose a table of hours"),
        explained=translate(
            "HoursImport",
            "CSV or Excel (.xlsx). Headings may stand anywhere; days, times and durations are read as people write "
            "them in English, German, Spanish and Turkish. Nothing is stored before you have looked at it.",
        ),
        kinds=translate("HoursImport", "Tables (*.csv *.xlsx *.xlsm *.tsv *.txt);;All files (*)"),
    )


def field_words() -> list[tuple[HourField, str]]:
    """What a column can hold."""
    return [
        (HourField.DATE, translate("HoursImport", "Day")),
        (HourField.PERSON, translate("HoursImport", "Name")),
        (HourField.FIRST_NAME, translate("HoursImport", "First name")),
        (HourField.LAST_NAME, translate("HoursImport", "Family name")),
        (HourField.DURATION, translate("HoursImport", "Duration")),
        (HourField.MINUTES, translate("HoursImport", "Minutes")),
        (HourField.START, translate("HoursImport", "From")),
        (HourField.END, translate("HoursImport", "Until")),
        (HourField.HEADS, translate("HoursImport", "Number of heads")),
        (HourField.CATEGORY, translate("HoursImport", "Category")),
        (HourField.ROLE, translate("HoursImport", "Role")),
        (HourField.ACTIVITY, translate("HoursImport", "Activity")),
        (HourField.REMARK, translate("HoursImport", "Remark")),
    ]


def choice_words() -> list[tuple[Choice, str]]:
    """What can be done about a name without saying who it is."""
    return [
        (Choice.OPEN, translate("HoursImport", "– who is it? –")),
        (Choice.ADD, translate("HoursImport", "Add as new person")),
        (Choice.LEAVE_OUT, translate("HoursImport", "Leave out")),
    ]


def meant_text(one: ListedName) -> str:
    """Who is meant by a name, or perhaps meant."""
    if one.choice is Choice.TAKE:
        return one.candidate
    if one.choice is Choice.OPEN and one.candidate:
        return translate("HoursImport", "{name}?").format(name=one.candidate)
    return dict(choice_words())[one.choice]


def match_chip(one: ListedName) -> Chip:
    """How certain a name is."""
    if one.choice is Choice.LEAVE_OUT:
        return Chip(translate("HoursImport", "left out"))
    if one.choice is Choice.ADD:
        return Chip(translate("HoursImport", "new"), "accent")
    if one.choice is Choice.TAKE:
        return Chip(translate("HoursImport", "known"), "good")
    return {
        Match.NEAR: Chip(translate("HoursImport", "perhaps"), "warning"),
        Match.SEVERAL: Chip(translate("HoursImport", "several"), "warning"),
    }.get(one.match, Chip(translate("HoursImport", "not known"), "warning"))


def state_chip(row: ImportRow) -> Chip:
    """What is known of a row, in a word."""
    return {
        RowState.NEW: Chip(translate("HoursImport", "can be taken"), "good"),
        RowState.ASKED: Chip(translate("HoursImport", "odd"), "warning"),
        RowState.PERSON_OPEN: Chip(translate("HoursImport", "who?"), "warning"),
        RowState.LEFT_OUT: Chip(translate("HoursImport", "left out")),
        RowState.KNOWN: Chip(translate("HoursImport", "there already")),
        RowState.UNREADABLE: Chip(translate("HoursImport", "not possible"), "bad"),
        RowState.PASSED_OVER: Chip(translate("HoursImport", "no entry")),
    }[row.state]


def reasons_text(row: ImportRow) -> str:
    """All that is to be said about a row, in sentences."""
    said = [problem_text(one.code, one.value) for one in row.read.problems]
    if row.questions:
        said.append(questions_text(row.questions))
    if row.state is RowState.PERSON_OPEN:
        text = translate("HoursImport", "Say at the left who “{name}” is.")
        said.append(text.format(name=row.read.person))
    if row.state is RowState.KNOWN:
        said.append(translate("HoursImport", "The same hours of this person and day are stored already."))
    return " ".join(said)


def problem_text(code: RowProblem, value: str) -> str:
    """Why a row cannot be taken, or what was done about it."""
    texts = {
        RowProblem.NO_DATE: translate("HoursImport", "The day is missing."),
        RowProblem.NOT_A_DATE: translate("HoursImport", "“{value}” is no day."),
        RowProblem.NO_TIME: translate("HoursImport", "The duration is missing."),
        RowProblem.NOT_A_TIME: translate("HoursImport", "“{value}” is no duration or time."),
        RowProblem.OVER_24_HOURS: translate("HoursImport", "“{value}” is more than a day has."),
        RowProblem.NOT_CALCULATED: translate(
            "HoursImport", "A formula was never calculated: open the file, save it, and choose it again."
        ),
        RowProblem.ERROR_VALUE: translate("HoursImport", "The spreadsheet shows the error {value} here."),
        RowProblem.NOBODY: translate("HoursImport", "The name is missing."),
        RowProblem.TOTAL: translate("HoursImport", "A sum of other rows is passed over."),
        RowProblem.NO_HOURS: translate("HoursImport", "This is no row of hours."),
        RowProblem.YEAR_ASSUMED: translate("HoursImport", "“{value}” has no year: the latest one was taken."),
        RowProblem.DATE_FROM_ABOVE: translate("HoursImport", "The day was taken from the row above."),
        RowProblem.CATEGORY_UNKNOWN: translate(
            "HoursImport", "“{value}” is no category that is known; it was kept as a remark."
        ),
        RowProblem.HIDDEN: translate("HoursImport", "The row is hidden in the spreadsheet; tick it if it counts."),
        RowProblem.TIMES_DIFFER: translate(
            "HoursImport",
            "Begin and end make another time than “{value}”; that was taken (perhaps there was a break).",
        ),
    }
    return texts[code].format(value=value)


def category_hint(assumed: Mapping[HourCategory, int]) -> str:
    """Under which categories rows without one count."""
    counted = ", ".join(f"{word(one)} {count}" for one, count in assumed.items())
    text = translate(
        "HoursImport", "Rows that name no category count by role and activity: {counted}. Choose another at the left."
    )
    return text.format(counted=counted)


def layout_hints(layout: HourLayout, sheet: Sheet, guessed_encoding: str) -> list[str]:
    """What a person should know or decide before looking at the rows."""
    hints = []
    if layout.order_asked:
        text = translate("HoursImport", "Days such as 03/04 can be read in two ways: say at the left which is the day.")
        hints.append(text)
    if layout.unit_asked:
        text = translate("HoursImport", "Plain numbers may be hours or minutes: say at the left what they are.")
        hints.append(text)
    if sheet.hidden:
        text = translate("HoursImport", "Rows hidden in the spreadsheet: {count}. They are not ticked.")
        hints.append(text.format(count=len(sheet.hidden)))
    if sheet.cut:
        text = translate("HoursImport", "The table is very long: only its first {count} rows are shown.")
        hints.append(text.format(count=len(sheet.rows)))
    if guessed_encoding:
        text = translate("HoursImport", "Letters were guessed ({encoding}): look whether accents are right.")
        hints.append(text.format(encoding=guessed_encoding))
    return hints
