"""What to say when a command cannot use the database: it does not answer, or it is not of this version."""

from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.upkeep import queries
from surveys.upkeep.checks import first_line


class DatabaseSilent(Refusal):
    """The database cannot be opened: its server does not run, or what is named is no database."""

    phrase = N_(
        "The database does not answer: %(why)s. Check DATABASE_URL, that the server runs, and that this machine may"
        " reach it."
    )


class DatabaseOfAnother(Refusal):
    """The tables are not those of this version."""


class DatabaseBehind(DatabaseOfAnother):
    """The tables are missing, or those of an earlier version."""

    phrase = N_("The tables of the database are not those of this version. Run: flask db upgrade")


class DatabaseAhead(DatabaseOfAnother):
    """The tables have had a step that this version does not know."""

    phrase = N_(
        "The tables of the database are those of a newer version of Nachklang (schema %(step)s). Install that version"
        " or a newer one, or restore a backup that this version has made."
    )


def check_database() -> None:
    """Refuse with DatabaseSilent unless the database can be opened."""
    try:
        db.engine.connect().close()
    except SQLAlchemyError as error:
        raise DatabaseSilent(why=first_line(error)) from None


def check_not_ahead(migrations: Path) -> None:
    """Refuse with DatabaseAhead when the tables are those of a newer version; others can be brought up to date."""
    step = queries.schema_or_none()
    if queries.is_newer(step, migrations):
        raise DatabaseAhead(step=step)


def check_version(migrations: Path) -> None:
    """Refuse with DatabaseOfAnother when the tables are another version's; none at all are noticed when used."""
    check_not_ahead(migrations)
    if queries.schema_or_none() not in (None, queries.head(migrations)):
        raise DatabaseBehind()


def check_tables(migrations: Path) -> None:
    """Refuse with DatabaseSilent or DatabaseOfAnother unless the database can be used by this version."""
    check_database()
    db.session.rollback()
    check_version(migrations)
    if queries.schema_or_none() is None:
        raise DatabaseBehind()
