"""Lay the triggers into a database: after its tables are made, and after every migration.

Changes were not marked while one was missing, so then all that it marks is added up anew.
"""

from typing import Any

from sqlalchemy import event, inspect, update
from sqlalchemy.engine import Connection

from feedback.insights.rollups.models import RollupCalendar
from feedback.insights.rollups.queries import ANSWERS, INVITATIONS, THEMES
from feedback.insights.rollups.triggers import TRIGGERS
from surveys.database import Base
from surveys.laying import lay_missing, missing_among


def missing_from(connection: Connection) -> list[str]:
    """Return the names of the triggers that the database does not have."""
    return [trigger.name for trigger in missing_among(TRIGGERS, connection)]


def lay(connection: Connection) -> list[str]:
    """Lay what is missing and return its names; a database without the tables for it is left as it is."""
    if not inspect(connection).has_table("theme_rollup"):
        return []
    missing = lay_missing(TRIGGERS, connection)
    said = " ".join(statement for trigger in missing for statement in trigger.body)
    again = [subject for subject in (ANSWERS, INVITATIONS, THEMES) if f"'{subject}'" in said]
    if again:
        theirs = update(RollupCalendar).where(RollupCalendar.subject.in_(again))
        connection.execute(theirs.values(rolled_until=None))
    return [trigger.name for trigger in missing]


@event.listens_for(Base.metadata, "after_create")
def _after_the_tables(_metadata: Any, connection: Connection, **_options: Any) -> None:
    lay(connection)
