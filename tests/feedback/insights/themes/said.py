"""Answers that mention themes: as the database counts them, and stored ones."""

from feedback.analysis.models import Analysis, Mention
from feedback.insights.themes.heard import SCORES, Heard


def hear(everybody, mentioning=None, kind="nps"):
    """Return what was heard: {place: {score: n}} of all, and {code: {place: {score: n}}} of who mention a theme."""
    counts = [(place, score, n) for place, scores in everybody.items() for score, n in scores.items()]
    said = {
        code: {
            place: [*(scores.get(score, 0) for score in SCORES), *feelings(scores)]
            for place, scores in places.items()
        }
        for code, places in (mentioning or {}).items()
    }
    return Heard.of(kind, counts, said)


def feelings(scores):
    """Return how many of these scores go with a complaint, with neither, and with praise."""
    negative = sum(n for score, n in scores.items() if score < 7)
    return negative, 0, sum(scores.values()) - negative


def say(make, scores, code=None, customer=None, comment="Far too late.", polarity=-0.6, **values):
    """Store one read answer of each score, all by one customer; with `code` their comments mention it."""
    is_anonymous = make.survey(values.get("survey_key", "nps")).is_anonymous
    customer = customer or (None if is_anonymous else make.customer())
    found = []
    with make.at_one_go():
        for score in scores:
            response = make.response(score, comment, customer=customer, analysed_at=make.now, **values)
            label = "negative" if polarity < 0 else "positive"
            reading = Analysis(
                response=response, label=label, polarity=polarity, analyzer="t", analysed_at=make.now
            )
            if code:
                reading.mentions = [Mention(kind="theme", code=code, start=0, end=3, polarity=polarity)]
            make.keep(reading)
            found.append(response)
    return found
