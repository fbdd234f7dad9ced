"""What upkeep asks the database: where it lives, how old its schema is, what waits, what is held."""

import re
from functools import cache
from pathlib import Path

from sqlalchemy import select, text

from surveys.brand.models import Brand
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.upkeep.holds import Facts, Hold, holds
from surveys.upkeep.models import ONLY_ROW, Installation

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
def head(migrations: Path) -> str:
    """Return the newest step of the schema that this version of the house knows."""
    steps = [file.read_text(encoding="utf-8") for file in sorted((migrations / "versions").glob("*.py"))]
    found = [dict(REVISION.findall(step)) for step in steps]
    before = {step.get("down_revision") for step in found}
    return next(step["revision"] for step in found if step["revision"] not in before)


def schema() -> str | None:
    """Return the step the database's schema is at, or None when it was never migrated."""
    return db.session.scalar(text("SELECT version_num FROM alembic_version"))
