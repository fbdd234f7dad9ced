"""The mail that carries a one-time password link."""

from surveys.channels.message import Message
from surveys.database import public_id
from surveys.staff.models import StaffMember

ID_PREFIX = "password."  # By it the outbox knows mails that only owners may read.
SUBJECTS = {"en": "Your new password for Nachklang", "de": "Ihr neues Passwort für Nachklang"}
BODIES = {
    "en": (
        "Hello {name},\n\nthis link lets you choose a new password. It works once, for 30 minutes:\n\n"
        "{link}\n\nIf you did not ask for it, you need not do anything; your password stays as it is.\n"
    ),
    "de": (
        "Guten Tag {name},\n\nmit diesem Link wählen Sie ein neues Passwort. Er gilt einmal, für 30 Minuten:\n\n"
        "{link}\n\nWenn Sie ihn nicht angefordert haben, müssen Sie nichts tun; Ihr Passwort bleibt, wie es ist.\n"
    ),
}


def link_mail(member: StaffMember, link: str, sender: str | None) -> Message:
    """Return the mail with the link; without a sender it can only go to the built-in outbox."""
    sender = sender or "nachklang@localhost.localdomain"
    domain = sender.rpartition("@")[2]
    return Message(
        to_name=member.name,
        to_email=member.email,
        from_name="Nachklang",
        from_email=sender,
        reply_to=None,
        subject=SUBJECTS.get(member.locale, SUBJECTS["en"]),
        text=BODIES.get(member.locale, BODIES["en"]).format(name=member.name, link=link),
        html=None,
        message_id=f"<{ID_PREFIX}{public_id()}@{domain}>",
    )
