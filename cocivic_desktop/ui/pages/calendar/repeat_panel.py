"""How an activity repeats, with its dates and the ones it leaves out shown while it is edited."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from cocivic_desktop._generated.forms.calendar_repeat import Ui_RepeatPanel
from cocivic_desktop.domain.activities import Activity, OccurrenceOverride, Recurrence, RecurrenceEnd
from cocivic_desktop.domain.errors import InvalidField
from cocivic_desktop.domain.rules import recurrence
from cocivic_desktop.domain.validation import validate
from cocivic_desktop.services import records, series
from cocivic_desktop.ui.pages.calendar import words
from cocivic_desktop.ui.pages.calendar.panel import PlanPanel, ReachBox
from cocivic_desktop.ui.texts.fields import field_problem
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.texts.words import word

if TYPE_CHECKING:
    from PySide6.QtWidgets import QCheckBox, QWidget

    from cocivic_desktop.ui.context import Context

SHOWN_DATES = 24
DEFAULT_COUNT = 10
STORE_AFTER_MS = 600


def parse_weeks(text: str) -> list[int]:
    """Numbers of weeks from "3-9, 12"; empty means all. Raises ValueError."""
    found: set[int] = set()
    for part in re.split(r"[,;\s]+", text.strip()):
        if not part:
            continue
        match = re.fullmatch(r"(\d{1,2})(?:[-–](\d{1,2}))?", part)
        if match is None:
            raise ValueError(part)
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return sorted(found)


def weeks_text(numbers: list[int]) -> str:
    """Numbers of weeks as "3-9, 12"."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)


def _unbroken(text: str) -> str:
    """A text that stays in one line."""
    return text.replace(" ", "\u00a0")


class RepeatPanel(PlanPanel):
    """The third tab of the detail pane; saves by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = ui = Ui_RepeatPanel()
        ui.setupUi(self)
        self.reach = ReachBox(ui.reachLabel, ui.reach)
        self.weekdays: list[QCheckBox] = [getattr(ui, f"weekday{number}") for number in range(7)]
        self._ends = list(RecurrenceEnd)
        self._letters = ["", "A", "B"]
        self._showing = False
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STORE_AFTER_MS)
        self._timer.timeout.connect(self.store)
        for box, name in zip(self.weekdays, words.weekday_names(), strict=True):
            box.setText(name)
            box.clicked.connect(lambda: self._edited())
        ui.ends.addItems([word(one) for one in self._ends])
        ui.weekLetter.addItems([self.tr("every week"), self.tr("A weeks"), self.tr("B weeks")])
        ui.until.line.setAccessibleName(self.tr("Last day"))
        ui.count.setAccessibleName(self.tr("Number of times"))
        ui.interval.setAccessibleName(self.tr("Every how many weeks"))
        ui.ruleProblem.hide()
        ui.reach.activated.connect(lambda: self._turn_reach())
        ui.repeats.clicked.connect(lambda: self._edited())
        ui.teachingOnly.clicked.connect(lambda: self._edited())
        ui.interval.valueChanged.connect(lambda: self._edited())
        ui.count.valueChanged.connect(lambda count: self._edited())
        ui.count.valueChanged.connect(
            lambda count: ui.count.setSuffix(self.tr(" time") if count == 1 else self.tr(" times"))
        )
        ui.ends.activated.connect(lambda: self._edited())
        ui.weekLetter.activated.connect(lambda: self._edited())
        ui.until.day_changed.connect(lambda: self._edited())
        ui.weekNumbers.textEdited.connect(lambda: self._edited())

    def setup(self, context: Context) -> None:
        """Say where data come from."""
        super().setup(context)

    def reload(self) -> None:
        """Show the activity's rule; what is being edited for the same one stays."""
        if self.entry is None or self._dirty:
            return
        rule = self.entry.activity.recurrence
        self.reach.show_entry(self.entry)
        self._showing = True
        self._show(rule or self._proposal(self.entry.activity.starts_on), repeats=rule is not None)
        self._showing = False
        self._preview()

    def leave(self) -> None:
        """Store what is being edited, before another activity comes."""
        if self._dirty:
            self.store()
        self._dirty = False

    def rule(self) -> Recurrence | None:
        """The rule as it stands on the screen. Raises ValueError, InvalidField."""
        ui = self.ui
        if not ui.repeats.isChecked():
            return None
        ends = self._ends[ui.ends.currentIndex()]
        return Recurrence(
            interval=ui.interval.value(),
            weekdays=[number for number, box in enumerate(self.weekdays) if box.isChecked()],
            ends=ends,
            until=ui.until.day if ends is RecurrenceEnd.ON_DATE else None,
            count=ui.count.value() if ends is RecurrenceEnd.AFTER_COUNT else None,
            teaching_weeks_only=ui.teachingOnly.isChecked(),
            week_numbers=parse_weeks(ui.weekNumbers.text()),
            week_letter=self._letters[ui.weekLetter.currentIndex()],
        )

    def store(self) -> None:
        """Keep the rule, when it may be kept; else say what is missing."""
        self._timer.stop()
        changed = self._changed_activity()
        if self.entry is None or changed is None:
            return
        self._dirty = False
        entry, workspace, rule = self.entry, self.context.workspace, changed.recurrence
        if rule == entry.activity.recurrence:
            return
        if not self.reach.following:
            self.context.attempt(records.change, workspace, Activity, entry.activity.id, recurrence=rule)
            return
        part = self.context.attempt(lambda: series.change_following(workspace, *entry.id, recurrence=rule))
        if part is not None:
            self.entry = None
            self.moved.emit((part, entry.id[1]))

    def _edited(self) -> None:
        if self._showing or self.entry is None:
            return
        self._dirty = True
        if self.ui.repeats.isChecked() and not any(box.isChecked() for box in self.weekdays):
            self.weekdays[self.entry.activity.starts_on.weekday()].setChecked(True)
        self._enable()
        self._preview()
        self._timer.start()

    def _turn_reach(self) -> None:
        """From a date on, a number of times counts what is left."""
        entry, rule = self.entry, self.entry.activity.recurrence if self.entry is not None else None
        if entry is not None and rule is not None and rule.count:
            overrides = records.find(self.context.workspace, OccurrenceOverride, activity_id=entry.activity.id)
            dates = recurrence.occurrences(entry.activity, overrides, self.data.view, date.min, date.max)[0]
            before = sum(1 for one in dates if one.original_on < entry.id[1]) if self.reach.following else 0
            self._showing = True
            self.ui.count.setValue(max(1, rule.count - before))
            self._showing = False
        self._preview()

    def _proposal(self, starts_on: date) -> Recurrence:
        return Recurrence(weekdays=[starts_on.weekday()], ends=RecurrenceEnd.END_OF_TERM)

    def _show(self, rule: Recurrence, *, repeats: bool) -> None:
        ui = self.ui
        ui.repeats.setChecked(repeats)
        ui.interval.setValue(rule.interval)
        shown = rule.weekdays or [self.entry.activity.starts_on.weekday() if self.entry else 0]
        for number, box in enumerate(self.weekdays):
            box.setChecked(number in shown)
        ui.teachingOnly.setChecked(rule.teaching_weeks_only)
        ui.ends.setCurrentIndex(self._ends.index(rule.ends))
        ui.until.set_day(rule.until)
        ui.count.setValue(rule.count or DEFAULT_COUNT)
        ui.weekNumbers.setText(weeks_text(rule.week_numbers))
        ui.weekLetter.setCurrentIndex(self._letters.index(rule.week_letter))
        self._enable()

    def _enable(self) -> None:
        ui = self.ui
        ends = self._ends[ui.ends.currentIndex()]
        ui.rule.setEnabled(ui.repeats.isChecked())
        ui.until.setVisible(ends is RecurrenceEnd.ON_DATE)
        ui.count.setVisible(ends is RecurrenceEnd.AFTER_COUNT)
        ui.intervalUnit.setText(self.tr("week on") if ui.interval.value() == 1 else self.tr("weeks on"))

    def _changed_activity(self) -> Activity | None:
        """The activity with the rule on the screen, not stored; None, and a sentence, when it may not be."""
        if self.entry is None:
            return None
        problem, changed = "", None
        try:
            changed = replace(self.entry.activity, recurrence=self.rule())
            if self.reach.following:
                changed.starts_on = self.entry.id[1]
            validate(changed)
        except InvalidField as error:
            problem, changed = field_problem(error), None
        except ValueError:
            problem, changed = self.tr("Weeks look like 3-9, 12."), None
        self.ui.ruleProblem.setText(f"× {problem}")
        self.ui.ruleProblem.setVisible(bool(problem))
        return changed

    def _preview(self) -> None:
        """The dates that the rule on the screen gives, and those that it leaves out, with the reasons."""
        changed = self._changed_activity()
        if changed is None or self.entry is None:
            return
        overrides = records.find(self.context.workspace, OccurrenceOverride, activity_id=changed.id)
        overrides = [one for one in overrides if one.original_on >= changed.starts_on]
        found, skips = recurrence.occurrences(changed, overrides, self.data.view, date.min, date.max)
        held = [one for one in found if not one.cancelled]
        ui = self.ui
        if changed.recurrence is None:
            ui.previewTitle.setText(self.tr("It takes place once."))
        elif len(held) == 1:
            ui.previewTitle.setText(self.tr("1 date"))
        else:
            ui.previewTitle.setText(self.tr("{count} dates").format(count=len(held)))
        days = [_unbroken(day_text(one.on, weekday=True, year=False)) for one in held[:SHOWN_DATES]]
        more = self.tr("and {count} more").format(count=len(held) - SHOWN_DATES) if len(held) > SHOWN_DATES else ""
        ui.previewDates.setText(" · ".join([*days, *([more] if more else [])]))
        known = {one.original_on for one in found} | {skip.on for skip in skips}
        lost = [
            day_text(one.original_on, weekday=True, year=False) for one in overrides if one.original_on not in known
        ]
        gone = self.tr("Changes of single dates that the series would no longer have: {days}")
        lines = [gone.format(days=", ".join(lost))] if lost and changed.recurrence is not None else []
        lines += [self.tr("Left out:")] if skips else []
        lines += [f"{day_text(skip.on, weekday=True, year=False)} – {words.skip_text(skip)}" for skip in skips]
        unknown = self.tr("The school's year is not known, so nothing is left out.")
        no_year = changed.recurrence is not None and changed.recurrence.teaching_weeks_only and self.data.view is None
        ui.previewSkips.setText(unknown if no_year else "\n".join(lines[:SHOWN_DATES]))
