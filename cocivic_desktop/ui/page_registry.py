"""Which class shows which place. Modules are imported when a place is opened for the first time."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from cocivic_desktop.domain.partnerships import Stage
from cocivic_desktop.ui.pages.base import Page, StagePage

if TYPE_CHECKING:
    from cocivic_desktop.ui.context import Context

PLACES: Final[dict[str, tuple[str, str]]] = {
    "home": ("home_page", "HomePage"),
    "partnerships": ("partnerships_page", "PartnershipsPage"),
    "schools": ("schools_page", "SchoolsPage"),
    "people": ("people_page", "PeoplePage"),
    "library": ("library_page", "LibraryPage"),
    "settings": ("settings_page", "SettingsPage"),
}
"""Places of the navigation: module in `ui/pages` and class."""

STAGES: Final[dict[Stage, tuple[str, str]]] = {
    stage: (f"{stage.value}_page", f"{stage.value.capitalize()}Page") for stage in Stage
}
"""Stages of a partnership: `initiate_page.InitiatePage` and so on."""


def make_page(place: str, context: Context) -> Page:
    """The page of a place of the navigation. Raises KeyError for an unknown place."""
    module, name = PLACES[place]
    page = getattr(import_module(f"cocivic_desktop.ui.pages.{module}"), name)(context)
    if not isinstance(page, Page):
        raise TypeError(f"{name} is no Page")
    return page


def make_stage_page(stage: Stage, context: Context) -> StagePage:
    """The page of a stage."""
    module, name = STAGES[stage]
    page = getattr(import_module(f"cocivic_desktop.ui.pages.{module}"), name)(context)
    if not isinstance(page, StagePage):
        raise TypeError(f"{name} is no StagePage")
    return page
