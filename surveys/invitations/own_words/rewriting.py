"""Set a touchpoint's own words, and let chance choose between two subjects."""

from dataclasses import dataclass
from datetime import datetime

from surveys.database import db
from surveys.errors import N_, Refusal, SeveralRefusals
from surveys.invitations.draws import draw
from surveys.invitations.models import Invitation, Touchpoint
from surveys.invitations.own_words.models import LetterWords
from surveys.invitations.own_words.queries import words_of
from surveys.questionnaires.placeholders import faults_in
from surveys.staff.models import StaffMember

LONGEST_SUBJECT, LONGEST_INTRODUCTION = 150, 1_000


@dataclass(frozen=True)
class Words:
    """What somebody wants a letter to say in one language; an empty text leaves the words of the house."""

    subject: str = ""
    second_subject: str = ""
    introduction: str = ""


def rewrite(touchpoint: Touchpoint, language: str, words: Words, by: StaffMember, now: datetime) -> None:
    """Set the touchpoint's words in a language; refuses each text that no letter can bear, with its field.

    Two subjects that change are compared anew: what the old ones brought says nothing about them.
    """
    check(words)
    row = words_of(touchpoint.id, language)
    if words == Words():
        if row is not None:
            db.session.delete(row)
            db.session.flush()
        return
    if row is None:
        row = LetterWords(touchpoint_id=touchpoint.id, language=language, changed_at=now)
        db.session.add(row)
    subjects = (words.subject or None, words.second_subject or None)
    if (row.subject, row.second_subject) != subjects:
        row.compared_since = now if words.second_subject else None
    row.subject, row.second_subject = subjects
    row.introduction = words.introduction or None
    row.changed_at, row.changed_by_id = now, by.id
    db.session.flush()


def check(words: Words) -> None:
    """Refuse what no letter can bear, everything at once."""
    refusals: list[Refusal] = []
    for field, longest in (
        ("subject", LONGEST_SUBJECT),
        ("second_subject", LONGEST_SUBJECT),
        ("introduction", LONGEST_INTRODUCTION),
    ):
        text: str = getattr(words, field)
        if len(text) > longest:
            phrase = N_("At most %(most)s characters fit; these are %(length)s.")
            refusals.append(Refusal(phrase, field=field, most=longest, length=len(text)))
        if any(not sign.isprintable() and not (sign == "\n" and field == "introduction") for sign in text):
            refusals.append(Refusal(N_("It holds a line break or a control character."), field=field))
        for phrase, values in faults_in([text]):
            refusals.append(Refusal(phrase, field=field, **values))
    if words.second_subject and not words.subject:
        refusals.append(
            Refusal(N_("To compare two subjects, write the first one, too."), field="second_subject")
        )
    if words.second_subject and words.second_subject == words.subject:
        refusals.append(Refusal(N_("The two subjects are the same."), field="second_subject"))
    if refusals:
        raise refusals[0] if len(refusals) == 1 else SeveralRefusals(refusals)


def choose_subject(invitation: Invitation, words: LetterWords | None) -> None:
    """Draw which of its touchpoint's two subjects the invitation's letters bear; once drawn, reminders bear the same."""
    if words is None or words.second_subject is None:
        invitation.variant = None
    elif invitation.variant is None:
        invitation.variant = "a" if draw("subject", invitation.public_id) < 0.5 else "b"
