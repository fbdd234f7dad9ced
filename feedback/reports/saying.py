"""The sentence that a report begins with; every mail and page of this room says it by this one function."""

from flask_babel import gettext

from feedback.insights.filters import against_text, change_text, headline, interval_text
from feedback.insights.scores import Measure
from feedback.insights.trends import Verdict


def sentence(found: Measure, kind: str, change: Verdict | None, days: int, before: str = "") -> str:
    """Return the figure with its interval, whether it rests on few answers, and whether it has changed.

    `change` is against the `days` days before, or against what `before` names; None where that is not to be told.
    """
    said = [f"{headline(found, kind)} ({interval_text(found, kind)})."]
    if found.is_thin and change is None:  # else the change says it
        said.append(gettext("These are few answers."))
    if change is not None:
        said.append(against_text(change, kind, before) if before else change_text(change, kind, days))
    return " ".join(said)
