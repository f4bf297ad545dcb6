"""One partnership: header, stage bar, next step, the page of the stage, and the guidance beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QWidget

from cocivic_desktop._generated.forms.partnership_view import Ui_PartnershipView
from cocivic_desktop.domain.errors import NotFound
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership, Stage
from cocivic_desktop.services import records
from cocivic_desktop.ui import advice, icons
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.page_registry import make_stage_page
from cocivic_desktop.ui.record_form import flush_forms
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.texts.words import choice_word

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from cocivic_desktop.domain.changes import Changes
    from cocivic_desktop.ui.pages.base import StagePage

GUIDANCE_FROM = 1280
"""Width of the window in logical pixels below which the guidance hides by itself."""

BRIEF_BELOW = 600
"""Height of the view in logical pixels below which the next step is said without its reason."""


class PartnershipView(QWidget):
    """Shows any partnership; stage pages are made when first opened and then kept."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_PartnershipView()
        self.ui.setupUi(self)
        self._context = context
        self._pages: dict[Stage, StagePage] = {}
        self._partnership_id: UUID | None = None
        self._step: advice.Advice | None = None
        self._guided: Stage | None = None
        self.stage = Stage.INITIATE
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(0)
        self._refresh.timeout.connect(self._fill_header)
        self.ui.banner.hide()
        self.ui.stageBar.stage_chosen.connect(self._choose)
        self.ui.banner.accepted.connect(self._follow)
        self.ui.banner.postponed.connect(self._postpone)
        self.ui.guidance.closed.connect(lambda: self.show_guidance(False))
        self.ui.guidanceButton.clicked.connect(self.show_guidance)
        context.events.changed.connect(self._changed)
        context.events.workspace_opened.connect(self._forget)
        context.advisor.ready.connect(self._show_advice)
        self.ui.guidanceButton.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._draw_icons()

    @property
    def partnership_id(self) -> UUID | None:
        """The partnership that is shown."""
        return self._partnership_id

    @property
    def page(self) -> StagePage | None:
        """The page of the stage that is shown."""
        return self._pages.get(self.stage)

    def open(self, target: Target) -> None:
        """Show a stage of a partnership; without one, the stage last looked at."""
        if target.partnership_id is None:
            return
        if target.partnership_id != self._partnership_id:
            flush_forms(self)
            self._partnership_id = target.partnership_id
            self.ui.banner.hide()
            stored = self._context.setting(f"stage/{target.partnership_id.hex}", Stage.INITIATE.value)
            self.stage = Stage(stored) if stored in set(Stage) else Stage.INITIATE
        self._show_stage(target.stage or self.stage, target)
        self._fill_header()

    def show_guidance(self, shown: bool) -> None:
        """Show or hide the guidance by choice, and remember it."""
        self._context.set_flag("guidance", shown)
        self._place_guidance(chosen=shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ui.banner.set_brief(self.height() < BRIEF_BELOW)
        self._place_guidance()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_guidance()
        self._refresh.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_context"):
            self._draw_icons()
        super().changeEvent(event)

    def _show_stage(self, stage: Stage, target: Target) -> None:
        if self._partnership_id is None:
            return
        page = self._pages.get(stage)
        if page is None:
            page = self._pages[stage] = make_stage_page(stage, self._context)
            page.room_wanted.connect(self._show_advice)
            self.ui.stages.addWidget(page)
        page.show_partnership(self._partnership_id)
        self.stage = stage
        self.ui.stages.setCurrentWidget(page)
        self.ui.stageBar.set_stage(stage)
        page.go_to(target)
        self._context.settings.setValue(f"stage/{self._partnership_id.hex}", stage.value)
        if stage is not self._guided:
            self._guided = stage
            self._show_guidance_of(stage)

    def _choose(self, stage: Stage) -> None:
        if self._partnership_id is not None:
            self._show_stage(stage, Target.partnership(self._partnership_id, stage))
            self._fill_header()

    def _changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self._refresh.start()

    def _forget(self) -> None:
        self._partnership_id = None

    def _fill_header(self) -> None:
        if self._partnership_id is None or not self._context.is_open:
            return
        workspace = self._context.workspace
        try:
            partnership = records.get(workspace, Partnership, self._partnership_id)
        except NotFound:
            self._context.navigate(Target("home"))
            return
        school = records.get(workspace, Organisation, partnership.school_id)
        self.ui.titleLabel.setText(partnership.title)
        parts = [school.name if school.name not in partnership.title else "", choice_word(partnership.pipeline)]
        parts.append(span_text(partnership.starts_on, partnership.ends_on))
        self.ui.contextLabel.setText(" · ".join(part for part in parts if part))
        self._show_advice()

    def _show_advice(self) -> None:
        """Progress and the next step, as far as they have been worked out."""
        if self._partnership_id is None or not self._context.is_open or not self.isVisible():
            return
        known = self._context.advisor.of(self._partnership_id)
        self.ui.stageBar.set_progress(known.progress if known is not None else {})
        self._show_step(self._partnership_id)

    def _show_step(self, partnership_id: UUID) -> None:
        """The first step of this stage, else the first urgent one of another."""
        steps = self._context.advisor.steps(partnership_id)
        here = [step for step in steps if step.target.stage is self.stage]
        self._step = next(iter(here or [step for step in steps if step.urgent]), None)
        if self._step is None or (self.page is not None and self.page.wants_room):
            self.ui.banner.hide()
            return
        step = self._step
        self.ui.banner.show_step(step.headline, step.explanation, step.button, urgent=step.urgent)

    def _follow(self) -> None:
        if self._step is not None:
            self._context.navigate(self._step.target)

    def _postpone(self) -> None:
        if self._step is not None:
            advice.postpone(self._context, self._step)
            self._fill_header()

    def _show_guidance_of(self, stage: Stage) -> None:
        found = advice.guidance_sections(stage.value, self._context.language)
        self.ui.guidance.show_sections(found.sections, found.sources)

    def _place_guidance(self, chosen: bool | None = None) -> None:
        wanted = self._context.flag("guidance", True) if chosen is None else chosen
        room = self.window().width() >= GUIDANCE_FROM
        shown = wanted and (room or bool(chosen))
        self.ui.guidance.setVisible(shown)
        self.ui.guidanceButton.setChecked(shown)

    def _draw_icons(self) -> None:
        self.ui.guidanceButton.setIcon(icons.icon("guidance", "muted"))
