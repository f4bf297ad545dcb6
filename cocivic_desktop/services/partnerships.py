"""The two organisations that a partnership needs: our own, and the school. One undoable step each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cocivic_desktop.domain.changes import Changes
from cocivic_desktop.domain.organisations import Organisation, OrganisationKind

if TYPE_CHECKING:
    from cocivic_desktop.store.workspace import Workspace

ZONES = {
    "AT": "Europe/Vienna", "BA": "Europe/Sarajevo", "BE": "Europe/Brussels", "BG": "Europe/Sofia",
    "CH": "Europe/Zurich", "CY": "Asia/Nicosia", "CZ": "Europe/Prague", "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen", "EE": "Europe/Tallinn", "ES": "Europe/Madrid", "FI": "Europe/Helsinki",
    "FR": "Europe/Paris", "GB": "Europe/London", "GR": "Europe/Athens", "HR": "Europe/Zagreb",
    "HU": "Europe/Budapest", "IE": "Europe/Dublin", "IT": "Europe/Rome", "LT": "Europe/Vilnius",
    "LU": "Europe/Luxembourg", "LV": "Europe/Riga", "MT": "Europe/Malta", "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo", "PL": "Europe/Warsaw", "PT": "Europe/Lisbon", "RO": "Europe/Bucharest",
    "RS": "Europe/Belgrade", "SE": "Europe/Stockholm", "SI": "Europe/Ljubljana", "SK": "Europe/Bratislava",
    "TR": "Europe/Istanbul", "UA": "Europe/Kyiv",
}  # fmt: skip
"""Time zone of most people in a country (IANA), proposed when an organisation is entered; regions may differ."""


def set_up_organisation(workspace: Workspace, **fields: Any) -> tuple[Organisation, Changes]:
    """Describe our own organisation: enter it at the first start, change it later.

    `fields` are those of `Organisation`. Raises InvalidField.
    """
    fields = _with_zone({"kind": OrganisationKind.CSO, **fields})
    with workspace.write("set_up_organisation", str(fields.get("name", ""))) as unit:
        ours = unit.first(Organisation, is_ours=True)
        if ours is None:
            ours = unit.add(Organisation(is_ours=True, **fields))
        else:
            for name, value in fields.items():
                setattr(ours, name, value)
    return ours, workspace.last_changes


def create_school(workspace: Workspace, **fields: Any) -> tuple[Organisation, Changes]:
    """Enter a school or another partner. `fields` are those of `Organisation`. Raises InvalidField."""
    school = Organisation(**{**_with_zone(fields), "is_ours": False})
    with workspace.write("add_organisation", school.name) as unit:
        unit.add(school)
    return school, workspace.last_changes


def _with_zone(fields: dict[str, Any]) -> dict[str, Any]:
    """`fields` with the country's time zone where none is given."""
    zone = ZONES.get(str(fields.get("country", "")))
    return {"zone": zone, **fields} if zone else fields
