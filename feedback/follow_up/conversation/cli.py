"""`flask mail read`: one mail on standard input, as a mail server pipes it."""

import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from feedback.follow_up.conversation import joining
from surveys.channels.cli import mail
from surveys.clock import business_now
from surveys.database import begin_writing, db
from surveys.post_box.sorting import take_in

LARGEST_MAIL = 10 * 1024 * 1024
TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: mail servers keep the mail and come again


@mail.command("read")
def read() -> None:
    """Take in one mail from standard input: a bounce, a complaint or a reply.

    For an alias of the mail server, such as: bounces: "|/srv/nachklang/.venv/bin/flask mail read"
    """
    raw = sys.stdin.buffer.read(LARGEST_MAIL)
    if not raw.strip():
        raise click.ClickException("There is no mail on standard input; pipe one in.")
    try:
        begin_writing()
        row = take_in(raw, "pipe", business_now(), joining)
        db.session.commit()
    except SQLAlchemyError as error:
        db.session.rollback()
        click.echo(f"The mail could not be stored ({type(error).__name__}); it must be sent again.", err=True)
        raise SystemExit(TRY_AGAIN) from None
    click.echo(row.kind)
