"""Promise that nobody learns whose the answers of a survey are, or take that back while nobody relies on it.

What people were told when they answered holds for good: no answer changes sides. The database keeps that too, because
every answer points to its survey together with the promise.
"""

from surveys.database import db
from surveys.errors import N_, Conflict
from surveys.questionnaires.anonymity import flaws_of_anonymity
from surveys.questionnaires.drafting import OWN_WAY, NotEditable
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import has_left, is_answered


class Answered(Conflict):
    """Somebody has answered what they were told."""

    phrase = N_(
        "Somebody has answered this survey already, and what they were told holds for good."
        " Copy the survey; for the copy you can choose anew."
    )


class Promised(Conflict):
    """Mails are out that say so."""

    phrase = N_(
        "Mails have left that promise an anonymous survey, and that holds for good."
        " Copy the survey; for the copy you can choose anew."
    )


class AsksWho(Conflict):
    """A version that people may still answer asks for what must not be known."""

    phrase = N_(
        "Version %(number)s asks for contact details or looks at the order. Whoever was asked with it may still answer,"
        " so this survey cannot become anonymous. Copy it and make the copy anonymous."
    )


def promise(survey: Survey, is_anonymous: bool) -> None:
    """Let the survey be anonymous from now on, or no longer; refuses when somebody relies on what it is.

    Answers that are being stored are waited for: each of them holds the survey fast until it is there.
    """
    if survey.kind == OWN_WAY:
        raise NotEditable()
    db.session.refresh(survey, with_for_update=True)
    if survey.is_anonymous == is_anonymous:
        return
    if is_answered(survey):
        raise Answered()
    if not is_anonymous and has_left(survey):
        raise Promised()
    if is_anonymous:
        for version in survey.versions:
            if any(flaws_of_anonymity(version.definition)):
                raise AsksWho(number=version.number)
    survey.is_anonymous = is_anonymous
    db.session.flush()
