"""Gather the figures of this half of the house."""

import shutil
from pathlib import Path

from surveys.upkeep import queries
from surveys.upkeep.checks import Surroundings
from surveys.upkeep.metrics import Metric, by, one


def measure(at: Surroundings) -> list[Metric]:
    """Return what is stored, what waits to leave, what holds it, and how much room is left."""
    due = queries.due_invitations(at.business)
    held = queries.reasons_to_hold(at.channels, at.settings.base_url)
    return [
        one("responses_total", "Answers stored.", queries.response_count()),
        by("invitations", "Invitations by state.", "state", queries.invitations_by_state()),
        one("invitations_due", "Invitations that should have left.", due.number),
        one(
            "invitations_oldest_due_seconds",
            "How long the oldest due invitation waits.",
            due.age(at.business),
        ),
        one("mail_held", "1 while mail to customers is held.", int(bool(held))),
        one("events_unread", "Signed shop events that nobody has read yet.", queries.unread_events()),
        one(
            "disk_free_bytes", "Free space where the house keeps its files.", free_bytes(at.settings.instance)
        ),
    ]


def free_bytes(folder: Path) -> int:
    """Return how much room is left in `folder`, or in the nearest folder above it that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
