"""Ready-made letters to customers, in their language (methodology 4.7).

The agent completes the parts in brackets; a letter with a bracket left in it is not sent. The
score is never quoted back, nothing is argued, and nobody is asked to answer differently.
"""

from dataclasses import dataclass

from surveys.invitations.letters import TOPIC_OF, letter_in


@dataclass(frozen=True)
class Skeleton:
    """One language's letters; `about` is put into the first sentence when the order is known."""

    greeting: str
    greeting_unnamed: str
    about: str
    first_contact: str
    no_comment: str
    further: str
    subject: str


EN = Skeleton(
    greeting="Hello {name},",
    greeting_unnamed="Hello,",
    about=" about order {order}",
    first_contact="thank you for your honest answer{about}. You wrote that [what I understood, in my own words]."
    " I am sorry this happened.\n\n[What I have already checked or done.]\n\n"
    "What I suggest: [one concrete step, with a date].\n\nYou reach me directly by replying to this mail.",
    no_comment="thank you for your answer{about}. It tells us that something was not as it should be,"
    " and I would like to put it right.\n\n[One question: what happened?]\n\n"
    "You reach me directly by replying to this mail. If a call suits you better, tell me when.",
    further="[What has been done since, and what happens next, with a date.]\n\n"
    "You reach me directly by replying to this mail.",
    subject="Your answer to {shop}",
)

DE = Skeleton(
    greeting="Guten Tag {name},",
    greeting_unnamed="Guten Tag,",
    about=" zu Bestellung {order}",
    first_contact="danke für Ihre ehrliche Rückmeldung{about}. Sie schreiben, dass [in eigenen Worten]."
    " Das tut mir leid.\n\n[Was ich schon geprüft oder veranlasst habe.]\n\n"
    "Mein Vorschlag: [ein konkreter Schritt mit Datum].\n\nAntworten Sie einfach auf diese Nachricht.",
    no_comment="danke für Ihre Rückmeldung{about}. Offenbar war etwas nicht so, wie es sein soll,"
    " und das möchte ich gern in Ordnung bringen.\n\n[Eine Frage: Was ist passiert?]\n\n"
    "Antworten Sie einfach auf diese Nachricht. Wenn Ihnen ein Anruf lieber ist, schreiben Sie mir, wann es passt.",
    further="[Was seitdem geschehen ist und was als Nächstes geschieht, mit Datum.]\n\n"
    "Antworten Sie einfach auf diese Nachricht.",
    subject="Ihre Rückmeldung an {shop}",
)

SKELETONS = {"en": EN, "de": DE}


def reply_text(
    language: str,
    *,
    name: str | None,
    order: str | None,
    agent: str,
    shop: str,
    has_comment: bool,
    contacted: bool,
) -> str:
    """Return the letter to begin a reply with; `contacted` when somebody has already written."""
    words = SKELETONS.get(language[:2].lower(), EN)
    greeting = words.greeting.replace("{name}", name) if name else words.greeting_unnamed
    body = words.further if contacted else words.first_contact if has_comment else words.no_comment
    body = body.replace("{about}", words.about.replace("{order}", order) if order else "")
    return f"{greeting}\n\n{body}\n\n{agent}\n{shop}\n"


def reply_subject(language: str, *, shop: str, kind: str, invited: bool) -> str:
    """Return the subject of a reply: that of our own mail with Re:, or a plain one for other answers."""
    code = language[:2].lower()
    if not invited:
        return SKELETONS.get(code, EN).subject.replace("{shop}", shop)
    return "Re: " + letter_in(code).subject[TOPIC_OF[kind]].replace("{shop}", shop)
