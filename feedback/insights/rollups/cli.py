"""`flask insights recount`: add everything up anew."""

import click
from flask.cli import AppGroup

from feedback.insights.rollups import building
from feedback.insights.rollups.laying import lay
from feedback.insights.rollups.ticks import roll_up
from surveys.clock import business_now
from surveys.database import begin_writing, db

DAYS_AT_ONCE = 20

insights = AppGroup("insights", help="What answers say together.")


@insights.command("recount")
def recount() -> None:
    """Add up all answers and invitations anew. Pages stay right meanwhile, but are slower."""
    db.session.rollback()
    begin_writing()
    for missing in lay(db.session.connection()):
        click.echo(f"The trigger {missing} was missing and is there again.")
    for subject in building.SUBJECTS:
        building.start_again(subject)
    db.session.commit()
    days = 0
    while done := roll_up(business_now(), DAYS_AT_ONCE):
        days += done
    click.echo(f"Added up anew: {days} days.")
