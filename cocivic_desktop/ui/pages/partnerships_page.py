"""All partnerships: state, progress, period; and what belongs to the partnership as a whole."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from cocivic_desktop._generated.forms.partnerships_page import Ui_PartnershipsPage
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership, PipelineState
from cocivic_desktop.services import records
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context, Target
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.base import Page
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.widgets.progress_rings import WIDTH, RingsDelegate, progress_text
from cocivic_desktop.ui.widgets.record_list import ListSetup


class PartnershipsPage(Page):
    """List at the left, the chosen one at the right; Enter opens it."""

    kinds: ClassVar[tuple[str, ...]] = ()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_PartnershipsPage()
        self.ui.setupUi(self)
        self._schools: dict[object, Organisation] = {}
        self._rings = RingsDelegate(self)
        self.form = RecordForm(
            context,
            Partnership,
            self.ui.detail,
            choices={"school_id": lambda: choices.organisations(context, ours=False)},
        )
        self.ui.partnerships.setup(
            context,
            ListSetup(
                cls=Partnership,
                key="partnerships",
                columns=[
                    Column("title", self.tr("Partnership"), lambda one: one.title, strong=True),
                    Column("school", self.tr("School"), self._school_name, width=150),
                    Column("pipeline", self.tr("State"), lambda one: Chip.of(one.pipeline), width=100),
                    Column("progress", self.tr("Stages"), lambda one: "", width=WIDTH + 20, tip=self._progress_tip),
                ],
                find=self._find,
                empty_title=self.tr("No partnership yet"),
                empty_text=self.tr(
                    "A partnership is one cooperation with one school. "
                    "Start with an idea: nothing has to be agreed yet."
                ),
            ),
        )
        new = self.ui.partnerships.add_button
        new.setText(self.tr("New partnership…"))
        self.ui.partnerships.offer_add(self._start)
        self.ui.partnerships.table.setItemDelegateForColumn(3, self._rings)
        self.ui.partnerships.attach(self.form, self.ui.detailScroll)
        self.ui.partnerships.activated.connect(self._open)
        self.ui.partnerships.selected.connect(self._selected)
        self.ui.openButton.clicked.connect(lambda: self._open(self.ui.partnerships.current))
        self.ui.split.setSizes([720, 340])
        context.advisor.ready.connect(self._show_progress)

    def reload(self) -> None:
        """Read partnerships, schools and progress."""
        workspace = self.context.workspace
        self._schools = {one.id: one for one in records.find(workspace, Organisation, archived=None)}
        self._show_progress()
        self.ui.partnerships.reload()
        count = len(self.ui.partnerships.model.rows)
        self.ui.contextLabel.setText(self.tr("Double-click or press Enter to open one") if count else "")

    def _show_progress(self) -> None:
        """As far as it has been worked out."""
        if self.context.is_open and self.isVisible():
            self._rings.progress = {key: one.progress for key, one in (self.context.advisor.all() or {}).items()}
            self.ui.partnerships.table.viewport().update()

    def open_target(self, target: Target) -> None:
        """Select the partnership that search has found, or start a new one."""
        if target.item is not None:
            self.ui.partnerships.select(target.item)
        if target.section == "new":
            self._start()

    def _find(self, archived: bool) -> list[Partnership]:
        found = records.find(self.context.workspace, Partnership, archived=None if archived else False)
        return sorted(found, key=lambda one: one.title.casefold())

    def _school_name(self, one: Partnership) -> str:
        school = self._schools.get(one.school_id)
        return (school.short_name or school.name) if school is not None else ""

    def _progress_tip(self, one: Partnership) -> str:
        return progress_text(self._rings.progress.get(one.id, {}))

    def _selected(self, one: Partnership | None) -> None:
        if one is None:
            return
        self.ui.detailTitle.setText(span_text(one.starts_on, one.ends_on) or self.tr("No period yet"))
        form = self.ui.detail.findChild(QWidget, "not_now_reason")
        if form is not None:
            form.setEnabled(one.pipeline is PipelineState.NOT_NOW)

    def _open(self, one: Partnership | None) -> None:
        if one is not None:
            self.context.navigate(Target.partnership(one.id))

    def _start(self) -> None:
        from cocivic_desktop.ui.dialogs.first_steps import start_partnership

        start_partnership(self.context, self)
