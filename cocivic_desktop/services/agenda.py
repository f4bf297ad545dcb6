"""What a meeting talks about: points from what is not known yet, and the answers that flow back from its minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from uuid import UUID

from cocivic_desktop.domain.agreements import Agreement
from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.clause_library import QuestionType
from cocivic_desktop.domain.partnerships import (
    AgendaItem,
    AgendaKind,
    Expectation,
    MatchState,
    Meeting,
    ReadinessAnswer,
    ReadinessAnswerValue,
    Task,
)
from cocivic_desktop.services import expectations, meetings, readiness, records

if TYPE_CHECKING:
    from datetime import date

    from cocivic_desktop.services.expectations import OpenExpectation
    from cocivic_desktop.store.unit_of_work import UnitOfWork
    from cocivic_desktop.store.workspace import Workspace

LANGUAGES: Final = ("en", "de", "es", "tr")


@dataclass(frozen=True)
class Change:
    """What taking over one answer would change. `before` and `after` are the values as they are stored.

    `value_before` and `value_after` are enumeration values (readiness or match states) or "done"; "" where none.
    """

    item: int
    """Place of the item on the agenda, from 0."""
    about: str
    """What is changed: the question, the expectation or the task, in words."""
    kind: AgendaKind
    value_before: str
    value_after: str
    before: str
    after: str


def open_points(
    workspace: Workspace, meeting_id: UUID, language: str, say: Callable[[OpenExpectation], str]
) -> list[AgendaItem]:
    """What could go on this agenda and is not there yet.

    These are the unknowns of the checklist, unsettled expectations (`say` words one) and the open questions of the
    agreement's interview.
    """
    meeting = records.get(workspace, Meeting, meeting_id)
    partnership_id = meeting.partnership_id
    found = [
        AgendaItem(text=question.ask, kind=AgendaKind.READINESS, about=question.code)
        for question in readiness.open_questions(workspace, partnership_id, language)
    ]
    found += [
        AgendaItem(text=say(one)[:300], kind=AgendaKind.EXPECTATION, about=str(one.expectation.id))
        for one in expectations.open_questions(workspace, partnership_id)
    ]
    found += _interview(workspace, partnership_id, language)
    known = {(item.kind, item.about) for item in meeting.agenda if item.about}
    return [item for item in found if (item.kind, item.about) not in known]


def add_points(workspace: Workspace, meeting_id: UUID, points: Iterable[AgendaItem]) -> Changes:
    """Put points at the end of an agenda, as one step of undo."""
    meeting = records.get(workspace, Meeting, meeting_id)
    return meetings.change(workspace, meeting_id, agenda=[*meeting.agenda, *points])


def set_items(workspace: Workspace, meeting_id: UUID, items: Sequence[AgendaItem]) -> Changes:
    """Write the agenda anew: reordered, shortened or with other words. One step of undo; none when nothing changed."""
    return meetings.change(workspace, meeting_id, agenda=[replace(item) for item in items if item.text.strip()])


def in_language(item: AgendaItem, language: str) -> str:
    """An item's words for a document: a question that nobody has reworded is asked in the document's language."""
    from cocivic_desktop.library.questions import question_texts
    from cocivic_desktop.library.readiness import question

    for known in LANGUAGES if item.kind in (AgendaKind.READINESS, AgendaKind.QUESTION) else ():
        if item.kind is AgendaKind.READINESS:
            asked, wanted = question(item.about, known), question(item.about, language)
            if asked is not None and wanted is not None and asked.ask == item.text:
                return wanted.ask
        elif (texts := question_texts(known).get(item.about)) is not None and texts.text == item.text:
            return question_texts(language)[item.about].text
    return item.text


def answers_to_take(workspace: Workspace, meeting_id: UUID, language: str = "en") -> list[Change]:
    """What the answers noted on an agenda would change in checklist, expectations, interview and tasks."""
    meeting = records.get(workspace, Meeting, meeting_id)
    found = [
        _change(workspace, meeting, number, item, language)
        for number, item in enumerate(meeting.agenda)
        if item.answer.strip() or item.settled is not None
    ]
    return [change for change in found if change is not None]


def take_answers(
    workspace: Workspace, meeting_id: UUID, items: Iterable[int], today: date, language: str = "en"
) -> Changes:
    """Take the answers of these items over, as one step of undo. What has changed meanwhile is left out.

    Raises `InvalidField`, `NotFound`.
    """
    wanted = set(items)
    meeting = records.get(workspace, Meeting, meeting_id)
    changes = [one for one in answers_to_take(workspace, meeting_id, language) if one.item in wanted]
    if not changes:
        return Changes()
    with workspace.write("take_over_answers", meetings.title_of(workspace, meeting)) as unit:
        for change in changes:
            item = meeting.agenda[change.item]
            match change.kind:
                case AgendaKind.READINESS:
                    entry = ReadinessAnswer(partnership_id=meeting.partnership_id, question=item.about)
                    value = ReadinessAnswerValue(change.value_after)
                    readiness.answer(workspace, entry, answer=value, remark=change.after)
                case AgendaKind.EXPECTATION:
                    _settle(workspace, unit, UUID(item.about), MatchState(change.value_after), change.after)
                case AgendaKind.QUESTION:
                    _answer_interview(workspace, meeting.partnership_id, item.about, change.after)
                case AgendaKind.TASK:
                    unit.get(Task, UUID(item.about)).done_on = meeting.held_on or today
    return workspace.last_changes


def _change(workspace: Workspace, meeting: Meeting, number: int, item: AgendaItem, language: str) -> Change | None:
    answer = item.answer.strip()
    match item.kind:
        case AgendaKind.READINESS:
            return _readiness_change(workspace, meeting, number, item, language)
        case AgendaKind.EXPECTATION:
            return _expectation_change(workspace, number, item)
        case AgendaKind.QUESTION:
            known = _text_answers(workspace, meeting.partnership_id)
            before = known.get(item.about)
            if before is None or not answer or before == answer:
                return None
            return Change(number, in_language(item, language), item.kind, "", "", before, answer)
        case AgendaKind.TASK:
            task = _found(workspace, Task, item.about)
            if task is None or task.done_on is not None or item.settled is not ReadinessAnswerValue.YES:
                return None
            return Change(number, task.title, item.kind, "", "done", "", "")
    return None


def _readiness_change(
    workspace: Workspace, meeting: Meeting, number: int, item: AgendaItem, language: str
) -> Change | None:
    from cocivic_desktop.library.readiness import question

    asked = question(item.about, language)
    if asked is None:
        return None
    entry = readiness.given(workspace, meeting.partnership_id).get(item.about)
    value = entry.answer if entry is not None else ReadinessAnswerValue.UNKNOWN
    remark = entry.remark if entry is not None else ""
    after, text = item.settled or value, item.answer.strip() or remark
    if entry is not None and (after, text) == (value, remark):
        return None
    before = value.value if entry is not None else ""
    return Change(number, asked.text, item.kind, before, after.value, remark, text)


def _expectation_change(workspace: Workspace, number: int, item: AgendaItem) -> Change | None:
    card = _found(workspace, Expectation, item.about)
    if card is None:
        return None
    board = expectations.board(workspace, card.partnership_id)
    what, _ = expectations.resolution(card.id, board)
    text = item.answer.strip() or what
    after = state_after(card.state, item.settled, text)
    if (after, text) == (card.state, what):
        return None
    return Change(number, card.text, item.kind, card.state.value, after.value, what, text)


def state_after(state: MatchState, settled: ReadinessAnswerValue | None, text: str) -> MatchState:
    """How an expectation stands after it was talked about: agreed on, or a mismatch that is still open.

    A resolution needs words. "Not known" and "partly" leave the state as it is; without a mark, words are a solution.
    """
    if settled is ReadinessAnswerValue.NO:
        return MatchState.MISMATCHED
    if settled in (ReadinessAnswerValue.PARTLY, ReadinessAnswerValue.UNKNOWN):
        return state
    if text.strip():
        return MatchState.RESOLVED
    return MatchState.MATCHED if settled is ReadinessAnswerValue.YES and state is MatchState.OPEN else state


def _settle(workspace: Workspace, unit: UnitOfWork, expectation_id: UUID, state: MatchState, text: str) -> None:
    """Write the resolution where the board keeps it, and the state with it."""
    board = expectations.board(workspace, unit.get(Expectation, expectation_id).partnership_id)
    who = expectations.resolution(expectation_id, board)[1]
    if state is MatchState.RESOLVED:
        expectations.resolve(workspace, expectation_id, text, who)
        return
    if text:
        expectations.write_resolution(workspace, expectation_id, text, who)
    if state is MatchState.MISMATCHED:
        expectations.mark_mismatch(workspace, expectation_id)
    elif state is MatchState.MATCHED:
        unit.get(Expectation, expectation_id).state = state


def _agreement_id(workspace: Workspace, partnership_id: UUID) -> UUID | None:
    """The agreement that is talked about: a renewal or an amendment that is being prepared before the one in force."""
    from cocivic_desktop.services import agreements

    found = agreements.of_partnership(workspace, partnership_id)
    return found.id if found is not None else None


def _interview(workspace: Workspace, partnership_id: UUID, language: str) -> list[AgendaItem]:
    """The open questions of the interview of the agreement that is worked on."""
    from cocivic_desktop.library.questions import question_texts
    from cocivic_desktop.services import drafts

    agreement_id = _agreement_id(workspace, partnership_id)
    if agreement_id is None:
        return []
    with workspace.read() as unit:
        asked = drafts.load(unit, agreement_id).open_questions()
    texts = question_texts(language)
    return [
        AgendaItem(text=texts[question.code].text, kind=AgendaKind.QUESTION, about=question.code)
        for question in asked
        if question.code in texts
    ]


def _text_answers(workspace: Workspace, partnership_id: UUID) -> dict[str, str]:
    """The interview's questions that are answered in words, with what is answered so far."""
    from cocivic_desktop.library.questions import questions

    agreement_id = _agreement_id(workspace, partnership_id)
    if agreement_id is None:
        return {}
    answers = records.get(workspace, Agreement, agreement_id).answers
    return {one.code: str(answers.get(one.code, "")) for one in questions() if one.type is QuestionType.TEXT}


def _answer_interview(workspace: Workspace, partnership_id: UUID, code: str, text: str) -> None:
    from cocivic_desktop.services import agreements

    agreement_id = _agreement_id(workspace, partnership_id)
    if agreement_id is not None:
        agreements.answer(workspace, agreement_id, code, text)


def _found(workspace: Workspace, cls: type[records.EntityType], id: str) -> records.EntityType | None:
    """The record that an item is about, unless it is gone or put away."""
    try:
        found = records.find(workspace, cls, id=UUID(id))
    except ValueError:
        return None
    return found[0] if found else None
