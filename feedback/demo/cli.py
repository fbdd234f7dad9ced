"""`flask demo fill`, `flask demo clear` and `flask demo clock`."""

import click
from flask import current_app
from flask.cli import AppGroup

from feedback.analysis.readers import load_reader
from feedback.demo.clearing import start_afresh
from feedback.demo.filling import fill
from surveys.clock import business_now, real_now
from surveys.database import begin_writing, db
from surveys.doors import spoken
from surveys.errors import Refusal

DEFAULT_CUSTOMERS, DEFAULT_SEED = 1500, 1
demo = AppGroup("demo", help="The demo shop: a believable year of invented customers.")


@demo.command("fill")
@click.option("--customers", type=click.IntRange(1, 100_000), default=DEFAULT_CUSTOMERS, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=DEFAULT_SEED, show_default=True)
def fill_command(customers: int, seed: int) -> None:
    """Fill an empty database; the same seed tells the same year, dated relative to now."""
    fill_and_tell(customers, seed)


@demo.command("clear")
def clear_command() -> None:
    """Remove the demo shops with everything in them, and let the clock be the real one."""
    begin_writing()
    gone, first_owner = start_afresh(real_now())
    db.session.commit()
    click.echo(f"Removed the demo: {gone} purchases and all that came of them.")
    if first_owner is not None:
        click.echo(link_told(first_owner))


@demo.command("clock")
def clock_command() -> None:
    """Tell what time it is in the demo, in UTC: the bar's buttons move its clock forward."""
    click.echo(business_now().isoformat(timespec="seconds"))


def link_told(secret: str) -> str:
    """Return the sentence with the link that makes the first account."""
    base_url = current_app.config["SETTINGS"].base_url
    return f"Make the first account, once and within 24 hours: {base_url}/first/{secret}"


def fill_and_tell(customers: int, seed: int) -> None:
    """Fill the demo in batches, telling how far it is."""
    told = -1

    def keep(share: float) -> None:
        nonlocal told
        db.session.commit()
        begin_writing()
        tenths = int(share * 10)
        if tenths > told:
            told = tenths
            click.echo(f"Filling the demo shop … {tenths * 10:3} %", err=True)

    begin_writing()
    try:
        fill(customers, seed, real_now(), load_reader(), keep)
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(spoken(refusal)) from None
    db.session.commit()
