"""`flask why`: the whole chain behind one order or one answer."""

import click
from flask.cli import with_appcontext

from feedback.overview.tracing import trace
from surveys.clock import business_now
from surveys.doors import spoken
from surveys.errors import Refusal


@click.command("why")
@click.argument("name")
@with_appcontext
def why(name: str) -> None:
    """Print why the customer was (not) asked, and what came of it.

    NAME is an order's number, or the id of an order or a response; for programmes, which ask about no
    order, a customer's e-mail address or id.
    """
    try:
        lines = trace(name, business_now())
    except Refusal as refusal:
        raise click.ClickException(spoken(refusal)) from None
    for line in lines:
        click.echo("  " * line.depth + line.text)
