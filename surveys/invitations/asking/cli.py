"""`flask asking dry-run`: whom the touchpoints would have asked."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from surveys.clock import business_now
from surveys.customers.queries import brand_for
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.invitations.queries import touchpoints_of
from surveys.invitations.rehearsal import OUTCOMES
from surveys.invitations.rehearsing import dry_run

A_QUARTER = timedelta(days=91)
NO_LIMIT = 10**9

asking = AppGroup("asking", help="Whom the house asks, and when.")


@asking.command("dry-run")
@click.option("--brand", help="The shop's key; needed only where there are several.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="From this day on; else the last quarter of a year."
)
@click.option("--all", "all_of_them", is_flag=True, help="Also touchpoints that are switched off.")
def dry_run_command(brand: str | None, since: datetime | None, all_of_them: bool) -> None:
    """Say what the touchpoints would have made of past orders; sends and stores nothing."""
    now = business_now()
    try:
        shop = brand_for(brand)
    except Refusal as refusal:
        raise click.ClickException(spoken(refusal)) from None
    begin = now - A_QUARTER if since is None else since.replace(tzinfo=ZoneInfo(shop.time_zone))
    touchpoints = [each for each in touchpoints_of(shop.id) if each.is_on or all_of_them]
    if not touchpoints:
        raise click.ClickException(
            f"{shop.name} asks at no touchpoint; --all looks at those that are off, too."
        )
    found = dry_run(shop, touchpoints, begin, now, NO_LIMIT)
    click.echo(
        f"{shop.name}, orders since {begin:%Y-%m-%d}: {found.asked} of {found.orders} would have been asked."
    )
    for touchpoint in touchpoints:
        outcome = found.outcomes.get(touchpoint.public_id)
        click.echo(f"{touchpoint.name}:")
        for code, count in [] if outcome is None else outcome.counts.most_common():
            examples = ", ".join(reference for _id, reference in outcome.examples[code]) if outcome else ""
            click.echo(f"  {count:>8}  {OUTCOMES[code]} ({examples})")
