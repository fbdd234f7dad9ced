"""Do the words of an answer say something else than its score?

Score and words are two measurements of one opinion, and neither corrects the other: a flag asks somebody to look, and
no score is ever changed by it (methodology 5.2). Only words that are plainly for or against raise one:

- `hidden_issue`: a happy score and plainly unhappy words;
- `at_risk`: a score in between and plainly unhappy words;
- `mixed`: an unhappy score and plainly happy words, often "great product, but …";
- `scale_reversal`: the lowest scores and plainly happy words; perhaps the scale was read the wrong way round.
"""

from surveys.errors import N_
from surveys.scales import SCALES, mood_of

STRONG_POLARITY, STRONG_CONFIDENCE = 0.5, 0.8

MISMATCHES: dict[str, str] = {
    "hidden_issue": N_("A good score, but unhappy words"),
    "at_risk": N_("A middling score, but unhappy words"),
    "mixed": N_("A low score, but kind words"),
    "scale_reversal": N_("The lowest scores, but kind words: perhaps the scale was read the wrong way round"),
}


def mismatch(
    kind: str,
    score: int | None,
    label: str | None,
    polarity: float | None,
    confidence: float | None,
) -> str | None:
    """Return the flag of an answer, a key of `MISMATCHES`, or None where score and words agree or cannot be compared.

    `kind` is that of the question's scale; `label`, `polarity` from -1 to 1 and `confidence`, the highest probability
    of a class from 0 to 1, are the reading of the comment, None while there is none.
    """
    scale = SCALES.get(kind)
    if scale is None or score is None or score not in scale.scores:
        return None
    mood = mood_of(scale.group_of(score))
    if is_strong("negative", label, polarity, confidence):
        # On the scale of PMF nobody is unhappy, so that its low end is nothing in between.
        between = "at_risk" if scale.unhappy_at_most is not None else None
        return {"happy": "hidden_issue", "neutral": between}.get(mood)
    if mood == "unhappy" and is_strong("positive", label, polarity, confidence):
        return "scale_reversal" if scale.is_worst(score) else "mixed"
    return None


def is_strong(side: str, label: str | None, polarity: float | None, confidence: float | None) -> bool:
    """Tell whether words are plainly on one side, "negative" or "positive"; weaker ones raise no flag."""
    if label != side or polarity is None or confidence is None or confidence < STRONG_CONFIDENCE:
        return False
    return polarity <= -STRONG_POLARITY if side == "negative" else polarity >= STRONG_POLARITY
