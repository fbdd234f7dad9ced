"""What is asked about mails that came in."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import defer, joinedload

from surveys.brand.models import Brand
from surveys.customers.models import Customer
from surveys.database import PUBLIC_ID_LENGTH, db
from surveys.errors import Missing
from surveys.invitations.models import Invitation
from surveys.post_box.models import IncomingMail, MailboxPlace
from surveys.questionnaires.models import Survey, SurveyVersion


def known_mail(body_hash: str, message_key: str | None) -> IncomingMail | None:
    """Return the mail with the same bytes, or the same message of the same sender, or None."""
    same = IncomingMail.body_hash == body_hash
    if message_key is not None:
        same = or_(same, IncomingMail.message_key == message_key)
    return db.session.scalar(select(IncomingMail).where(same).limit(1))


def invitation_of(message_ids: Sequence[str]) -> Invitation | None:
    """Return the invitation that one of these message ids belongs to, or None.

    Our ids begin with the invitation's public id; what stands after it (a reminder's number, the
    host) is not looked at, because hosts change their names.
    """
    begins = [text[1 : PUBLIC_ID_LENGTH + 1] for text in message_ids]
    wanted = [begin for begin in begins if len(begin) == PUBLIC_ID_LENGTH and begin.isalnum()]
    if not wanted:
        return None
    found = db.session.scalars(select(Invitation).where(Invitation.public_id.in_(wanted)).with_for_update())
    by_id = {invitation.public_id: invitation for invitation in found}
    return next((by_id[begin] for begin in wanted if begin in by_id), None)


def customers_writing(sender: str, to: Sequence[str]) -> list[Customer]:
    """Return the customers with the sender's address: of the brands written to, else of all."""
    theirs = select(Customer).where(Customer.email == sender)
    named = theirs.join(Customer.brand).where(or_(Brand.reply_to.in_(to), Brand.sender_email.in_(to)))
    found = list(db.session.scalars(named)) or list(db.session.scalars(theirs))
    return sorted(found, key=lambda customer: -customer.id)


def last_survey_asked(customer: Customer) -> Invitation | None:
    """Return the last invitation that asked the customer a survey; check-backs, anonymous and planned ones left out."""
    asked = (Invitation.customer_id == customer.id, Invitation.purpose == "survey")
    has_names = Invitation.version.has(SurveyVersion.survey.has(Survey.is_anonymous.is_(False)))
    sent = select(Invitation).where(*asked, Invitation.sent_at.is_not(None), has_names)
    return db.session.scalar(sent.order_by(Invitation.sent_at.desc(), Invitation.id.desc()).limit(1))


def incoming(limit: int, *, kind: str | None = None, before: str | None = None) -> list[IncomingMail]:
    """Return mails that came in, the newest first; `unmatched` leaves out those dealt with."""
    wanted = select(IncomingMail).options(
        joinedload(IncomingMail.customer), joinedload(IncomingMail.response), defer(IncomingMail.raw)
    )
    if kind:
        wanted = wanted.where(IncomingMail.kind == kind)
    if kind == "unmatched":
        wanted = wanted.where(IncomingMail.settled_at.is_(None))
    if before:
        last = select(IncomingMail.id).where(IncomingMail.public_id == before).scalar_subquery()
        wanted = wanted.where(IncomingMail.id < last)
    return list(db.session.scalars(wanted.order_by(IncomingMail.id.desc()).limit(limit)))


def mail_or_missing(public_id: str) -> IncomingMail:
    """Return one mail that came in; refuse as missing."""
    mail = db.session.scalar(select(IncomingMail).where(IncomingMail.public_id == public_id))
    if mail is None:
        raise Missing()
    return mail


def mail_for_update(mail: IncomingMail) -> IncomingMail:
    """Return the mail as it is now, which nobody else settles until the commit."""
    return db.session.get_one(
        IncomingMail, mail.id, with_for_update={"of": IncomingMail}, populate_existing=True
    )


def unmatched_count(*, of_people: bool = False) -> int:
    """Return how many mails wait for somebody to look at them; `of_people` leaves out reports of machines."""
    waiting = [IncomingMail.kind == "unmatched", IncomingMail.settled_at.is_(None)]
    if of_people:
        waiting.append(or_(IncomingMail.why.is_(None), IncomingMail.why != "report"))
    return db.session.scalar(select(func.count()).select_from(IncomingMail).where(*waiting)) or 0


def place_of(name: str) -> MailboxPlace | None:
    """Return how far a mailbox has been read, None before the first time."""
    return db.session.get(MailboxPlace, name)
