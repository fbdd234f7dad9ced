"""`flask keys hook BRAND`: the secret a shop signs its order events with."""

import click

from surveys.api.cli import keys
from surveys.brand import editing, queries
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.doors import spoken
from surveys.errors import Missing, Refusal


@keys.command("hook")
@click.argument("brand")
def hook(brand: str) -> None:
    """Print the newest living secret of a brand's order hook alone on the last line; make one if none."""
    begin_writing()
    try:
        chosen = queries.brand_or_missing(brand)
        living = [secret for secret in chosen.hook_secrets if secret.retired_at is None]
        secret = living[-1] if living else editing.new_hook_secret(chosen, real_now())
    except Missing:
        db.session.rollback()
        raise click.ClickException(f"There is no brand {brand!r}.") from None
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(spoken(refusal)) from None
    db.session.commit()
    click.echo(f"Secret of {chosen.name}:")
    click.echo(secret.secret)
