"""Is it worth it? The burden of each term, how heavy the work feels, and both beside the hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from cocivic_desktop._generated.forms.hours_workload import Ui_HoursWorkload
from cocivic_desktop.domain.base import Side
from cocivic_desktop.domain.hours import WorkloadCheckIn
from cocivic_desktop.domain.rules.burden import MUCH_PAPERWORK, TermBurden, Worth
from cocivic_desktop.services import burden, workload
from cocivic_desktop.services.workload import CheckInRow, MonthLoad
from cocivic_desktop.ui import choices
from cocivic_desktop.ui.context import Context
from cocivic_desktop.ui.models.record_table import Column, RecordTableModel
from cocivic_desktop.ui.pages.hours.burn_down import month_text
from cocivic_desktop.ui.pages.part import StagePart, fit_rows
from cocivic_desktop.ui.texts.formats import clock_text, minutes_text, number_text
from cocivic_desktop.ui.texts.words import choice_word
from cocivic_desktop.ui.theme import ROW_HEIGHT, set_look
from cocivic_desktop.ui.widgets.choice_box import ChoiceBox
from cocivic_desktop.ui.widgets.record_list import ListSetup
from cocivic_desktop.ui.widgets.tables import dress_records

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView, QWidget

MOST_TERMS = 6


class WorkloadPart(StagePart):
    """One sentence at the top; below it the figures it comes from, and the check-in."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HoursWorkload()
        self.ui.setupUi(self)
        ui = self.ui
        self.terms: RecordTableModel[TermBurden] = RecordTableModel(self._term_columns(), self)
        dress_records(ui.terms, self.terms, self.terms.columns)
        self.loads: RecordTableModel[MonthLoad] = RecordTableModel(self._load_columns(), self)
        dress_records(ui.trendTable, self.loads, self.loads.columns, 28)
        ui.trendTable.setWordWrap(False)
        ui.trendTable.setFixedWidth(300)
        self.who = ChoiceBox(ui.whoBox)
        self.level = ChoiceBox(ui.levelBox)
        self.level.offer([(level, f"{level} · {text}") for level, text in self.level_words().items()])
        self.level.show(3)
        self.side = ChoiceBox(ui.sideBox, lambda side: self._show_trend())
        self.side.offer(choices.enum_choices(Side))
        ui.checkIns.setup(
            context,
            ListSetup(
                cls=WorkloadCheckIn,
                key="workload_check_ins",
                title=self.tr("What people said"),
                columns=[
                    Column("asked_on", self.tr("Day"), lambda row: row.check_in.asked_on, width=112),
                    Column("who", self.tr("Who"), self._who, width=172),
                    Column("level", self.tr("Level"), self._level, width=216),
                    Column("remark", self.tr("Remark"), lambda row: row.check_in.remark),
                ],
                find=lambda archived: self._find(archived),
                empty_title=self.tr("Nobody has been asked yet"),
                empty_text=self.tr("Ask once a month, in two minutes: is it more than you expected, or less?"),
            ),
        )
        ui.addButton.clicked.connect(lambda: self.add())
        ui.remark.returnPressed.connect(lambda: self.add())
        ui.how.setText(
            self.tr(
                "How it is computed: students' hours ÷ (hours of our staff + volunteers and mentors), by term, logged "
                "and confirmed. Paperwork is our time in “administration”. From 1.0 on students give back what we put "
                "in; from {percent} % on, paperwork is much. This is a rule of thumb of ours: the handbook (chapter 7) "
                "asks to track these figures and names no threshold."
            ).format(percent=round(MUCH_PAPERWORK * 100))
        )

    @staticmethod
    def level_words() -> dict[int, str]:
        """What the five levels mean."""
        tr = QCoreApplication.translate
        return {
            1: tr("Workload", "much less than expected"),
            2: tr("Workload", "less than expected"),
            3: tr("Workload", "as expected"),
            4: tr("Workload", "more than expected"),
            5: tr("Workload", "much more than expected"),
        }

    def reload(self) -> None:
        """Sum up the terms, and show what people said."""
        people = choices.people(self.context)
        sides = [(side, self.tr("{side} (all)").format(side=choice_word(side))) for side in Side]
        self.who.offer([*sides, *people])
        if self.ui.askedOn.day is None:
            self.ui.askedOn.set_day(self.context.today())
        found = burden.meter(self.context.workspace, self.partnership, self.context.today())
        self.terms.set_rows(list(reversed(found)))
        _fit(self.ui.terms, len(found))
        self.ui.terms.setVisible(bool(found))
        self._show_verdict(found)
        self.ui.checkIns.reload()
        fit_rows(self.ui.checkIns)
        self._show_trend()

    def add(self) -> None:
        """Note how heavy the work feels."""
        who = self.who.value
        day = self.ui.askedOn.day or self.context.today()
        side, person_id = (who, None) if isinstance(who, Side) else (self._side_of(who), who)
        noted = self.context.attempt(
            workload.check_in,
            self.context.workspace,
            self.partnership,
            day,
            self.level.value,
            side=side,
            person_id=person_id,
            remark=self.ui.remark.text().strip(),
        )
        if noted is not None:
            self.ui.remark.clear()
            self.context.notify(self.tr("Noted. Thank the one who told you."))

    def _side_of(self, person_id: UUID) -> Side:
        return workload.side_of_person(self.context.workspace, person_id)

    def _find(self, archived: bool) -> list[CheckInRow]:
        if self.partnership_id is None:
            return []
        return workload.check_ins(self.context.workspace, self.partnership, None if archived else False)

    def _who(self, row: CheckInRow) -> str:
        return row.person or self.tr("{side} (all)").format(side=choice_word(row.check_in.side))

    def _level(self, row: CheckInRow) -> str:
        return f"{row.check_in.level} · {self.level_words()[row.check_in.level]}"

    def _show_verdict(self, found: list[TermBurden]) -> None:
        """The latest term in one sentence, and what to do."""
        if not found:
            self.ui.verdict.setText(self.tr("No hours yet, so nothing can be said."))
            self.ui.next.setText(self.tr("Note your own hours and those of the students; a head count is enough."))
            set_look(self.ui.verdict, "strong")
            return
        term = found[-1] if found[-1].term or len(found) == 1 else found[-2]
        name = term.name or self.tr("Outside the terms")
        ratio = number_text(term.ratio, 1) if term.ratio is not None else ""
        sentences = {
            Worth.UNKNOWN: self.tr("{term}: not to be said yet, because hours of ours or of students are missing."),
            Worth.GIVES_BACK: self.tr("{term}: worth it. For each hour of ours, students gave {ratio} hours."),
            Worth.PARTLY: self.tr("{term}: partly worth it. For each hour of ours, students gave {ratio} hours."),
            Worth.COSTLY: self.tr("{term}: costly. For each hour of ours, students gave only {ratio} hours."),
        }
        looks = {Worth.GIVES_BACK: "good", Worth.COSTLY: "warning"}
        set_look(self.ui.verdict, looks.get(term.worth, "strong"))
        self.ui.verdict.setText(sentences[term.worth].format(term=name, ratio=ratio))
        self.ui.next.setText(" ".join(self._advice(term)))

    def _advice(self, term: TermBurden) -> list[str]:
        share = round(term.paperwork_share * 100)
        lines = [self.tr("Paperwork takes {share} % of our time.").format(share=share)]
        if term.paperwork_share >= MUCH_PAPERWORK:
            lines.append(self.tr("That is much: look at the paperwork count in the agreement and leave out a form."))
        if term.processes is not None:
            lines.append(self.tr("Processes named in the agreement: {count}.").format(count=term.processes))
        if term.workload is not None:
            lines.append(self.tr("Felt workload: {level} of 5.").format(level=number_text(term.workload, 1)))
        if term.worth is Worth.COSTLY:
            lines.append(
                self.tr("Talk with the school: fewer meetings, larger groups, or tasks the school takes over.")
            )
        return lines

    def _show_trend(self) -> None:
        if self.partnership_id is None:
            return
        side = self.side.value or Side.CSO
        loads = workload.trend(self.context.workspace, self.partnership, self.context.today(), side)
        self.ui.trend.show_loads(loads)
        self.loads.set_rows(loads)
        self.ui.trendTable.setFixedHeight(self.ui.trend.sizeHint().height())
        for widget in (self.ui.trend, self.ui.trendTable):
            widget.setVisible(bool(loads))

    def _term_columns(self) -> list[Column[TermBurden]]:
        def minutes(key: str, title: str, of: Any) -> Column[TermBurden]:
            return Column(key, title, lambda row: clock_text(of(row)), width=88, right=True)

        return [
            Column("name", self.tr("Term"), lambda row: row.name or self.tr("Outside the terms")),
            minutes("staff", self.tr("Our staff"), lambda row: row.staff),
            minutes("volunteers", self.tr("Volunteers"), lambda row: row.volunteers),
            minutes("paperwork", self.tr("Paperwork"), lambda row: row.paperwork),
            minutes("school", self.tr("School"), lambda row: row.school),
            minutes("students", self.tr("Students"), lambda row: row.students),
            Column(
                "ratio",
                self.tr("Per hour of ours"),
                lambda row: number_text(row.ratio, 1) or "–",
                width=120,
                right=True,
                tip=lambda row: minutes_text(row.ours),
            ),
        ]

    def _load_columns(self) -> list[Column[MonthLoad]]:
        return [
            Column("month", self.tr("Month"), lambda row: month_text(row.month)),
            Column("minutes", self.tr("Hours"), lambda row: clock_text(row.minutes), width=72, right=True),
            Column(
                "level",
                self.tr("Workload"),
                lambda row: "–" if row.level is None else f"{number_text(row.level, 1)} ({row.answers}×)",
                width=96,
                right=True,
            ),
        ]


def _fit(table: QTableView, rows: int) -> None:
    """As high as its rows: the area around it scrolls."""
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + min(rows, MOST_TERMS) * ROW_HEIGHT + 4)
