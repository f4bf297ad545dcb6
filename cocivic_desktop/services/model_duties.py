"""What a model of cooperation brings to the tables of an agreement, and to the framework of competences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cocivic_desktop.domain.agreements import (
    Agreement,
    Commitment,
    CommunicationRoutine,
    FundingItem,
    Resource,
    Responsibility,
)
from cocivic_desktop.domain.model_parts import Badge, Competence
from cocivic_desktop.library.models import texts_in
from cocivic_desktop.services.models import Section

if TYPE_CHECKING:
    from cocivic_desktop.services.starting import Bringing


def bring_duties(bringing: Bringing, agreement: Agreement) -> None:
    """Who does what, promised time, contributions in kind and costs, beside those that are there."""
    add, model, partnership, mine = bringing.unit.add, bringing.model, bringing.partnership, agreement.id
    say = bringing.say
    first = bringing.first_free(Responsibility, agreement_id=mine)
    for number, row in bringing.wanted(Section.RESPONSIBILITIES, model.responsibilities):
        add(
            Responsibility(
                agreement_id=mine,
                position=first + number,
                task=say(row.task),
                area=row.area,
                cso=row.cso,
                school=row.school,
                by_when=say(row.by_when),
            )
        )
    first = bringing.first_free(Commitment, agreement_id=mine)
    for number, promise in bringing.wanted(Section.COMMITMENTS, model.commitments):
        add(
            Commitment(
                agreement_id=mine,
                position=first + number,
                side=promise.side,
                role=say(promise.role),
                minutes=promise.minutes,
                unit=promise.unit,
                starts_on=partnership.starts_on,
                ends_on=partnership.ends_on,
                remark=say(promise.remark),
            )
        )
    first = bringing.first_free(Resource, agreement_id=mine)
    for number, thing in bringing.wanted(Section.RESOURCES, model.resources):
        add(
            Resource(
                agreement_id=mine,
                position=first + number,
                kind=thing.kind,
                title=say(thing.title),
                quantity=say(thing.quantity),
                provided_by=thing.provided_by,
                available=say(thing.available),
                remark=say(thing.remark),
            )
        )
    first = bringing.first_free(FundingItem, agreement_id=mine)
    for number, cost in bringing.wanted(Section.COSTS, model.costs):
        add(
            FundingItem(
                agreement_id=mine,
                position=first + number,
                title=say(cost.title),
                amount_cents=cost.cents,
                currency=cost.currency,
                paid_by=cost.paid_by,
                source=say(cost.source),
                remark=say(cost.remark),
            )
        )


@contextmanager
def own_routines(bringing: Bringing, agreement: Agreement, *, is_new: bool) -> Iterator[None]:
    """Around the proposal that follows from the interview: a model that has routines of its own brings those instead.

    Routines that were there before stay, and what has the same kind and title does not come again.
    """
    unit = bringing.unit
    there = [] if is_new else unit.find(CommunicationRoutine, agreement_id=agreement.id)
    yield
    if not bringing.model.routines:
        return
    before = {row.id for row in there}
    for row in unit.find(CommunicationRoutine, agreement_id=agreement.id):
        if row.id not in before:
            unit.delete(row)
    unit.flush()
    known = {(row.kind, row.title) for row in there}
    first = bringing.first_free(CommunicationRoutine, agreement_id=agreement.id)
    for number, draft in bringing.wanted(Section.ROUTINES, bringing.model.routines):
        title = bringing.say(draft.title)
        if (draft.kind, title) not in known:
            unit.add(
                CommunicationRoutine(
                    agreement_id=agreement.id,
                    position=first + number,
                    kind=draft.kind,
                    title=title,
                    rhythm=draft.rhythm,
                    count=draft.count,
                    duration_minutes=draft.minutes,
                    channel=bringing.say(draft.channel),
                    remark=bringing.say(draft.remark),
                )
            )


def bring_badges(bringing: Bringing) -> None:
    """The framework of competences, and the badges that certify some of them."""
    unit, model, mine, say = bringing.unit, bringing.model, bringing.partnership.id, bringing.say
    brought: dict[int, Competence] = {}
    first = bringing.first_free(Competence, partnership_id=mine)
    for number, draft in bringing.wanted(Section.COMPETENCES, model.competences):
        brought[number + 1] = unit.add(
            Competence(
                partnership_id=mine,
                position=first + number,
                area=say(draft.area),
                name=say(draft.name),
                description=say(draft.description),
                evidence=say(draft.evidence),
            )
        )
    first = bringing.first_free(Badge, partnership_id=mine)
    for number, badge in bringing.wanted(Section.BADGES, model.badges):
        unit.add(
            Badge(
                partnership_id=mine,
                position=first + number,
                title=say(badge.title),
                description=say(badge.description),
                criteria=list(texts_in(badge.criteria, bringing.language)),
                competences=[str(brought[one].id) for one in badge.competences if one in brought],
                workload_hours=badge.hours,
            )
        )
