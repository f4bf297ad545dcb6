"""Third step: a new date for each one that is hit, the nearest free ones first; or another, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QButtonGroup

from cocivic_desktop.domain.rules.calendar_changes import HitKind
from cocivic_desktop.domain.rules.free_slots import SlotKind
from cocivic_desktop.services import school_year_changes as changing
from cocivic_desktop.services.school_year_changes import Decision, Way
from cocivic_desktop.ui.dialogs.calendar_change.words import decision_text, why
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.pages.calendar.words import conflict_sentence, slot_text, when_text
from cocivic_desktop.ui.texts.formats import day_text
from cocivic_desktop.ui.theme import set_look
from cocivic_desktop.ui.widgets.tables import choose_first, dress_records

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtCore import QModelIndex
    from PySide6.QtWidgets import QRadioButton, QWidget

    from cocivic_desktop._generated.forms.school_year_change import Ui_CalendarChangeDialog
    from cocivic_desktop.domain.rules.conflicts import Conflict
    from cocivic_desktop.domain.rules.free_slots import FreeSlot
    from cocivic_desktop.services.school_year_changes import Comparison
    from cocivic_desktop.services.school_year_slots import DateHit
    from cocivic_desktop.ui.context import Context


class DatesStep(QObject):
    """`decisions` holds what becomes of each date; it starts with what is proposed."""

    def __init__(self, context: Context, ui: Ui_CalendarChangeDialog, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._ui = context, ui
        self._comparison: Comparison | None = None
        self.decisions: dict[tuple[UUID, date], Decision] = {}
        self.model: RecordTableModel[DateHit] = RecordTableModel(
            [
                Column("title", self.tr("Activity"), lambda hit: hit.activity.title, strong=True, tip=_title),
                Column("was", self.tr("Until now"), lambda hit: when_text(hit.hit.occurrence), 205),
                Column("now", self.tr("Now"), self._now, 155),
            ],
            self,
        )
        dress_records(ui.dates, self.model, self.model.columns)
        self.slots: list[QRadioButton] = [ui.slot1, ui.slot2, ui.slot3, ui.slot4, ui.slot5]
        self._group = QButtonGroup(self)
        for button in (*self.slots, ui.otherButton, ui.leaveButton, ui.offButton):
            self._group.addButton(button)
        for number, button in enumerate(self.slots):
            button.clicked.connect(lambda _on=False, number=number: self._take_slot(number))
        ui.otherButton.clicked.connect(lambda: self._take_other())
        ui.otherDay.day_changed.connect(lambda _day: self._take_other())
        ui.otherTime.time_changed.connect(lambda _time: self._take_other())
        ui.leaveButton.clicked.connect(lambda: self._decide(Decision(Way.LEAVE)))
        ui.offButton.clicked.connect(lambda: self._decide(Decision(Way.CALL_OFF)))
        ui.otherDay.setAccessibleName(self.tr("Another day"))
        ui.otherTime.setAccessibleName(self.tr("Time on another day"))
        ui.dates.selectionModel().currentRowChanged.connect(lambda index, _before: self._show_hit(index))
        ui.datesSplit.setSizes([585, 405])

    def show(self, found: Comparison) -> None:
        """Show a comparison; what was decided for a date that is still hit stays."""
        self._comparison = found
        self.decisions = {key: self.decisions.get(key, made) for key, made in found.proposed().items()}
        self.model.set_rows(found.hits)
        choose_first(self._ui.dates)
        self._show_hit(self._ui.dates.currentIndex())

    @property
    def current(self) -> DateHit | None:
        """The date that is chosen in the table."""
        return self.model.record(self._ui.dates.currentIndex())

    def _now(self, hit: DateHit) -> str:
        return decision_text(self.decisions.get(hit.key, Decision(Way.LEAVE)), hit)

    def _show_hit(self, index: QModelIndex) -> None:
        hit, ui, found = self.model.record(index), self._ui, self._comparison
        ui.datePane.setVisible(hit is not None)
        if hit is None or found is None:
            return
        ui.dateTitle.setText(f"{hit.activity.title}, {day_text(hit.hit.occurrence.on, weekday=True)}")
        reason = why(hit, found.names)
        if hit.made_up_on is not None:
            reason += " " + self.tr("Its series makes up for it on {day}.").format(day=day_text(hit.made_up_on))
        ui.dateWhy.setText(reason)
        for button, slot in zip(self.slots, [*hit.slots, *[None] * len(self.slots)], strict=False):
            button.setVisible(slot is not None)
            if slot is not None:
                button.setText(self._slot_words(slot))
        left_out = hit.hit.kind is HitKind.LEFT_OUT
        ui.leaveButton.setText(
            self.tr("Leave it out") if left_out else self.tr("Leave it where it is, in spite of this")
        )
        ui.offButton.setVisible(not left_out)
        self._check(hit)

    def _check(self, hit: DateHit) -> None:
        """Tick what was decided."""
        ui, decision = self._ui, self.decisions[hit.key]
        chosen = ui.otherButton
        if decision.way is Way.LEAVE:
            chosen = ui.leaveButton
        elif decision.way is Way.CALL_OFF:
            chosen = ui.offButton
        else:
            for button, slot in zip(self.slots, hit.slots, strict=False):
                if (slot.on, slot.start_time) == (decision.on, decision.at):
                    chosen = button
        chosen.setChecked(True)
        other = chosen is ui.otherButton
        at = hit.hit.occurrence.starts_at
        for field in (ui.otherDay, ui.otherTime):
            field.blockSignals(True)
        ui.otherDay.set_day(decision.on if other else None)
        ui.otherTime.set_time(decision.at if other else at.time() if at is not None else None)
        ui.otherTime.setVisible(at is not None)
        for field in (ui.otherDay, ui.otherTime):
            field.blockSignals(False)
        ui.verdictLabel.clear()
        if other:
            self._judge(hit, decision)

    def _take_slot(self, number: int) -> None:
        hit = self.current
        if hit is not None and number < len(hit.slots):
            slot = hit.slots[number]
            self._decide(Decision(Way.MOVE, slot.on, slot.start_time))

    def _take_other(self) -> None:
        """The day that somebody types; until there is one, the date stays as decided before."""
        ui, hit = self._ui, self.current
        if hit is None:
            return
        ui.otherButton.setChecked(True)
        day = ui.otherDay.day
        if day is None or ui.otherDay.is_invalid or ui.otherTime.is_invalid:
            ui.verdictLabel.setText(self.tr("Type the day, such as {day}.").format(day=day_text(self._context.today())))
            return
        at = ui.otherTime.moment if hit.hit.occurrence.starts_at is not None else None
        decision = Decision(Way.MOVE, day, at)
        self.decisions[hit.key] = decision
        self._touched(hit)
        self._judge(hit, decision)

    def _judge(self, hit: DateHit, decision: Decision) -> None:
        """Say, as soon as it is known, whether the chosen day is free."""
        found, day = self._comparison, decision.on
        if found is None or day is None:
            return
        self._context.tasks.run(
            lambda: changing.in_the_way(found, hit, day, decision.at),
            lambda conflicts: self._show_verdict(hit, decision, conflicts),
        )

    def _show_verdict(self, hit: DateHit, decision: Decision, conflicts: list[Conflict]) -> None:
        if self.current is not hit or self.decisions.get(hit.key) != decision or self._comparison is None:
            return
        label, names = self._ui.verdictLabel, self._comparison.names
        set_look(label, "warning" if conflicts else "good")
        sentences = [f"! {conflict_sentence(each, names)}" for each in conflicts]
        label.setText("\n".join(sentences) or self.tr("✓ Nothing is in the way then."))

    def _decide(self, decision: Decision) -> None:
        hit = self.current
        if hit is not None:
            self.decisions[hit.key] = decision
            self._ui.verdictLabel.clear()
            self._touched(hit)

    def _touched(self, hit: DateHit) -> None:
        row = self.model.rows.index(hit)
        self.model.dataChanged.emit(self.model.index(row, 0), self.model.index(row, self.model.columnCount() - 1))

    def _slot_words(self, slot: FreeSlot) -> str:
        """A free date with how far it is from the present one."""
        day = slot_text(slot.on, slot.start_time)
        if slot.days == 0:
            return self.tr("{day} (the same day)").format(day=day)
        same = slot.kind is SlotKind.SAME_WEEKDAY
        if same and abs(slot.days) % 7 == 0:
            weeks = abs(slot.days) // 7
            if weeks == 1:
                text = self.tr("{day} (a week later)") if slot.days > 0 else self.tr("{day} (a week earlier)")
                return text.format(day=day)
            text = self.tr("{day} ({weeks} weeks later)") if slot.days > 0 else self.tr("{day} ({weeks} weeks earlier)")
            return text.format(day=day, weeks=weeks)
        if abs(slot.days) == 1:
            text = self.tr("{day} (a day later)") if slot.days > 0 else self.tr("{day} (a day earlier)")
            return text.format(day=day)
        text = self.tr("{day} ({days} days later)") if slot.days > 0 else self.tr("{day} ({days} days earlier)")
        return text.format(day=day, days=abs(slot.days))


def _title(hit: DateHit) -> str:
    return f"{hit.activity.title} ({hit.partnership_title})"
