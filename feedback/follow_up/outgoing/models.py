"""The columns that every mail of the team to one customer has."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from surveys.database import public_id
from surveys.work import Claimable


class Outgoing(Claimable):
    """A mail with its words as they were when it was ordered; the table says to whom, from whom and about what.

    `state`: queued, sent, failed, uncertain (nobody knows whether it left), and what a table adds to these.
    """

    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    subject: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(10), default="queued")
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
