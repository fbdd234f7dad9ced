"""The command line: every command of the house, and the migrations of the database.

Pages need none of it, so it is imported when somebody types a command (see `wsgi`).
"""

from collections.abc import Callable, Iterator
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo
from flask_migrate import Migrate
from sqlalchemy.exc import DBAPIError

from feedback.analysis import cli as analysis
from feedback.demo import cli as demo
from feedback.follow_up.conversation import cli as conversation  # noqa: F401  (adds `flask mail read`)
from feedback.insights import cli as insights
from feedback.insights.rollups import cli as rollups
from feedback.overview import cli as overview
from feedback.privacy import cli as privacy
from feedback.scheduler import cli as loop
from surveys.api import cli as api
from surveys.brand import cli as brand  # noqa: F401  (adds `flask keys hook`)
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.imports import cli as imports
from surveys.invitations.asking import cli as asking
from surveys.permission import cli as permission
from surveys.staff import cli as staff
from surveys.upkeep import cli as upkeep
from surveys.upkeep.reaching import DatabaseOfAnother, check_tables, check_version

COMMANDS = (
    staff.staff,
    api.keys,
    imports.imports,
    insights.export,
    rollups.insights,
    analysis.sentiment,
    demo.demo,
    overview.why,
    asking.asking,
    loop.loop,
    loop.up,
    permission.suppress_command,
    *privacy.COMMANDS,
    *upkeep.COMMANDS,
)
migrate = Migrate(compare_type=True, render_as_batch=True)


# What brings the tables up to date or helps when they are not, and what asks no database.
WITH_ANY_TABLES = {
    "up",
    "doctor",
    "backup",
    "restore",
    "sentiment read",
    "sentiment train",
    "sentiment train-intents",
}


def init_app(app: Flask) -> None:
    """Add all commands to those of `app`."""
    migrate.init_app(app, db, directory=str(app.config["MIGRATIONS"]))
    for command in COMMANDS:
        app.cli.add_command(command)
        for name, each in single(command):
            run = type(each).invoke.__get__(each)
            each.invoke = telling(run, name in WITH_ANY_TABLES)  # type: ignore[method-assign,assignment]


def single(command: click.Command, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield the commands that do something, those of a group each by itself, with what is typed for them."""
    name = f"{before}{command.name}"
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from single(each, f"{name} ")
    else:
        yield name, command


def telling(run: Callable[[click.Context], Any], with_any_tables: bool) -> Callable[[click.Context], Any]:
    """Let a command end with a sentence where the database does not answer or is not of this version.

    A command that needs the tables of this version is not begun with those of another: half of what it does might
    still work there.
    """

    def invoke(ctx: click.Context) -> Any:
        # Commands belong to no application; this is the one that they are typed for.
        app = ctx.ensure_object(ScriptInfo).load_app()
        try:
            if not with_any_tables:
                with app.app_context():
                    check_version(app.config["MIGRATIONS"])
            return run(ctx)
        except (DBAPIError, DatabaseOfAnother):
            with app.app_context():
                try:
                    check_tables(app.config["MIGRATIONS"])
                except Refusal as refusal:
                    raise click.ClickException(spoken(refusal)) from None
            raise

    return invoke
