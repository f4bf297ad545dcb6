"""Badges with their criteria, and those who work towards them or have earned them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QMenu, QPushButton

from cocivic_desktop._generated.forms.special_badges import Ui_SpecialBadges
from cocivic_desktop.domain.model_parts import Badge, BadgeAward, Competence
from cocivic_desktop.library.special_parts import competence_frames, source
from cocivic_desktop.services import model_parts, records
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.goals.special.base import SpecialPart
from cocivic_desktop.ui.pages.part import begin_with, fit_rows
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class BadgePart(SpecialPart):
    """Badges at the left; the chosen one, and its awards, at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SpecialBadges()
        self.ui.setupUi(self)
        self._people: dict[UUID, str] = {}
        self.frame_button = QPushButton(self.tr("Begin with a frame"))
        menu = QMenu(self.frame_button)
        for frame in competence_frames(context.language):
            menu.addAction(frame.badge.title).triggered.connect(lambda _=False, code=frame.code: self.take_over(code))
        self.frame_button.setMenu(menu)
        self.set_list(
            self.ui.badges,
            ListSetup(
                cls=Badge,
                key="badges",
                title=self.tr("Badges"),
                add_text=self.tr("Add"),
                columns=[
                    Column("title", self.tr("Badge"), tip=lambda one: one.description),
                    Column("criteria", self.tr("Criteria"), self._criteria, width=84),
                ],
                find=lambda archived: self.records_of(Badge, archived),
                new=lambda: Badge(partnership_id=self.partnership, title=self.tr("New badge")),
                empty_title=self.tr("No badges yet"),
                empty_text=self.tr(
                    "A badge says what somebody can do, how it was checked and who stands behind it. Write its "
                    "criteria before the first session."
                ),
                extra=[self.frame_button],
            ),
            RecordForm(context, Badge, self.ui.detail, leave_out=("competences",)),
            self.ui.detailCard,
        )
        self.award_form = RecordForm(context, BadgeAward, self.ui.awardDetail, prefix="award_")
        self._set_up_awards()
        self.ui.sourceLabel.setText(self.tr("Source: {source}").format(source=source("competences", context.language)))
        self.ui.competenceChecks.toggled.connect(self._set_competence)
        self.ui.criteriaChecks.toggled.connect(self._set_criterion)
        self.ui.awardButton.clicked.connect(lambda: self.award())
        self.list.selected.connect(self._show_badge)
        self.ui.parts.tabBar().setDrawBase(False)
        self.ui.split.setSizes([310, 510])

    def _set_up_awards(self) -> None:
        self.ui.awards.setup(
            self.context,
            ListSetup(
                cls=BadgeAward,
                key="badge_awards",
                title=self.tr("Learners"),
                add_text=self.tr("Add learner"),
                columns=[
                    Column("who", self.tr("Learner"), self._learner),
                    Column("met", self.tr("Criteria met"), self._met, width=110),
                    Column("awarded", self.tr("Awarded"), self._awarded, width=116),
                ],
                find=self._find_awards,
                new=self._new_award,
                empty_title=self.tr("Nobody works towards it yet"),
                empty_text=self.tr("Learners may stand here with their initials or a code; names are not needed."),
            ),
        )
        self.ui.awards.attach(self.award_form, self.ui.awardDetail)
        begin_with(self.ui.awards, self.award_form, "label")
        self.ui.awards.selected.connect(self._show_award)

    def reload(self) -> None:
        """Read badges and names; the awards follow with the chosen badge."""
        self._people = self.names()
        super().reload()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose a badge and go to what it lacks, or to the awards."""
        super().open_item(section, item)
        badge: Badge | None = self.form.record
        if item is None or badge is None:
            return
        lacks = next((name for name in ("criteria", "assessed_by", "awarded_by") if not getattr(badge, name)), None)
        if lacks is not None:
            self.form.focus(lacks)
        else:
            self.ui.parts.setCurrentIndex(1)
            self.ui.awards.table.setFocus()

    def take_over(self, code: str) -> None:
        """Add the badge of a frame."""
        context = self.context
        badge = context.attempt(model_parts.badge_of_frame, context.workspace, self.partnership, code, context.language)
        if badge is not None:
            self.list.reload()
            self.list.select(badge.id)

    def award(self) -> None:
        """Give the badge to the chosen learner."""
        if self.award_form.record is not None and self.award_form.flush():
            context = self.context
            context.attempt(model_parts.award, context.workspace, self.award_form.record.id, context.today())

    def _show_badge(self, badge: Badge | None) -> None:
        competences = [(str(one.id), one.name) for one in self.records_of(Competence, False)]
        nothing = self.tr("There are none yet: switch on the part “competences” and add them there.")
        self.ui.competenceChecks.offer(competences, badge.competences if badge is not None else (), nothing)
        self.ui.awards.reload()
        fit_rows(self.ui.awards, 5)
        count = len(self.ui.awards.model.rows)
        self.ui.parts.setTabText(1, self.tr("Awards {count}").format(count=count) if count else self.tr("Awards"))

    def _show_award(self, one: BadgeAward | None) -> None:
        badge: Badge | None = self.form.record
        criteria = badge.criteria if badge is not None else []
        nothing = self.tr("The badge has no criteria yet.")
        self.ui.criteriaChecks.offer(
            [(text, text) for text in criteria], one.criteria_met if one is not None else (), nothing
        )
        self.ui.awardButton.setVisible(one is not None and one.awarded_on is None)

    def _set_competence(self, competence_id: str, on: bool) -> None:
        if self.form.record is not None:
            context = self.context
            context.attempt(model_parts.set_competence, context.workspace, self.form.record.id, UUID(competence_id), on)

    def _set_criterion(self, criterion: str, on: bool) -> None:
        if self.award_form.record is not None:
            context = self.context
            context.attempt(model_parts.set_criterion, context.workspace, self.award_form.record.id, criterion, on)

    def _find_awards(self, archived: bool) -> list[BadgeAward]:
        badge: Badge | None = self.form.record
        if badge is None:
            return []
        found = records.listed(self.context.workspace, BadgeAward, archived, badge_id=badge.id)
        return sorted(found, key=lambda one: one.created_at)

    def _new_award(self) -> BadgeAward | None:
        badge: Badge | None = self.form.record
        if badge is None:
            return None
        number = len(self._find_awards(True)) + 1
        return BadgeAward(badge_id=badge.id, label=self.tr("Learner {number}").format(number=number))

    def _learner(self, one: BadgeAward) -> str:
        return self._people.get(one.person_id, one.label) if one.person_id else one.label

    def _met(self, one: BadgeAward) -> str:
        badge: Badge | None = self.form.record
        criteria = badge.criteria if badge is not None else []
        met = sum(criterion in one.criteria_met for criterion in criteria)
        return self.tr("{met} of {all}").format(met=met, all=len(criteria))

    def _awarded(self, one: BadgeAward) -> Any:
        return one.awarded_on or ""

    def _criteria(self, badge: Badge) -> Any:
        return len(badge.criteria) or Chip(self.tr("! none"), "warning")
