"""How this half of the house is put together: doors, menu, commands."""

from flask_openapi import OpenAPI

# Models are imported here so that the database knows every table, whoever asks first.
import feedback.analysis.models
import feedback.demo.models
import feedback.follow_up.models
import feedback.notices.models
import feedback.scheduler.models  # noqa: F401
from surveys.doors import Door, MenuItem, SettingsPage
from surveys.wiring import register

NAVIGATION: tuple[MenuItem, ...] = ()
SETTINGS_PAGES: tuple[SettingsPage, ...] = ()
DOORS: tuple[Door, ...] = ()


def init_app(app: OpenAPI) -> None:
    """Register what `feedback` brings."""
    for door in DOORS:
        register(app, door)
