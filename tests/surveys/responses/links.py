"""Links and rows as the tests of the respondent's page need them."""

from flask import current_app
from sqlalchemy import func, select

from surveys import tokens
from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.responses.models import Response


def link_to(invitation: Invitation) -> str:
    """Return the address in the mail of an invitation."""
    secret = current_app.config["LINK_SECRETS"][0]
    return "/s/" + tokens.make(tokens.ANSWER, invitation.public_id, secret)


def row_counts() -> dict[str, int]:
    """Return how many rows every table has."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }


def only_response() -> Response:
    """Return the one response there is."""
    return db.session.scalars(select(Response)).one()
