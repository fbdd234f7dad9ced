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


class DatabaseBehind(Refusal):
    """The tables are missing, or those of another version."""

    phrase = N_("The tables of the database are not those of this version. Run: flask db upgrade")


def check_database() -> None:
    """Refuse with DatabaseSilent unless the database can be opened."""
    try:
        db.engine.connect().close()
    except SQLAlchemyError as error:
        raise DatabaseSilent(why=first_line(error)) from None


def check_version(migrations: Path) -> None:
    """Refuse with DatabaseBehind when the tables are those of another version; none at all are noticed when used."""
    if queries.schema_or_none() not in (None, queries.head(migrations)):
        raise DatabaseBehind()


def check_tables(migrations: Path) -> None:
    """Refuse with DatabaseSilent or DatabaseBehind unless the database can be used by this version."""
    check_database()
    db.session.rollback()
    if queries.schema_or_none() != queries.head(migrations):
        raise DatabaseBehind()
