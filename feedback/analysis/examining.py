"""The doctor's look at the reader of comments."""

from feedback.analysis.queries import newest_analyzer
from surveys.upkeep.checks import Finding, Surroundings

ENCODER = "e5-small"


def look_at_reader(_at: Surroundings) -> list[Finding]:
    """Look who read the last comment: with the encoder, or with words alone.

    The reader itself is not loaded: this runs in web workers too, which must stay small.
    """
    analyzer = newest_analyzer()
    if analyzer is None:
        return [Finding("ok", "no comment has been read yet")]
    if ENCODER in analyzer:
        return [Finding("ok", f"comments are read by {analyzer}")]
    advice = (
        "Install the encoder with make encoder and restart the loop; it needs an x86 processor with AVX2."
    )
    return [Finding("warn", f"comments are read without the encoder, by {analyzer}: less surely", advice)]
