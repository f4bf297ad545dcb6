"""Fellowships, competences and crisis protocols: a list and a form each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QMenu, QPushButton

from cocivic_desktop._generated.forms.special_competences import Ui_SpecialCompetences
from cocivic_desktop._generated.forms.special_fellowship import Ui_SpecialFellowship
from cocivic_desktop._generated.forms.special_protocol import Ui_SpecialProtocol
from cocivic_desktop.domain.model_parts import Candidate, Competence, CrisisProtocol, FellowshipPair, Selection
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.library.special_parts import competence_frames, source
from cocivic_desktop.services import model_parts
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Chip, Column
from cocivic_desktop.ui.pages.goals.special.base import SpecialPart
from cocivic_desktop.ui.record_form import RecordForm
from cocivic_desktop.ui.texts.formats import span_text
from cocivic_desktop.ui.widgets.record_list import ListSetup

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FellowshipPart(SpecialPart):
    """Fellows and their hosts, by phase of the hub."""

    needs = ("learning_plan", "outcome")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SpecialFellowship()
        self.ui.setupUi(self)
        self._fellows: dict[UUID, str] = {}
        self._hosts: dict[UUID, str] = {}
        self.set_list(
            self.ui.pairs,
            ListSetup(
                cls=FellowshipPair,
                key="fellowships",
                title=self.tr("Fellowships"),
                add_text=self.tr("Add fellowship"),
                ordered=True,
                columns=[
                    Column("fellow", self.tr("Fellow"), lambda one: self._fellows.get(one.candidate_id, "")),
                    Column("host", self.tr("Host"), self._host, width=114),
                    Column("phase", self.tr("Phase"), width=106),
                    Column("when", self.tr("When"), lambda one: span_text(one.starts_on, one.ends_on), width=170),
                ],
                find=lambda archived: self.records_of(FellowshipPair, archived),
                new=self._new,
                empty_title=self.tr("No fellowships yet"),
                empty_text=self.tr(
                    "A fellow spends time with a host and works on a task of their own. Select participants first; "
                    "then each of them gets a host."
                ),
            ),
            RecordForm(
                context, FellowshipPair, self.ui.detail, choices={"candidate_id": lambda: list(self._choices())}
            ),
            self.ui.detailScroll,
        )
        self.ui.split.setSizes([440, 380])

    def reload(self) -> None:
        """Read fellows, hosts and pairs."""
        ranked = model_parts.ranking(self.context.workspace, self.partnership, archived=None)
        self._fellows = {one.id: one.name for one in ranked}
        self._hosts = {**self.names(), **self.names(Organisation)}
        super().reload()

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose a pair, and go to its host first where it has none."""
        super().open_item(section, item)
        pair = self.form.record
        if item is not None and pair is not None and pair.host_id is None and pair.host_organisation_id is None:
            self.form.focus("host_organisation_id")

    def _choices(self) -> list[tuple[UUID, str]]:
        return list(self._fellows.items())

    def _new(self) -> FellowshipPair | None:
        """For the first fellow who was selected and has no host; otherwise for the first candidate there is."""
        paired = {one.candidate_id for one in self.records_of(FellowshipPair, True)}
        candidates: list[Candidate] = self.records_of(Candidate, False)
        free = [one for one in candidates if one.id not in paired]
        chosen = [one for one in free if one.selection is Selection.SELECTED] or free or candidates
        if not chosen:
            self.context.notify(self.tr("Add an application under “Selection of participants” first."))
            return None
        return FellowshipPair(partnership_id=self.partnership, candidate_id=chosen[0].id)

    def _host(self, pair: FellowshipPair) -> str | Chip:
        ids = [one for one in (pair.host_id, pair.host_organisation_id) if one is not None]
        return ", ".join(self._hosts.get(one, "") for one in ids) or Chip(self.tr("! no host"), "warning")


class CompetencePart(SpecialPart):
    """The partnership's competence framework; frames to begin with come from the library."""

    needs = ("evidence",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SpecialCompetences()
        self.ui.setupUi(self)
        self.frame_button = QPushButton(self.tr("Take over a frame"))
        self.frame_button.setToolTip(source("competences", context.language))
        menu = QMenu(self.frame_button)
        for frame in competence_frames(context.language):
            action = menu.addAction(frame.title)
            action.setToolTip(frame.about)
            action.triggered.connect(lambda _=False, code=frame.code: self.take_over(code))
        menu.setToolTipsVisible(True)
        self.frame_button.setMenu(menu)
        self.set_list(
            self.ui.competences,
            ListSetup(
                cls=Competence,
                key="competences",
                title=self.tr("Competences"),
                add_text=self.tr("Add"),
                ordered=True,
                columns=[
                    Column("name", self.tr("Competence"), tip=lambda one: one.description),
                    Column("area", self.tr("Area"), width=150),
                    Column("shown", self.tr("Evidence"), self._evidence, width=96),
                ],
                find=lambda archived: self.records_of(Competence, archived),
                new=lambda: Competence(partnership_id=self.partnership, name=self.tr("New competence")),
                empty_title=self.tr("No competences yet"),
                empty_text=self.tr(
                    "What should learners be able to do at the end, and how would somebody else see it? Begin with a "
                    "ready frame and change it, or write your own."
                ),
                extra=[self.frame_button],
            ),
            RecordForm(context, Competence, self.ui.detail),
            self.ui.detailScroll,
        )
        self.ui.split.setSizes([470, 350])

    def take_over(self, code: str) -> None:
        """Add the competences of a frame."""
        context = self.context
        count = context.attempt(
            model_parts.take_over_frame, context.workspace, self.partnership, code, context.language
        )
        if count is not None:
            text = self.tr("Competences added: {count}") if count else self.tr("They are all there already.")
            context.notify(text.format(count=count))

    def _evidence(self, competence: Competence) -> Chip:
        has = bool(competence.evidence.strip())
        return Chip(self.tr("described"), "good") if has else Chip(self.tr("! open"), "warning")


class ProtocolPart(SpecialPart):
    """Where the school's crisis protocol lies and who is called: never a case."""

    needs = ("first_contact_id", "staff_informed_on")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_SpecialProtocol()
        self.ui.setupUi(self)
        self.ui.warningLabel.setText(
            self.tr(
                "! Only where the protocol is kept and who is called. Write nothing about cases, persons, health or "
                "families here: that belongs into the school's protected files."
            )
        )
        self.set_list(
            self.ui.protocols,
            ListSetup(
                cls=CrisisProtocol,
                key="crisis_protocols",
                title=self.tr("Crisis protocols"),
                add_text=self.tr("Add protocol"),
                ordered=True,
                columns=[
                    Column("title", self.tr("Protocol"), tip=lambda one: one.kept_at),
                    Column("review", self.tr("Next review"), self._review, width=130),
                ],
                find=lambda archived: self.records_of(CrisisProtocol, archived),
                new=lambda: CrisisProtocol(
                    partnership_id=self.partnership, title=self.tr("The school's crisis protocol")
                ),
                empty_title=self.tr("No crisis protocol noted"),
                empty_text=self.tr(
                    "Before the first working day everybody should know where the school's protocol lies, and who is "
                    "called first and second. Note it here, without any case."
                ),
            ),
            RecordForm(context, CrisisProtocol, self.ui.detail),
            self.ui.detailScroll,
        )
        self.ui.split.setSizes([380, 440])

    def open_item(self, section: str, item: UUID | None) -> None:
        """Choose a protocol; where all is known, the review is due."""
        super().open_item(section, item)
        protocol: CrisisProtocol | None = self.form.record
        if item is not None and protocol is not None and all(getattr(protocol, name) for name in self.needs):
            self.form.focus("review_on")

    def _review(self, protocol: CrisisProtocol) -> object:
        due = protocol.review_on
        if due is not None and due < self.context.today():
            return Chip(self.tr("! overdue"), "bad")
        return due
