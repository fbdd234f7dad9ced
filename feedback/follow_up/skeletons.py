"""Ready-made letters to customers, in their language (methodology 4.7).

The agent completes the parts in brackets; a letter with a bracket left in it is not sent. The
score is never quoted back, nothing is argued, and nobody is asked to answer differently.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from surveys.errors import N_
from surveys.invitations.letters import TOPIC_OF, letter_in

# What a letter is for, by the key of its body; in the order of a case.
SITUATIONS: Mapping[str, str] = {
    "first_contact": N_("First contact"),
    "no_comment": N_("First contact, nothing was written"),
    "scale_reversal": N_("First contact, lowest scores with kind words"),
    "waiting_on_us": N_("We are still working on it"),
    "resolved": N_("It is done"),
    "unreachable": N_("Not reached, last try"),
    "promoter_thanks": N_("Thanks for praise"),
}


@dataclass(frozen=True)
class Skeleton:
    """One language's letters by situation; `about` is put into the first sentence when the order is known."""

    greeting: str
    greeting_unnamed: str
    about: str
    bodies: Mapping[str, str]
    subject: str


class Facts(NamedTuple):
    """What a letter is filled with; `name` and `order` are None where nobody knows them."""

    name: str | None
    order: str | None
    agent: str
    shop: str


EN = Skeleton(
    greeting="Hello {name},",
    greeting_unnamed="Hello,",
    about=" about order {order}",
    bodies={
        "first_contact": "thank you for your honest answer{about}. You wrote that [what I understood, in my own"
        " words]. I am sorry this happened.\n\n[What I have already checked or done.]\n\n"
        "What I suggest: [one concrete step, with a date].\n\nYou reach me directly by replying to this mail.",
        "no_comment": "thank you for your answer{about}. It tells us that something was not as it should be,"
        " and I would like to put it right.\n\n[One question: what happened?]\n\n"
        "You reach me directly by replying to this mail. If a call suits you better, tell me when.",
        "scale_reversal": "thank you for your answer{about}. Your words are kind, and what you chose stands at the"
        " unhappy end of our scale. Did you mean it so?\n\n"
        "On the page that the link below this mail leads to you can say so, or choose what you meant. A reply works as"
        " well.\n\n[One sentence on what was written.] If something was not right, I would like to hear of it and put it"
        " right.",
        "waiting_on_us": "I am still working on this{about}. [What has been done since.]\n\n"
        "Next comes [what], by [date]. You will hear from me by then, even if it is not done.\n\n"
        "You reach me directly by replying to this mail.",
        "resolved": "this is done now{about}: [what was done].\n\n[What changes so that it does not happen again.]\n\n"
        "If it is not solved for you, reply with “not solved”, and I will take it up again.",
        "unreachable": "I have tried to reach you{about}, without success so far. I do not want to press you, so I will"
        " not try again.\n\n[One sentence on what I wanted to offer.]\n\n"
        "If you would like to talk about it later, a reply to this mail is enough, at any time.",
        "promoter_thanks": "thank you for taking the time to answer{about}. [What you praised, in my own words] – I have"
        " passed that on to [the colleague or the team], who were glad to hear it.",
    },
    subject="Your answer to {shop}",
)

DE = Skeleton(
    greeting="Guten Tag {name},",
    greeting_unnamed="Guten Tag,",
    about=" zu Bestellung {order}",
    bodies={
        "first_contact": "danke für Ihre ehrliche Rückmeldung{about}. Sie schreiben, dass [in eigenen Worten]."
        " Das tut mir leid.\n\n[Was ich schon geprüft oder veranlasst habe.]\n\n"
        "Mein Vorschlag: [ein konkreter Schritt mit Datum].\n\nAntworten Sie einfach auf diese Nachricht.",
        "no_comment": "danke für Ihre Rückmeldung{about}. Offenbar war etwas nicht so, wie es sein soll,"
        " und das möchte ich gern in Ordnung bringen.\n\n[Eine Frage: Was ist passiert?]\n\n"
        "Antworten Sie einfach auf diese Nachricht. Wenn Ihnen ein Anruf lieber ist, schreiben Sie mir,"
        " wann es passt.",
        "scale_reversal": "danke für Ihre Rückmeldung{about}. Ihre Worte sind freundlich, und was Sie gewählt haben,"
        " steht am unzufriedenen Ende unserer Skala. War das so gemeint?\n\n"
        "Auf der Seite, zu der der Link unter dieser Mail führt, können Sie das sagen oder wählen, was Sie gemeint"
        " haben. Eine Antwort auf diese Mail geht auch.\n\n[Ein Satz zu dem, was geschrieben wurde.] Wenn etwas nicht in"
        " Ordnung war, möchte ich davon hören und es in Ordnung bringen.",
        "waiting_on_us": "ich bin weiter an Ihrem Anliegen{about}. [Was seitdem geschehen ist.]\n\n"
        "Als Nächstes folgt [was], bis [Datum]. Bis dahin hören Sie von mir, auch wenn es noch nicht erledigt ist.\n\n"
        "Antworten Sie einfach auf diese Nachricht.",
        "resolved": "Ihr Anliegen{about} ist erledigt: [was getan wurde].\n\n[Was sich ändert, damit es nicht wieder"
        " vorkommt.]\n\nWenn es für Sie nicht gelöst ist, antworten Sie mit „nicht gelöst“, dann kümmere ich mich"
        " noch einmal darum.",
        "unreachable": "ich habe versucht, Sie{about} zu erreichen, bisher ohne Erfolg. Ich möchte Sie nicht drängen und"
        " versuche es deshalb nicht noch einmal.\n\n[Ein Satz dazu, was ich anbieten wollte.]\n\n"
        "Wenn Sie später darüber sprechen möchten, genügt jederzeit eine Antwort auf diese Nachricht.",
        "promoter_thanks": "danke, dass Sie sich Zeit für Ihre Rückmeldung{about} genommen haben. [Was Sie gelobt haben,"
        " in eigenen Worten] – das habe ich an [die Kollegin oder das Team] weitergegeben, und dort hat man sich"
        " gefreut.",
    },
    subject="Ihre Rückmeldung an {shop}",
)

SKELETONS = {"en": EN, "de": DE}


def language_of(wanted: str) -> str:
    """Return the language that a letter can be written in: the one wanted, else English."""
    code = wanted[:2].lower()
    return code if code in SKELETONS else "en"


def reply_text(language: str, situation: str, facts: Facts) -> str:
    """Return the letter to begin a reply with; `situation` is a key of SITUATIONS."""
    words = SKELETONS[language_of(language)]
    greeting = words.greeting.replace("{name}", facts.name) if facts.name else words.greeting_unnamed
    about = words.about.replace("{order}", facts.order) if facts.order else ""
    body = words.bodies[situation].replace("{about}", about)
    return f"{greeting}\n\n{body}\n\n{facts.agent}\n{facts.shop}\n"


def reply_subject(language: str, *, shop: str, kind: str, invited: bool) -> str:
    """Return the subject of a reply: that of our own mail with Re:, or a plain one for other answers."""
    code = language[:2].lower()
    if not invited:
        return SKELETONS[language_of(language)].subject.replace("{shop}", shop)
    return "Re: " + letter_in(code).subject[TOPIC_OF[kind]].replace("{shop}", shop)


assert all(set(each.bodies) == set(SITUATIONS) for each in SKELETONS.values())
