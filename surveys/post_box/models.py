"""Mails that came in."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.customers.models import Customer
from surveys.database import Base, public_id
from surveys.invitations.models import Invitation
from surveys.responses.models import Response

WAITING = "kind = 'unmatched' AND settled_at IS NULL"


class IncomingMail(Base):
    """A mail as it came, and what it turned out to be; `body_hash` makes the same mail twice one row.

    `message_key` does so for a mail that came by two ways, each of which writes its own head; None without a message id.
    A *letter* belongs to a conversation that is kept elsewhere. The raw mail is kept while nobody has dealt with it
    (`kind` unmatched, `why` says what was missing); of the others only what the list shows.
    """

    __tablename__ = "incoming_mail"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('bounce', 'delay', 'delivered', 'complaint', 'automatic', 'reply', 'letter', 'stop', 'unmatched')",
            name="kind_known",
        ),
        # Few of many: those that wait for somebody, which the inbox counts each time.
        Index("ix_incoming_mail_waiting", "id", sqlite_where=text(WAITING), postgresql_where=text(WAITING)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(22), unique=True, default=public_id)
    body_hash: Mapped[str] = mapped_column(String(64), unique=True)
    received_at: Mapped[datetime] = mapped_column(index=True)
    told_by: Mapped[str] = mapped_column(String(20))  # pipe, imap
    kind: Mapped[str] = mapped_column(String(20))
    sender: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    said: Mapped[str | None] = mapped_column(String(500))  # what came of it, for the list
    why: Mapped[str | None] = mapped_column(String(20))
    message_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    raw: Mapped[bytes | None] = mapped_column(LargeBinary)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id", ondelete="SET NULL"))
    invitation: Mapped[Invitation | None] = relationship()
    response_id: Mapped[int | None] = mapped_column(ForeignKey("response.id", ondelete="SET NULL"))
    response: Mapped[Response | None] = relationship()
    customer_id: Mapped[int | None] = mapped_column(
        ForeignKey("customer.id", ondelete="SET NULL"), index=True
    )
    customer: Mapped[Customer | None] = relationship()
    settled_at: Mapped[datetime | None]  # when somebody dealt with an unmatched one


class MailboxPlace(Base):
    """How far the mailbox has been read; one row for each mailbox.

    Numbers of mails (UID) hold while `validity` stays (RFC 3501, 2.3.1.1).
    """

    __tablename__ = "mailbox_place"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    validity: Mapped[int] = mapped_column(BigInteger)  # 32 bits without a sign, as the next
    last_uid: Mapped[int] = mapped_column(BigInteger)
    read_at: Mapped[datetime]
