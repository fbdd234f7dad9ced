"""Keep what a customer wants or threatens, beside the reading of how the comment feels."""

from feedback.analysis.intents.meant import read_intents
from feedback.analysis.mentioning import replace_mentions
from feedback.analysis.models import INTENT, Analysis
from feedback.analysis.themes.feelings import Felt


def note_intents(analysis: Analysis, comment: str, vector: bytes | None) -> None:
    """Write the intents of `comment`, whose vector is `vector`, over those of an earlier reading; flushes."""
    found = read_intents(comment, analysis.language, vector, analysis.polarity)
    replace_mentions(analysis, INTENT, [Felt(find.intent, find.start, find.end, None) for find in found])
