"""`flask staff`: add people from the shell."""

import sys

import click
from flask.cli import AppGroup

from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.staff import hiring, passwords, queries, signing_in
from surveys.staff.models import ROLES

staff = AppGroup("staff", help="The people who work here.")


@staff.command("add")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--name", help="As colleagues and customers read it; else the part before the @.")
def add(email: str, role: str, name: str | None) -> None:
    """Add somebody; the password is read from standard input, one line.

    From a terminal it is asked for without being shown.
    """
    password = (
        click.prompt("Password", hide_input=True)
        if sys.stdin.isatty()
        else sys.stdin.readline().rstrip("\r\n")
    )
    begin_writing()
    try:
        passwords.check_new(password)
        member = hiring.add_staff(email, name or email.partition("@")[0], role, real_now())
        signing_in.set_password(member, password)
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(spoken(refusal)) from None
    db.session.commit()
    click.echo(f"{member.email} can sign in as {role}.")


@staff.command("list")
def show() -> None:
    """List everybody with role and state."""
    for member in queries.team():
        click.echo(f"{member.email}\t{member.role}\t{'active' if member.is_active else 'switched off'}")
