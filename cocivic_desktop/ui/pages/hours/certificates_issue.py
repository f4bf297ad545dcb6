"""Issuing certificates: who, for which days, what is shown, who signs; a question where a consent is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from cocivic_desktop._generated.forms.certificates_issue import Ui_CertificatesIssue
from cocivic_desktop.domain.hours import Certificate
from cocivic_desktop.domain.organisations import Organisation, Person
from cocivic_desktop.domain.partnerships import Partnership
from cocivic_desktop.services import certificate_files, certificates, hour_reports, letters, records
from cocivic_desktop.services.certificates import ConsentState, Eligible, Wish
from cocivic_desktop.ui.choices import written_languages
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.dialogs.paper_dialog import FOLDER
from cocivic_desktop.ui.models.record_table import Chip, Column, RecordTableModel
from cocivic_desktop.ui.pages.part import StagePart
from cocivic_desktop.ui.texts.formats import clock_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.tables import dress_records

_NAMES_SHOWN = 5


class IssuePane(StagePart):
    """People with hours at the left, what all their certificates share at the right."""

    issued = Signal(object)
    """Ids of the lines that were added to the register."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_CertificatesIssue()
        self.ui.setupUi(self)
        ui = self.ui
        self.chosen: set[UUID] = set()
        self._names: dict[UUID, str] = {}
        self._competences: set[str] = set()
        self._own: list[str] = []
        self._prepared: UUID | None = None
        self._rows: list[Eligible] = []
        self.model: RecordTableModel[Eligible] = RecordTableModel(self._columns(), self)
        dress_records(ui.people, self.model, self.model.columns)
        self.period = ChoiceBox(ui.periodBox, lambda value: self.reload())
        self.group = ChoiceBox(ui.groupBox, lambda value: self._show_rows())
        self.language = ChoiceBox(ui.languageBox)
        self.language.offer(written_languages())
        ui.competences.toggled.connect(self._choose_competence)
        ui.addCompetence.clicked.connect(lambda: self.add_competence())
        ui.ownCompetence.returnPressed.connect(lambda: self.add_competence())
        ui.allButton.clicked.connect(lambda: self.choose_all())
        ui.issueButton.clicked.connect(lambda: self.issue())
        ui.consentButton.clicked.connect(lambda: self._note_consents())
        ui.leaveOutButton.clicked.connect(lambda: self._leave_out())
        ui.questionCard.hide()
        ui.split.setSizes([570, 250])
        ui.nothing.set_texts(
            self.tr("Nobody has hours under their name"),
            self.tr(
                "Certificates are for volunteers, mentors and students with confirmed hours. Note and confirm them."
            ),
        )

    def reload(self) -> None:
        """Show who has hours in the period."""
        self._prepare()
        first, last = self.days
        self._rows = certificates.eligible(self.context.workspace, self.partnership, first, last)
        self.chosen &= {row.id for row in self._rows if row.confirmed}
        kinds = dict.fromkeys(row.person.kind for row in self._rows)
        classes = sorted({row.person.class_group for row in self._rows if row.person.class_group})
        groups: list[tuple[Any, str]] = [(None, self.tr("Everybody")), *((kind, choice_word(kind)) for kind in kinds)]
        self.group.offer([*groups, *((name, name) for name in classes)])
        self._show_rows()
        self.ui.stack.setCurrentWidget(self.ui.people if self._rows else self.ui.nothing)
        self._offer_competences()

    def _show_rows(self) -> None:
        """Show the chosen group; nobody outside it stays ticked unseen."""
        group = self.group.value
        self.model.set_rows(
            [row for row in self._rows if group in (None, row.person.kind, row.person.class_group or None)]
        )
        self.chosen &= {row.id for row in self.model.rows}
        self._show_count()

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day of the period; None where it is open."""
        chosen: tuple[date | None, date | None] = self.period.value or (None, None)
        return chosen

    def choose_all(self) -> None:
        """Tick everybody who may have a certificate and has none for these days yet."""
        self.chosen = {row.id for row in self.model.rows if row.may_have_one and not row.issued}
        self.model.set_rows(self.model.rows)
        self._show_count()

    def add_competence(self) -> None:
        """Offer what was typed as a competence, ticked."""
        text = self.ui.ownCompetence.text().strip()
        if text:
            self._own.append(text)
            self._competences.add(text)
            self.ui.ownCompetence.clear()
            self._offer_competences()

    def issue(self) -> None:
        """Ask where consents are missing; then ask for a file or folder and write."""
        if self._ask_about_consents():
            return
        folder = Path(self.context.setting(FOLDER) or Path.home())
        if self.ui.singleFiles.isChecked():
            name = QFileDialog.getExistingDirectory(self, self.tr("Folder for the certificates"), str(folder))
        else:
            proposed = str(folder / f"{self.tr('Certificates')}.docx")
            name, _ = QFileDialog.getSaveFileName(
                self, self.tr("Write certificates"), proposed, self.tr("Documents (*.docx)")
            )
            name = name if not name or name.lower().endswith(".docx") else f"{name}.docx"
        if name:
            self.issue_to(Path(name))

    def issue_to(self, place: Path) -> None:
        """Write the certificates off the GUI thread; the register tells which numbers they got."""
        ids = [row.id for row in self.model.rows if row.id in self.chosen]
        self.context.settings.setValue(FOLDER, str(place if place.is_dir() else place.parent))
        self.ui.issueButton.setEnabled(False)
        work = partial(
            certificate_files.issue,
            self.context.workspace,
            self.partnership,
            ids,
            place,
            self.wish(),
            self.context.today(),
            force=True,
        )
        self.context.tasks.run(lambda: work(), lambda made: self._done(made, place), self._failed)

    def wish(self) -> Wish:
        """What all certificates share, as it is filled in."""
        ui, (first, last) = self.ui, self.days
        signers = []
        ours, school = self._organisations()
        for name, position, organisation in (
            (ui.nameOne.text(), ui.positionOne.text(), ours),
            (ui.nameTwo.text(), ui.positionTwo.text(), school),
        ):
            if name.strip() or position.strip():
                signers.append((name.strip(), position.strip(), organisation))
        offered = [text for text in self._offered() if text in self._competences]
        return Wish(
            first=first,
            last=last,
            language=self.language.value,
            competences=offered,
            signers=signers or [("", "", ours)],
            names=self._names,
        )

    def _done(self, made: Sequence[Certificate], place: Path) -> None:
        self.chosen.clear()
        self._names.clear()
        self.context.notify(
            self.tr("Certificates {first} to {last} are in {place}.").format(
                first=made[0].number, last=made[-1].number, place=place
            )
        )
        self.issued.emit([one.id for one in made])

    def _failed(self, error: Exception) -> None:
        self.context.report(error)
        self._show_count()

    def _prepare(self) -> None:
        """Periods, language and signers that suit the partnership; what a person changes stays."""
        years, terms = hour_reports.periods(self.context.workspace, self.partnership)
        labels = {year.id: year.label for year in years}
        offered: list[tuple[Any, str]] = [((None, None), self.tr("Whole time"))]
        offered += [
            ((year.starts_on, year.ends_on), self.tr("School year {label}").format(label=year.label)) for year in years
        ]
        offered += [((term.starts_on, term.ends_on), f"{term.name} {labels[term.school_year_id]}") for term in terms]
        self.period.offer(list(dict(offered).items()))
        if self._prepared == self.partnership:
            return
        self._prepared = self.partnership
        self.chosen.clear()
        self.ui.questionCard.hide()
        self.language.show(letters.suggested_language(self.context.workspace, self.partnership))
        partnership = records.get(self.context.workspace, Partnership, self.partnership)
        found = records.find(self.context.workspace, Person, id=partnership.coordinator_id)
        self.ui.nameOne.setText(found[0].name if found else "")
        self.ui.positionOne.setText(found[0].position if found else "")
        second = certificates.signer_of_school(self.context.workspace, self.partnership)
        self.ui.nameTwo.setText(second.name if second else "")
        self.ui.positionTwo.setText(second.position if second else "")
        both = self.tr("and for the school, as agreed")
        self.ui.secondLabel.setText(both if second else self.tr("and (if needed)"))

    def _organisations(self) -> tuple[str, str]:
        """Names of our organisation and of the school."""
        partnership = records.get(self.context.workspace, Partnership, self.partnership)
        school = records.get(self.context.workspace, Organisation, partnership.school_id)
        ours = records.find(self.context.workspace, Organisation, is_ours=True)
        return ours[0].name if ours else "", school.name

    def _ask_about_consents(self) -> bool:
        """Whether a question stands open about learners whose consent is not noted."""
        missing = self._missing()
        self.ui.questionCard.setVisible(bool(missing))
        if missing:
            names = ", ".join(row.person.name for row in missing[:_NAMES_SHOWN])
            if len(missing) > _NAMES_SHOWN:
                names = self.tr("{names} and {count} more").format(names=names, count=len(missing) - _NAMES_SHOWN)
            text = self.tr(
                "No consent to a certificate is noted for {names}. For minors a guardian has to agree that the name "
                "stands on it. Is the consent at hand, or shall they be left out?"
            )
            self.ui.question.setText(text.format(names=names))
            self.ui.leaveOutButton.setFocus()
        return bool(missing)

    def _missing(self) -> list[Eligible]:
        return [row for row in self.model.rows if row.id in self.chosen and row.consent is ConsentState.MISSING]

    def _note_consents(self) -> None:
        ids = [row.id for row in self._missing()]
        self.ui.questionCard.hide()
        noted = self.context.attempt(certificates.note_consents, self.context.workspace, ids, self.context.today())
        if noted is not None:
            self.reload()

    def _leave_out(self) -> None:
        self.chosen -= {row.id for row in self._missing()}
        self.ui.questionCard.hide()
        self.model.set_rows(self.model.rows)
        self._show_count()

    def _offered(self) -> list[str]:
        known = certificates.competence_choices(self.context.workspace, self.partnership)
        return list(dict.fromkeys([*known, *self._own]))

    def _offer_competences(self) -> None:
        self.ui.competences.offer(
            [(text, text) for text in self._offered()],
            self._competences,
            self.tr("None entered yet. Competences stand with the goals, or add one here."),
        )

    def _choose_competence(self, text: str, on: bool) -> None:
        (self._competences.add if on else self._competences.discard)(text)

    def _choose(self, row: Eligible, on: bool) -> None:
        if on and not row.confirmed:
            self.context.notify(self.tr("Confirm the hours of {name} first.").format(name=row.person.name))
        elif on and row.consent is ConsentState.WITHDRAWN:
            self.context.notify(self.tr("The consent of {name} was withdrawn.").format(name=row.person.name))
        else:
            (self.chosen.add if on else self.chosen.discard)(row.id)
        self.model.set_rows(self.model.rows)
        self._show_count()

    def _rename(self, row: Eligible, name: str) -> None:
        self._names[row.id] = str(name).strip()
        self.model.set_rows(self.model.rows)

    def _show_count(self) -> None:
        self.ui.chosen.setText(self.tr("Chosen: {count}").format(count=len(self.chosen)))
        self.ui.issueButton.setEnabled(bool(self.chosen))

    def _columns(self) -> list[Column[Eligible]]:
        return [
            Column("on", "", lambda row: row.id in self.chosen, width=40, change=self._choose),
            Column(
                "name",
                self.tr("Printed name"),
                lambda row: self._names.get(row.id) or row.person.name,
                change=self._rename,
            ),
            Column("kind", self.tr("Who"), lambda row: choice_word(row.person.kind), width=84),
            Column("confirmed", self.tr("Confirmed"), lambda row: clock_text(row.confirmed), width=84, right=True),
            Column("logged", self.tr("To confirm"), lambda row: clock_text(row.logged), width=84, right=True),
            Column("state", self.tr("State"), self._state, width=100, tip=lambda row: ", ".join(row.issued)),
        ]

    def _state(self, row: Eligible) -> Chip:
        if row.issued:
            return Chip(row.issued[-1].rpartition("-")[0] or row.issued[-1], "accent")
        if not row.confirmed:
            return Chip(self.tr("not confirmed"))
        return {
            ConsentState.NOT_NEEDED: Chip(self.tr("ready"), "good"),
            ConsentState.GIVEN: Chip(self.tr("consent given"), "good"),
            ConsentState.MISSING: Chip(self.tr("no consent"), "warning"),
            ConsentState.WITHDRAWN: Chip(self.tr("withdrawn"), "bad"),
        }[row.consent]
