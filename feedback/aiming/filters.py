"""How goals read: their name, what came of them, whether the change can be seen."""

from collections.abc import Mapping

from flask import Flask
from flask_babel import gettext, ngettext

from feedback.aiming.feasibility import Feasibility
from feedback.aiming.models import Goal
from feedback.aiming.standings import Outcome, Standing
from feedback.insights.filters import day_text, is_mean, metric_name, place_name, score_text
from feedback.insights.scores import HEADLINES, rounded_to
from surveys.errors import N_
from surveys.filters import number

OUTCOME_WORDS: Mapping[str, str] = {
    "confirmed": N_("Reached, confirmed"),
    "unconfirmed": N_("Reached, not confirmed"),
    "open": N_("Open"),
    "missed": N_("Missed"),
    "no_answers": N_("No answers"),
}
OUTCOME_TEXTS: Mapping[Outcome, str] = {
    "confirmed": N_("The score is at the goal, and chance hardly explains that."),
    "unconfirmed": N_("The score is at the goal, but chance could have lifted it there."),
    "open": N_("The score is below the goal, but so near that chance could have kept it there."),
    "missed": N_("The score is below the goal, and chance hardly explains that."),
    "no_answers": N_("Too few have answered to show a score."),
}
MOODS: Mapping[str, str] = {
    "confirmed": "happy",
    "unconfirmed": "neutral",
    "open": "neutral",
    "missed": "unhappy",
    "no_answers": "neutral",
}
MEAN_DIGITS = 2


def target_text(value: float, kind: str) -> str:
    """Return a score to be reached, as exactly as it was set: whole ones without decimals."""
    if is_mean(kind) or value == int(value):
        return score_text(value, kind)
    exact = number(abs(value), 1)
    if HEADLINES[kind] == "share":
        return str(gettext("%(share)s %%", share=exact))
    return exact if value > 0 else f"\N{MINUS SIGN}{exact}"


def goal_name(goal: Goal) -> str:
    """Return what is to be reached, such as "NPS 45 or more, Austria"."""
    kind = goal.survey.kind
    metric = metric_name(kind)
    target = target_text(goal.target, kind)
    return ", ".join(
        [str(gettext("%(metric)s %(target)s or more", metric=metric, target=target)), *places(goal)]
    )


def places(goal: Goal) -> list[str]:
    """Return the words for the part of the customers that a goal is about, none for all."""
    shop = [goal.brand.name] if goal.brand else []
    return shop + [place_name(value, dimension) for dimension, value in goal.part.items()]


def change_size(change: float, kind: str) -> str:
    """Return how much more is wanted, such as "+3 points"."""
    size = rounded_to(change, MEAN_DIGITS if is_mean(kind) else 1)
    said = number(size, 0 if size == int(size) else MEAN_DIGITS if is_mean(kind) else 1)
    if is_mean(kind):
        return str(gettext("+%(size)s stars", size=said))
    if HEADLINES[kind] == "net":
        return str(gettext("+%(size)s points", size=said))
    return str(gettext("+%(size)s percentage points", size=said))


def feasibility_text(found: Feasibility, change: float, kind: str) -> str:
    """Return in words whether the change can be seen with the answers that will come."""
    values = {"change": change_size(change, kind), "needed": number(found.needed)}
    if not found.expected:
        return str(
            gettext(
                "No answers are to be expected until then; to see %(change)s it takes %(needed)s.", **values
            )
        )
    values["expected"] = number(found.expected)
    if found.is_enough:
        phrase = ngettext(
            "About %(expected)s answer is to be expected until then; to see %(change)s it takes %(needed)s.",
            "About %(expected)s answers are to be expected until then; to see %(change)s it takes %(needed)s.",
            found.expected,
            **values,
        )
        return str(phrase)
    phrase = ngettext(
        "With about %(expected)s answer until then you will not see %(change)s; it takes %(needed)s.",
        "With about %(expected)s answers until then you will not see %(change)s; it takes %(needed)s.",
        found.expected,
        **values,
    )
    if found.smallest is None:
        return str(phrase)
    smallest = change_size(found.smallest, kind)
    said = gettext(
        "With %(expected)s you would see about %(smallest)s.", expected=values["expected"], smallest=smallest
    )
    return f"{phrase} {said}"


def frozen_feasibility(goal: Goal) -> str:
    """Return what was known when a goal was set."""
    known = Feasibility(goal.expected, goal.needed, None)
    return feasibility_text(known, goal.target - goal.baseline, goal.survey.kind)


def outcome_word(outcome: str) -> str:
    """Return the name of what came of a goal."""
    return str(gettext(OUTCOME_WORDS[outcome]))


def settled_text(goal: Goal) -> str:
    """Return in a line what came of a settled goal: its subject in a mail, and its news."""
    return f"{outcome_word(goal.outcome or '')}: {goal_name(goal)}"


def outcome_mood(outcome: str) -> str:
    """Return the mood whose colour the outcome has."""
    return MOODS[outcome]


def outcome_text(goal: Goal) -> str:
    """Return in a sentence what came of a settled goal."""
    return str(gettext(OUTCOME_TEXTS[goal.outcome])) if goal.outcome else ""  # type: ignore[index]


def reached_text(goal: Goal) -> str:
    """Return the figures a goal was settled by: score, interval, answers, and where it came from; "" without any."""
    if goal.reached is None or goal.reached_n is None:
        return ""
    kind = goal.survey.kind
    values = {
        "score": score_text(goal.reached, kind),
        "low": score_text(goal.reached_low, kind),
        "high": score_text(goal.reached_high, kind),
        "since": day_text(goal.first_day),
        "until": day_text(goal.last_day),
        "baseline": score_text(goal.baseline, kind),
        "target": target_text(goal.target, kind),
    }
    return str(
        ngettext(
            "%(score)s (%(low)s to %(high)s with 95 %% confidence) from %(n)s answer, %(since)s to %(until)s; the goal"
            " was %(target)s, the start %(baseline)s.",
            "%(score)s (%(low)s to %(high)s with 95 %% confidence) from %(n)s answers, %(since)s to %(until)s; the goal"
            " was %(target)s, the start %(baseline)s.",
            goal.reached_n,
            n=number(goal.reached_n),
            **values,
        )
    )


def so_far_text(found: Standing, goal: Goal) -> str:
    """Return where a running goal stands, without a verdict; of few answers not how far there is to go."""
    kind = goal.survey.kind
    missing = goal.target - found.score
    values = {
        "score": score_text(found.score, kind),
        "low": score_text(found.interval.low, kind),
        "high": score_text(found.interval.high, kind),
        "n": number(found.n),
    }
    if found.is_thin and is_young(goal):
        said = ngettext(
            "Just begun: %(score)s (%(low)s to %(high)s) from %(n)s answer.",
            "Just begun: %(score)s (%(low)s to %(high)s) from %(n)s answers.",
            found.n,
            **values,
        )
        return str(said)
    if found.is_thin:
        said = ngettext(
            "Few answers so far: %(score)s (%(low)s to %(high)s) from %(n)s answer.",
            "Few answers so far: %(score)s (%(low)s to %(high)s) from %(n)s answers.",
            found.n,
            **values,
        )
        return str(said)
    said = ngettext(
        "So far %(score)s (%(low)s to %(high)s) from %(n)s answer",
        "So far %(score)s (%(low)s to %(high)s) from %(n)s answers",
        found.n,
        **values,
    )
    if missing <= 0:
        return str(gettext("%(so_far)s: at the goal for now.", so_far=said))
    size = change_size(missing, kind).removeprefix("+")
    return str(gettext("%(so_far)s: %(missing)s to go.", so_far=said, missing=size))


def is_young(goal: Goal) -> bool:
    """Return whether less than half of a goal's days were over when it was measured last."""
    if goal.so_far_at is None:
        return True
    return 2 * (goal.so_far_at.date() - goal.first_day) < goal.last_day - goal.first_day


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    for function in (
        target_text,
        goal_name,
        change_size,
        feasibility_text,
        frozen_feasibility,
        outcome_word,
        outcome_mood,
        outcome_text,
        reached_text,
        so_far_text,
    ):
        app.add_template_filter(function)
