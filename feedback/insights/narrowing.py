"""Read what the address of a list of responses asks for beside its selection: words, mood, group, what disagrees."""

from collections.abc import Mapping

from feedback.analysis.mismatch import MISMATCHES
from feedback.insights.listing import ANY_FLAG, Wanted
from feedback.insights.selection import (
    ANY_UNHAPPY,
    LONGEST_SEARCH,
    NotOnOffer,
    Selection,
    group_and_mood,
)
from feedback.insights.themes.choices import answers_to
from surveys.questionnaires.queries import survey_by_key
from surveys.scales import MOOD_OF, MOODS, Mood

# What the address of a list chooses beside a selection.
NARROWS = ("q", "mood", "group", "flag", "answer", "contact", "only")


def wanted_by(given: Mapping[str, str], selection: Selection) -> Wanted:
    """Return which responses the address of a list asks for; refuse impossible values."""
    given = {name: value.strip() for name, value in given.items()}
    words = given.get("q") or None
    if words is not None and (len(words) > LONGEST_SEARCH or "\x00" in words):
        raise NotOnOffer("q", words)
    flag = given.get("flag") or None
    if flag is not None and flag != ANY_FLAG and flag not in MISMATCHES:
        raise NotOnOffer("flag", flag)
    answer = given.get("answer") or None
    if answer is not None and not can_be_said(answer, selection):
        raise NotOnOffer("answer", answer)
    group, mood = wanted_answers(given, selection)
    return Wanted(
        selection,
        group=group,
        mood=mood,
        words=words,
        flag=flag,
        answer=answer,
        is_refused=given.get("contact") == "refused",
        is_counted=given.get("only") == "counted",
    )


def can_be_said(answer: str, selection: Selection) -> bool:
    """Tell whether an answer is one to a question of the chosen survey."""
    if selection.survey is None:
        return False
    return answer in answers_to(survey_by_key(selection.survey).current.definition)


def wanted_answers(given: Mapping[str, str], selection: Selection) -> tuple[str | None, Mood | None]:
    """Return the group and the mood that the address of a list asks for; refuse what there is not."""
    group, mood = given.get("group") or None, given.get("mood") or None
    if group is not None and group not in MOOD_OF:
        raise NotOnOffer("group", group)
    if mood is not None and mood not in MOODS:
        raise NotOnOffer("mood", mood)
    kind = None
    if group == ANY_UNHAPPY and selection.survey is not None:
        kind = survey_by_key(selection.survey).kind
    return group_and_mood(group, mood, kind)
