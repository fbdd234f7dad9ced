"""How improvements read: what they are about, where they stand, what the figures say."""

from flask import Flask
from flask_babel import get_locale, gettext

from feedback.follow_up.closing.causes import labels
from feedback.follow_up.closing.queries import own_details
from feedback.improving.measuring import hope_of, subject_of
from feedback.improving.models import Improvement
from feedback.improving.states import STATES
from feedback.improving.subjects import Subject, label
from feedback.improving.verdicts import DOWN, SCORE, SHARE, UP, VERDICTS, WHYS, Hope
from feedback.insights.filters import place_name
from feedback.insights.trends import Verdict
from surveys.errors import N_
from surveys.filters import number, translated

# What may be hoped for, as it is chosen: the measure and the direction.
HOPES: dict[str, str] = {
    f"{SHARE}:{DOWN}": N_("fewer answers raise it"),
    f"{SCORE}:{UP}": N_("the score rises"),
    f"{SHARE}:{UP}": N_("more answers raise it"),
    f"{SCORE}:{DOWN}": N_("the score falls"),
}


def subject_words(subject: Subject) -> str:
    """Return the words for a theme or a cause."""
    return label(subject, labels(own_details()), str(get_locale()))


def improvement_about(improvement: Improvement) -> str:
    """Return what an improvement is about."""
    return subject_words(subject_of(improvement))


def improvement_state(state: str) -> str:
    """Return the word for a state."""
    return str(gettext(STATES[state]))


def checked_text(improvement: Improvement) -> str:
    """Return in a line what came of a judged improvement: the subject of its mail, and its news."""
    verdict = verdict_word(improvement.verdict or "unclear")
    return str(
        gettext("Checked: %(title)s – %(verdict)s", title=translated(improvement.title), verdict=verdict)
    )


def verdict_word(verdict: str) -> str:
    """Return the word for a verdict."""
    return str(gettext(VERDICTS[verdict]))


def why_words(why: str) -> str:
    """Return why a verdict is what it is."""
    return str(gettext(WHYS[why]))


def hope_words(improvement: Improvement) -> str:
    """Return what was hoped for: "fewer answers raise it, by at least 3 points"."""
    hope: Hope = hope_of(improvement)
    said = str(gettext(HOPES[f"{hope.measure}:{hope.direction}"]))
    if hope.least is None:
        return said
    return str(gettext("%(hope)s, by at least %(points)s points", hope=said, points=number(hope.least, 1)))


def where_words(improvement: Improvement) -> str:
    """Return where the answers come from: "Demo Shop, Austria"; empty for everywhere."""
    places = [place_name(value, name) for name, value in sorted(improvement.parts.items())]
    return ", ".join([*([improvement.brand.name] if improvement.brand else []), *places])


def share_text(share: float | None) -> str:
    """Return how many of 100 raised it, with one decimal; a dash without answers."""
    return "–" if share is None else number(share, 1)


def share_range(change: Verdict) -> str:
    """Return the interval of a difference of shares with signs, such as "−8.1 to −2.3"."""
    if change.interval is None:
        return "–"
    low, high = _with_sign(change.interval.low), _with_sign(change.interval.high)
    return str(gettext("%(low)s to %(high)s", low=low, high=high))


def ledger_text(change: Verdict) -> str:
    """Return one sentence on whether the subject became rarer."""
    if change.difference is None:
        return str(gettext("There are no answers on one side to compare with."))
    values = {"range": share_range(change)}
    if change.outcome == "too_few":
        return str(
            gettext(
                "Too few answers to say whether it became rarer (change %(range)s answers of 100).", **values
            )
        )
    if change.outcome == "not_distinguishable":
        return str(
            gettext(
                "No clear difference in how often it is raised (change %(range)s answers of 100).", **values
            )
        )
    if change.difference < 0:
        return str(
            gettext("It became rarer: more than chance explains (change %(range)s answers of 100).", **values)
        )
    return str(
        gettext(
            "It became more frequent: more than chance explains (change %(range)s answers of 100).", **values
        )
    )


def _with_sign(value: float) -> str:
    """Return a difference with its sign; one so small that its sign would stand before a nought, more exactly."""
    said = number(abs(value), 1 if abs(value) >= 0.05 else 2)
    if value > 0:
        return f"+{said}"
    return f"\N{MINUS SIGN}{said}" if value < 0 else said


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (
        subject_words,
        improvement_about,
        improvement_state,
        verdict_word,
        why_words,
        hope_words,
        where_words,
        share_text,
        share_range,
        ledger_text,
    ):
        app.add_template_filter(function)
