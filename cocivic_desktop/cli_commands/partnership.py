"""Commands about partnerships: partnership list and show, next, evaluate."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from cocivic_desktop.cli_commands import pipeline
from cocivic_desktop.cli_commands.common import (
    Answer,
    Session,
    command,
    details,
    group,
    maybe_partnership,
    partnership,
    today,
    words,
)
from cocivic_desktop.domain.organisations import Organisation
from cocivic_desktop.domain.partnerships import Partnership

if TYPE_CHECKING:
    from uuid import UUID

    from cocivic_desktop.cli_commands.common import Commands
    from cocivic_desktop.domain.rules.next_steps import NextStep


def register(commands: Commands, shared: argparse.ArgumentParser) -> None:
    """Add these commands."""
    about = group(commands, "partnership", "the partnerships", shared)
    command(about, "list", list_all, "all partnerships", shared)
    pipeline.register_partnership(about, shared)
    command(about, "show", show, "stage progress and next steps", shared).add_argument("partnership", metavar="P")
    steps = command(commands, "next", next_steps, "next steps, most urgent first", shared)
    steps.add_argument("partnership", metavar="P", nargs="?")
    asked = command(commands, "evaluate", evaluate, "indicators: target, actual, source", shared)
    asked.add_argument("partnership", metavar="P")


def list_all(session: Session, _args: argparse.Namespace) -> Answer:
    """All partnerships that are not archived."""
    with session.workspace.read() as unit:
        schools = {one.id: one.name for one in unit.find(Organisation, archived=None)}
        found = unit.find(Partnership, order="title")
    rows = [_row(one, schools) for one in found]
    lines = [f"{str(one['id'])[:8]}  {one['title']} – {one['school']} ({words(one['pipeline'])})" for one in rows]
    return Answer({"partnerships": rows}, lines or ["There are no partnerships yet."])


def show(session: Session, args: argparse.Namespace) -> Answer:
    """One partnership: how far each stage has come, and what to do next."""
    from cocivic_desktop.services import advice

    one = partnership(session, args.partnership)
    progress = advice.stage_progress(session.workspace, one.id, today())
    steps = advice.next_steps(session.workspace, today(), one.id)
    with session.workspace.read() as unit:
        row = _row(one, {one.school_id: unit.get(Organisation, one.school_id).name})
    data = {**row, "model": one.model, "summary": one.summary, "progress": progress, "next_steps": steps}
    lines = [f"{one.title} – {row['school']} ({words(one.pipeline)})", str(one.id)]
    lines += [f"  {stage.value:<10} {round(100 * share):>3} %" for stage, share in progress.items()]
    return Answer(data, [*lines, *(_step_line(step) for step in steps)])


def next_steps(session: Session, args: argparse.Namespace) -> Answer:
    """Next steps of one partnership or of all."""
    from cocivic_desktop.services import advice

    chosen = maybe_partnership(session, args.partnership)
    steps = advice.next_steps(session.workspace, today(), chosen)
    with session.workspace.read() as unit:
        titles = {one.id: one.title for one in unit.find(Partnership)}
    lines = [_step_line(step) + ("" if chosen else f"  – {titles.get(step.partnership_id, '')}") for step in steps]
    return Answer({"next_steps": steps}, lines or ["Nothing is waiting."])


def evaluate(session: Session, args: argparse.Namespace) -> Answer:
    """The indicators of a partnership."""
    from cocivic_desktop.services.evaluate import indicators

    one = partnership(session, args.partnership)
    rows = [
        {
            "code": row.code,
            "name": row.name(),
            "aspect": row.aspect,
            "unit": row.unit,
            "means": row.means,
            "chosen": row.indicator is not None,
            "baseline": row.baseline,
            "target": row.target,
            "actual": row.actual,
            "source": row.source,
            "measured_on": row.measured_on,
        }
        for row in indicators(session.workspace, one.id, today())
    ]
    lines = [
        f"{_number(row['actual']):>8} of {_number(row['target']):<8} {row['unit']:<8} {row['name']}" for row in rows
    ]
    return Answer({"partnership": one.id, "indicators": rows}, lines)


def _row(one: Partnership, schools: dict[UUID, str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "school": schools.get(one.school_id, ""),
        "pipeline": one.pipeline,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
    }


def _step_line(step: NextStep) -> str:
    about = details(step.parameters)
    return f"{step.urgency.name.lower():<6} {words(step.code)}" + (f" ({about})" if about else "")


def _number(value: object) -> str:
    return "–" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
