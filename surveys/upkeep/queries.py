"""What upkeep asks the database: where it lives, how old its schema is, what waits, what is held."""

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, inspect, select, text

from surveys.brand.models import Brand
from surveys.channels.registry import Channels
from surveys.customers.models import OrderEvent
from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.responses.models import Response
from surveys.upkeep.holds import Facts, Hold, holds
from surveys.upkeep.models import ONLY_ROW, Installation
from surveys.work import Claimable

REVISION = re.compile(r"^(revision|down_revision) *(?::[^=]*)?= *['\"]([^'\"]+)['\"]", re.MULTILINE)


def installation() -> Installation | None:
    """Return what is noted about the installation, or None before its first mail."""
    return db.session.get(Installation, ONLY_ROW, populate_existing=True)


def home() -> str:
    """Return where the database lives now: a copy gives another answer, a restart the same.

    PostgreSQL: the cluster's identifier and the database's number. SQLite: the number of the file.
    """
    if db.engine.dialect.name == "postgresql":
        place = "SELECT system_identifier, oid FROM pg_control_system(), pg_database"
        cluster, number = db.session.execute(text(f"{place} WHERE datname = current_database()")).one()
        return f"postgresql:{cluster}/{number}"
    file = db.engine.url.database
    return f"sqlite:{Path(file).stat().st_ino}" if file and file != ":memory:" else "sqlite:memory"


def facts(channels: Channels, base_url: str) -> Facts:
    """Return what decides whether mail to customers is held now."""
    known = installation()
    return Facts(
        way=channels.way,
        base_url=base_url,
        held_because=known.held_because if known else None,
        moved=known is not None and known.home != home(),
        has_demo=db.session.scalar(select(Brand.id).where(Brand.made_by_demo).limit(1)) is not None,
    )


def reasons_to_hold(channels: Channels, base_url: str) -> tuple[Hold, ...]:
    """Return every reason to hold mail to customers now, none when it may leave."""
    return holds(facts(channels, base_url))


@cache
def steps(migrations: Path) -> dict[str, str | None]:
    """Return every step of the schema that this version of the house knows, and the step before each."""
    found = {}
    for file in sorted((migrations / "versions").glob("*.py")):
        said = dict(REVISION.findall(file.read_text(encoding="utf-8")))
        found[said["revision"]] = said.get("down_revision")
    return found


def head(migrations: Path) -> str:
    """Return the newest step of the schema that this version of the house knows."""
    known = steps(migrations)
    return next(step for step in known if step not in known.values())


def is_newer(step: str | None, migrations: Path) -> bool:
    """Return whether a database at this step was made by a newer version of the house; None was never migrated."""
    return step is not None and step not in steps(migrations)


def ask_for_an_answer() -> None:
    """Ask the database the smallest question there is; what it raises says that it does not answer."""
    db.session.execute(text("SELECT 1"))


def schema() -> str | None:
    """Return the step the database's schema is at, or None when it was never migrated."""
    found: str | None = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return found


class Due(NamedTuple):
    """What should have left: how many, and since when the first of them."""

    number: int
    since: datetime | None

    def age(self, now: datetime) -> float:
        """Return for how many seconds the oldest has waited, 0 when nothing waits."""
        return max(0.0, (now - self.since).total_seconds()) if self.since else 0.0


def due(model: type[Claimable], now: datetime) -> Due:
    """Return what of a table should have left by the business time `now`."""
    number, since = db.session.execute(
        select(func.count(), func.min(model.due_at)).where(model.due_at <= now)
    ).one()
    return Due(number, since)


def due_invitations(now: datetime) -> Due:
    """Return the invitations that should have left by the business time `now`."""
    return due(Invitation, now)


def response_count() -> int:
    """Count all answers."""
    return db.session.scalar(select(func.count()).select_from(Response)) or 0


def invitations_by_state() -> dict[str, float]:
    """Count the invitations in each state."""
    rows = db.session.execute(select(Invitation.state, func.count()).group_by(Invitation.state))
    return {state: float(count) for state, count in rows.all()}


def unread_events() -> int:
    """Count signed shop events that nobody has read."""
    unread = select(func.count()).select_from(OrderEvent).where(OrderEvent.read_at.is_(None))
    return db.session.scalar(unread) or 0


def schema_or_none() -> str | None:
    """Return the step the schema is at, None when the database was never migrated."""
    if not inspect(db.session.connection()).has_table("alembic_version"):
        return None
    return schema()


def database_settings() -> tuple[str, dict[str, str]]:
    """Return the database's name with its version, and the settings that decide what a commit is worth."""
    if db.engine.dialect.name == "sqlite":
        version = db.session.scalar(text("SELECT sqlite_version()"))
        names = ("journal_mode", "synchronous")
        found = {name: str(db.session.scalar(text(f"PRAGMA {name}"))) for name in names}
        return f"SQLite {version}", found
    shown = ("fsync", "full_page_writes", "synchronous_commit", "server_version_num")
    found = {name: str(db.session.scalar(text(f"SHOW {name}"))) for name in shown}
    return f"PostgreSQL {db.session.scalar(text('SHOW server_version'))}", found


def database_time() -> datetime | None:
    """Return what time it is for the database's machine; None where that is this machine."""
    if db.engine.dialect.name == "sqlite":
        return None
    theirs: datetime | None = db.session.scalar(text("SELECT clock_timestamp()"))
    return theirs


def brands_without_sender() -> list[str]:
    """Return the names of shops that have no address of their own to write from."""
    return list(db.session.scalars(select(Brand.name).where(Brand.sender_email.is_(None))))
