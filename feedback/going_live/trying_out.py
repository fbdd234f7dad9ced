"""The test mail: to the person who asks for it, by the same way and from the same sender as a survey."""

from surveys.brand.models import Brand
from surveys.channels.message import Message
from surveys.database import public_id
from surveys.staff.models import StaffMember

SUBJECTS = {"en": "A test mail from {shop}", "de": "Eine Testmail von {shop}"}
BODIES = {
    "en": (
        "Hello {name},\n\nthis mail left by the same way as the questions to your customers will. If you read it in"
        " your inbox, tick the step in Nachklang. If it lies in the spam folder, enter the DNS records first.\n\n"
        "Answer it once: your answer must arrive in the mailbox {reply_to}.\n"
    ),
    "de": (
        "Guten Tag {name},\n\ndiese Mail ging denselben Weg, den die Fragen an Ihre Kundschaft gehen werden. Wenn Sie"
        " sie im Posteingang lesen, haken Sie den Schritt in Nachklang ab. Wenn sie im Spam-Ordner liegt, tragen Sie"
        " zuerst die DNS-Einträge ein.\n\nAntworten Sie einmal darauf: Ihre Antwort muss im Postfach {reply_to}"
        " ankommen.\n"
    ),
}


def mail_to_try(brand: Brand, reader: StaffMember, sender: str) -> Message:
    """Return the test mail of `brand` to `reader`; `sender` is for a brand without an address of its own."""
    language = reader.locale if reader.locale in SUBJECTS else "en"
    from_email = brand.sender_email or sender
    return Message(
        to_name=reader.name,
        to_email=reader.email,
        from_name=brand.sender_name or brand.name,
        from_email=from_email,
        reply_to=brand.reply_to,
        subject=SUBJECTS[language].format(shop=brand.name),
        text=BODIES[language].format(name=reader.name, reply_to=brand.reply_to or from_email),
        html=None,
        message_id=f"<test.{public_id()}@{from_email.rpartition('@')[2]}>",
    )
