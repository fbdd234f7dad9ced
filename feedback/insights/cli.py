"""`flask export`: answers leave the house as a file."""

import click
from flask.cli import AppGroup

from feedback.insights import queries
from feedback.insights.exporting import csv_of_responses
from feedback.insights.listing import Wanted
from feedback.insights.selection import Selection, read_period
from surveys.audit.noting import note
from surveys.clock import business_now, real_now
from surveys.database import begin_writing, db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.questionnaires.queries import survey_by_key
from surveys.responses.queries import check_not_held_back

export = AppGroup("export", help="Write what was gathered to standard output.")


@export.command("responses")
@click.option("--survey", help="Only this survey, by its key.")
@click.option("--brand", help="Only this brand, by its key.")
@click.option("--since", help="From this day or moment on.")
@click.option("--until", help="Up to this day, or before this moment.")
@click.option("--without-personal-data", is_flag=True, help="Leave out who answered.")
def export_responses(
    survey: str | None, brand: str | None, since: str | None, until: str | None, without_personal_data: bool
) -> None:
    """Write responses as CSV, the newest first."""
    try:
        if survey is not None:
            check_not_held_back(survey_by_key(survey))
        zone = queries.calendar_zone(brand)
        begin, end = read_period(since, until, zone)
    except Refusal as refusal:
        raise click.ClickException(spoken(refusal)) from None
    db.session.rollback()
    begin_writing()
    note("export responses", real_now(), way="command", about=brand)
    db.session.commit()
    wanted = Wanted(Selection(survey, brand, begin, end, zone=zone))
    for line in csv_of_responses(wanted, business_now(), personal=not without_personal_data):
        click.echo(line, nl=False)
