"""The doctor's look at the reader of comments, the phrases of themes, and the index that search looks at."""

from feedback.analysis.queries import own_phrases, reader_at_work
from feedback.analysis.search.queries import waiting
from feedback.analysis.themes.own_phrases import without_effect
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


def look_at_phrases(_at: Surroundings) -> list[Finding]:
    """Look whether the shop's changes to the phrases of themes still meet the phrases that are shipped."""
    lost = without_effect(own_phrases())
    if not lost:
        return [Finding("ok", "all changes of the shop to the phrases of themes take effect")]
    said = f"changes of the shop to phrases do nothing since an update changed what is shipped: {len(lost)}"
    return [Finding("warn", said, "Look at the page Settings, Themes; it names them.")]


def look_at_search(_at: Surroundings) -> list[Finding]:
    """Look whether search finds all comments that were read."""
    unfound = waiting().unfound
    if not unfound:
        return [Finding("ok", "search finds every comment that was read")]
    advice = "The loop puts them in by itself, a thousand in some seconds; keep it running (flask loop run)."
    return [
        Finding("warn", f"search does not find {unfound} comments yet: they are still to be indexed", advice)
    ]
