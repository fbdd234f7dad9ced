"""`flask doctor`, `flask backup|restore FILE`, `flask mail release|hold|status`."""

import os
import sys
from pathlib import Path

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext

from surveys import pacing
from surveys.channels.cli import mail
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.upkeep import queries, releasing
from surveys.upkeep.backing_up import back_up
from surveys.upkeep.checks import examine, is_ill
from surveys.upkeep.restoring import restore_from
from surveys.upkeep.views import surroundings

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Look whether all is well; each line says ok, warn or FAIL, and what to do. Exits with 1 on FAIL."""
    lines = examine(current_app.config["CHECKS"], surroundings(), db.session.rollback)
    for name, (level, said, advice) in lines:
        click.echo(f"{level:5} {name:10} {said}")
        if advice:
            click.echo(f"{'':16} → {advice}")
    if is_ill(lines):
        sys.exit(1)


@click.command("backup")
@click.argument("file", type=FILE)
@with_appcontext
def backup(file: Path) -> None:
    """Write the whole database into FILE while the house is running; the file must not exist yet."""
    try:
        size = back_up(db.engine, file, os.environ)
    except Refusal as refusal:
        raise click.ClickException(spoken(refusal)) from None
    click.echo(f"{file}: {size:,} bytes, checked and readable by its owner only.")
    click.echo(
        "Keep SECRET_KEY (or instance/secret_key) too, in another place: without it, links in mails end."
    )


@click.command("restore")
@click.argument("file", type=FILE)
@with_appcontext
def restore(file: Path) -> None:
    """Fill the empty database with the backup in FILE and bring it up to date; mail is held until released."""
    try:
        restore_from(db.engine, file, current_app.config["MIGRATIONS"], os.environ, real_now())
    except Refusal as refusal:
        raise click.ClickException(spoken(refusal)) from None
    flask_migrate.upgrade()
    begin_writing()  # Held already, unless the backup is from before there were holds.
    releasing.hold("restored", real_now())
    db.session.commit()
    click.echo("The backup is restored and the schema is up to date. Mail to customers is held:")
    click.echo("mails sent after the backup look unsent. Erase anew whom the backup has brought back:")
    click.echo("flask erase --again. Check what was sent, then let mail go: flask mail release")


@mail.command("release")
def release() -> None:
    """Let mail to customers go again after a restore, a move or `flask mail hold`."""
    begin_writing()
    releasing.release(real_now())
    db.session.commit()
    tell_state()


@mail.command("hold")
def hold() -> None:
    """Hold mail to customers until `flask mail release`; what is due waits, mail to staff still goes."""
    begin_writing()
    releasing.hold("by_hand", real_now())
    db.session.commit()
    tell_state()


@mail.command("status")
def status() -> None:
    """Say how mail leaves, what waits, and what holds it; exits with 1 while it is held."""
    if tell_state():
        sys.exit(1)


def tell_state() -> bool:
    """Print whether mail to customers is held and why; return whether it is."""
    at = surroundings()
    held = queries.reasons_to_hold(at.channels, at.settings.base_url)
    click.echo(f"Mail to customers is {'held' if held else 'not held'}.")
    for reason in held:
        click.echo(f"- {reason.said}\n  → {reason.advice}")
    click.echo(f"{queries.due_invitations(at.business).number} invitations are due.")
    per_minute = pacing.mails_per_minute()
    click.echo(f"{per_minute} mails a minute leave at most." if per_minute else "Nothing limits their pace.")
    return bool(held)


COMMANDS = (doctor, backup, restore, mail)
