"""The doctor's look at the reader of comments."""

from feedback.analysis.queries import reader_at_work
from surveys.upkeep.checks import Finding, Surroundings

ENCODER = "e5-small"


def look_at_reader(_at: Surroundings) -> list[Finding]:
    """Look who reads comments: with the encoder, or with words alone.

    The reader itself is not loaded: this runs in web workers too, which must stay small.
    """
    analyzer = reader_at_work()
    if analyzer is None:
        return [Finding("ok", "the loop has not said yet who reads comments")]
    if ENCODER in analyzer:
        return [Finding("ok", f"comments are read by {analyzer}")]
    advice = (
        "Install the encoder with make encoder and restart the loop; it needs an x86 processor with AVX2."
    )
    return [Finding("warn", f"comments are read without the encoder, by {analyzer}: less surely", advice)]
