"""`flask keys`: API keys from the shell."""

import click
from flask.cli import AppGroup

from surveys.api import granting, queries
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.doors import spoken
from surveys.errors import Refusal

keys = AppGroup("keys", help="API keys and order-hook secrets.")


@keys.command("issue")
@click.argument("name")
def issue(name: str) -> None:
    """Issue a key; the last line is the key alone. It is not shown again."""
    begin_writing()
    try:
        key, secret = granting.issue(name, real_now())
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(spoken(refusal)) from None
    db.session.commit()
    click.echo(f"Key {key.public_id} for {key.name}; it is shown this once:")
    click.echo(secret)


@keys.command("revoke")
@click.argument("public_id")
def revoke(public_id: str) -> None:
    """Switch a key off for good; `flask keys list` shows the ids."""
    begin_writing()
    try:
        key = queries.key_or_missing(public_id)
    except Refusal:
        db.session.rollback()
        raise click.ClickException(f"There is no key {public_id!r}; see `flask keys list`.") from None
    granting.revoke(key, real_now())
    db.session.commit()
    click.echo(f"{key.name} cannot be used any more.")


@keys.command("list")
def show() -> None:
    """List the keys with their names and last use."""
    for key in queries.all_keys():
        state = "revoked" if key.revoked_at else f"last used {key.last_used_at or 'never'}"
        click.echo(f"{key.public_id}\t{key.name}\t{state}")
