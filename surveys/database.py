"""The database handle, the base of all models, and the manners of SQLite and PostgreSQL."""

import secrets
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pysqlite3.dbapi2
from flask import Flask, current_app, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Integer, MetaData, Select, Subquery, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, StaticPool
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

ALPHABET = string.ascii_letters + string.digits
PUBLIC_ID_LENGTH = 22  # 62^22 > 2^130: not guessable, and short enough for a link.
BEGIN_OPTION = "nachklang_begin"
PATIENCE_OPTION = "nachklang_patience"
LONGEST_WAIT = 10_000  # milliseconds that a writer waits for its turn on SQLite
READ_ONCE = "nachklang.read_once"  # where a request keeps what was read for it
# What PostgreSQL calls it when another transaction held something for too long, or both waited for each other.
IN_THE_WAY = frozenset({"40001", "40P01", "55P03"})
LONE_READS = "lone_reads"  # the extension that holds the engine whose connections never begin a transaction

CONSTRAINT_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

P = ParamSpec("P")
Found = TypeVar("Found")


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC: refuses naive values and gives back aware ones on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return `value` in UTC; raise ValueError when it has no time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return `value` aware; SQLite hands it back without its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every model; constraint names follow one convention."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)
    type_annotation_map = {datetime: UTCDateTime}  # noqa: RUF012


db = SQLAlchemy(metadata=Base.metadata)


def is_declared(name: str | None, kind: str, _parents: object) -> bool:
    """Tell Alembic what models declare: not full-text indexes, which one database alone has; they begin with fts_."""
    return not (kind in ("table", "index") and (name or "").startswith("fts_"))


def public_id() -> str:
    """Return a fresh opaque id of 22 letters and digits, about 130 random bits."""
    number = secrets.randbits(192)  # One draw for all letters; what 62 leaves over is less than 2^-60.
    letters = []
    for _ in range(PUBLIC_ID_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def begin_writing(*, patience: int | None = None) -> None:
    """Begin the session's transaction as a writer.

    SQLite lets one transaction write at a time. One that reads first and writes later fails
    with "database is locked" when another was quicker; one that says so first waits its turn.
    PostgreSQL needs no such word. What the session only read before is forgotten, because it
    may be old by the time the turn comes; what it changed would be lost and is refused.
    What may as well be left out gives up after `patience` milliseconds, with OperationalError.
    """
    session = db.session()
    if session.in_transaction():
        if session.new or session.dirty or session.deleted:
            raise RuntimeError("begin_writing() would lose changes; announce the writer first")
        session.rollback()
    connection = session.connection(execution_options={BEGIN_OPTION: "IMMEDIATE", PATIENCE_OPTION: patience})
    if patience and connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {patience}")


def read_once(read: Callable[P, Found]) -> Callable[P, Found]:
    """Let a question be asked once while a page is read, and its answer be given again to whoever asks next.

    Whoever only reads (GET) stores nothing, so that what was true at the beginning may be said to the end. Everywhere
    else (in what writes, in the loop, in the shell) it is asked anew each time.
    """

    @wraps(read)
    def once(*args: P.args, **named: P.kwargs) -> Found:
        if not has_request_context() or request.method not in ("GET", "HEAD"):
            return read(*args, **named)
        known: dict[Any, Found] = request.environ.setdefault(READ_ONCE, {})
        key = (read, args, *named.items())
        if key not in known:
            known[key] = read(*args, **named)
        return known[key]

    return once


@contextmanager
def lone_read() -> Iterator[PoolProxiedConnection]:
    """Yield a bare driver connection on which one SELECT is a transaction of its own.

    For the one read of a page that thousands open at once. On PostgreSQL it saves the round trips
    of BEGIN and ROLLBACK, three quarters of the cost; SQLite's connections are like that already
    (see `teach_sqlite`). What the driver raises comes out as SQLAlchemy's OperationalError.
    """
    engine = current_app.extensions[LONE_READS]
    connection = engine.raw_connection()
    try:
        yield connection
    except BaseException as error:
        connection.invalidate()
        if isinstance(error, engine.dialect.loaded_dbapi.Error):
            engine.dispose()  # The server may have gone: nobody else shall find a dead connection.
            raise OperationalError(None, None, error) from error
        raise
    finally:
        connection.close()


class minutes_between(FunctionElement[int]):  # noqa: N801 - it reads as a function of SQL
    """The whole minutes from a first moment to a second one, both columns or values; NULL where one is."""

    name = "minutes_between"
    type = Integer()
    inherit_cache = True


@compiles(minutes_between, "sqlite")
def _minutes_in_sqlite(element: minutes_between, compiler: SQLCompiler, **options: Any) -> str:
    """Say it as SQLite says it."""
    first, second = (compiler.process(each, **options) for each in element.clauses)
    return f"CAST((unixepoch({second}) - unixepoch({first})) / 60 AS INTEGER)"


@compiles(minutes_between)
def _minutes_elsewhere(element: minutes_between, compiler: SQLCompiler, **options: Any) -> str:
    """Say it as PostgreSQL says it."""
    first, second = (compiler.process(each, **options) for each in element.clauses)
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM ({second} - {first})) / 60) AS INTEGER)"


class no_way_in(FunctionElement[Any]):  # noqa: N801 - it reads as a function of SQL
    """A column that SQLite shall not look rows up by, since another one leads to fewer.

    PostgreSQL weighs that itself, by what it knows of the column; of a sum it knows nothing and guesses one row in 200.
    """

    inherit_cache = True


@compiles(no_way_in, "sqlite")
def _kept_out_in_sqlite(element: no_way_in, compiler: SQLCompiler, **options: Any) -> str:
    """Say it as SQLite says it."""
    return f"(+{compiler.process(element.clauses, **options)})"


@compiles(no_way_in)
def _as_it_is_elsewhere(element: no_way_in, compiler: SQLCompiler, **options: Any) -> str:
    """Leave it to PostgreSQL."""
    return compiler.process(element.clauses, **options)


def engine_options(url: str, statement_timeout_ms: int = 15_000) -> dict[str, Any]:
    """Return the engine options for `url`: driver, pool and time-outs. Errors quote no parameters."""
    if url.startswith("sqlite"):
        options: dict[str, Any] = {"module": pysqlite3.dbapi2, "connect_args": {"timeout": 10}}
        options["hide_parameters"] = True
        if ":memory:" in url:
            options["poolclass"] = StaticPool
            options["connect_args"] = {"check_same_thread": False}
        return options
    limits = f"-c statement_timeout={statement_timeout_ms} -c lock_timeout=5000 "
    limits += "-c idle_in_transaction_session_timeout=60000 -c timezone=UTC "
    # As a disk without turning plates has it: the usual 4 lets a whole table be read for the rows of some days.
    limits += "-c random_page_cost=1.1 "
    # Of a question about a year PostgreSQL would first make machine code for half a second, which gains less than that.
    limits += "-c jit=off"
    return {
        "hide_parameters": True,
        "connect_args": {"options": limits, "connect_timeout": 5},
        "pool_size": 8,
        "max_overflow": 0,
        "pool_timeout": 5,
    }


def stood_in_the_way(error: BaseException) -> bool:
    """Tell whether an error says only that another transaction held something: it can be tried again as it is."""
    return isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) in IN_THE_WAY


def init_app(app: Flask) -> None:
    """Bind the database to `app` and teach its engine the manners of its dialect."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        keep_values_out_of_errors(db.engine)
        if db.engine.dialect.name == "sqlite":
            teach_sqlite(db.engine)
            app.extensions[LONE_READS] = db.engine
        else:
            app.extensions[LONE_READS] = lone_engine(url)


def bring(app: Flask, name: str, statement: Select[Any]) -> None:
    """Let rooms read what lies above them: keep the SELECT that a higher room brings under `name`."""
    app.extensions[name] = statement


def brought(name: str) -> Subquery:
    """Return what was brought under `name`, to select from."""
    statement: Select[Any] = current_app.extensions[name]
    return statement.subquery(name)


def lone_engine(url: str) -> Engine:
    """Return an engine for `lone_read`; few connections are enough, as each is lent for less than a millisecond."""
    manners = {"isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None, "pool_size": 3}
    return create_engine(url, **engine_options(url) | manners)


def keep_values_out_of_errors(engine: Engine) -> None:
    """Cut what PostgreSQL adds to its sentence: it quotes the row, and errors are written into the log."""

    @event.listens_for(engine, "handle_error")
    def on_error(context: ExceptionContext) -> None:
        original, wrapped = context.original_exception, context.sqlalchemy_exception
        sentence = getattr(getattr(original, "diag", None), "message_primary", None)
        if sentence is not None:
            original.args = (sentence,)
            if wrapped is not None:
                wrapped.args = (f"({type(original).__name__}) {sentence}",)


def lowered(value: object) -> str | None:
    """Return a text in small letters, also those beyond A to Z that SQLite's own `lower` leaves as they are: Özil."""
    return None if value is None else str(value).lower()


def teach_sqlite(engine: Engine) -> None:
    """Make SQLite keep promises: foreign keys, durable commits, transactions begun by us, all letters made small."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: ConnectionPoolEntry) -> None:
        # The driver's own transaction handling commits when a savepoint is released.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={LONGEST_WAIT}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()
        connection.create_function("lower", 1, lowered, deterministic=True)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        patience = options.get(PATIENCE_OPTION)
        try:
            if patience:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
            connection.exec_driver_sql(f"BEGIN {options.get(BEGIN_OPTION, 'DEFERRED')}")
        finally:
            if patience:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={LONGEST_WAIT}")
