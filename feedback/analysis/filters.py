"""How comments read on pages: with what they talk about, and with how the program came to read them so."""

from typing import NamedTuple

from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as translate

from feedback.analysis import marks
from feedback.analysis.examining import ENCODER
from feedback.analysis.intents.words import INTENT_NAMES
from feedback.analysis.mismatch import MISMATCHES
from feedback.analysis.models import INTENT, Analysis
from feedback.analysis.sentiment import mood_of
from feedback.analysis.themes.trial import Met
from feedback.analysis.words import DOES, EXPLAINED, FLAGS_IN_SHORT, TESTED_LANGUAGES, how_sure
from surveys.code_book.themes import DETAILS, THEMES, label
from surveys.filters import covered, number, percent
from surveys.personal_data import Masked
from surveys.responses.models import Response


class Part(NamedTuple):
    """A clause of a comment as it is shown, and what it does: complaint, praise, neither."""

    text: str
    mood: str
    does: str


def gettext(words: str, **values: str) -> str:
    """Return a phrase in the reader's language."""
    return str(translate(words, **values))


def pieces(response: Response, analysis: Analysis | None, unmasked: bool = False) -> list[marks.Piece]:
    """Return the comment of a response in pieces, with what was read in it.

    Its personal data is covered, and no mark tells where one would be within it; `unmasked` shows all.
    """
    shown = as_shown(response, unmasked)
    spans: list[marks.Span] = []
    if analysis is not None:
        for mention in analysis.mentions:
            role = marks.WANTS if mention.kind == INTENT else marks.ABOUT
            spans += [marks.Span(role, mention.start, mention.end)] if mention.end else []
        for start, end, weight in analysis.marks:
            spans.append(marks.Span(marks.GOOD if weight > 0 else marks.BAD, int(start), int(end)))
    places = [(span.role, shown.place(span.start, span.end)) for span in spans]
    return marks.pieces(shown.text, [marks.Span(role, *place) for role, place in places if place is not None])


def clauses(response: Response, analysis: Analysis, unmasked: bool = False) -> list[Part]:
    """Return the clauses that were read one by one, in the order of the comment; none where it was read as a whole."""
    shown = as_shown(response, unmasked)
    found = []
    for start, end, felt in analysis.clauses:
        place = shown.place(int(start), int(end))
        if place is not None:
            mood = mood_of(felt)
            found.append(Part(shown.text[slice(*place)], mood, gettext(DOES[mood])))
    return found


def complaint_first(response: Response, analysis: Analysis | None) -> str:
    """Return the covered comment for a row; a mixed one from its worst clause on, behind an ellipsis."""
    shown = as_shown(response, unmasked=False)
    if analysis is None or analysis.label != "mixed" or not analysis.clauses:
        return shown.text
    start, end, _felt = min(analysis.clauses, key=lambda clause: clause[2])
    place = shown.place(int(start), int(end))
    return shown.text if place is None or place[0] == 0 else f"… {shown.text[place[0] :]}"


def as_shown(response: Response, unmasked: bool) -> Masked:
    """Return the comment with its personal data covered, or with nothing covered."""
    comment = response.comment or ""
    return Masked(comment, ()) if unmasked else covered(comment)


def themes(analysis: Analysis | None) -> list[marks.Theme]:
    """Return the themes of a comment; of a mixed one what sounds bad comes first. None while it is not read."""
    found = marks.themes(analysis.themes) if analysis else []
    return marks.worst_first(found) if analysis and analysis.label == "mixed" else found


def intents(analysis: Analysis | None) -> list[str]:
    """Return what the customer wants or threatens, in the reader's language, in the order of the urgent first."""
    if analysis is None:
        return []
    found = {mention.code for mention in analysis.mentions if mention.kind == INTENT}
    return [gettext(name) for code, name in INTENT_NAMES.items() if code in found]


def theme_name(code: str) -> str:
    """Return the words for a theme in the reader's language."""
    return label(code, str(get_locale()))


def marked_pieces(met: Met) -> list[marks.Piece]:
    """Return a comment that phrases were tried on, in pieces; personal data in it is covered."""
    shown = covered(met.comment.text)
    places = [shown.place(start, end) for _code, start, end in (place[:3] for place in met.places)]
    return marks.pieces(
        shown.text, [marks.Span(marks.ABOUT, *place) for place in places if place is not None]
    )


def label_explained(label: str) -> str:
    """Return in a sentence what a label says."""
    return gettext(EXPLAINED[label])


def flag_words(flag: str, short: bool = False) -> str:
    """Return how words and score disagree."""
    return gettext(FLAGS_IN_SHORT[flag] if short else MISMATCHES[flag])


def sure_word(confidence: float) -> str:
    """Return in words how sure the reader was, from a chance of 0 to 1."""
    return gettext(how_sure(confidence))


def sureness(analysis: Analysis) -> str:
    """Return in words and percent how sure the reader was; "" where it gave no probabilities."""
    if analysis.confidence is None or analysis.p_negative is None or analysis.p_positive is None:
        return ""
    shares = {
        "negative": percent(100 * analysis.p_negative),
        "positive": percent(100 * analysis.p_positive),
        "most": percent(100 * analysis.confidence),
    }
    if analysis.label == "mixed":
        return gettext("as a whole %(negative)s negative, %(positive)s positive", **shares)
    if analysis.label == "uncertain":
        return gettext("not sure: %(negative)s negative, %(positive)s positive, the rest neither", **shares)
    return gettext("%(sure)s: %(most)s", sure=sure_word(analysis.confidence), **shares)


def language_read(analysis: Analysis) -> str:
    """Return the language that a comment was read in, and whether reading it was ever tested."""
    if analysis.language is None:
        return gettext("could not be told")
    name = get_locale().languages.get(analysis.language.lower(), analysis.language)
    if analysis.language in TESTED_LANGUAGES:
        return str(name)
    return gettext(
        "%(language)s (untested language: nobody has measured how often it is read right)", language=name
    )


def baseline_words(analysis: Analysis) -> str:
    """Return what TextBlob alone makes of a comment; "" where it was not asked."""
    if analysis.baseline is None:
        return ""
    sounds = {
        "negative": gettext("negative"),
        "neutral": gettext("neutral"),
        "positive": gettext("positive"),
    }[mood_of(analysis.baseline)]
    return gettext(
        "%(sounds)s (%(polarity)s on −1 to 1)", sounds=sounds, polarity=polarity(analysis.baseline)
    )


def polarity(value: float) -> str:
    """Return a polarity with two decimals and a real minus."""
    return number(value, 2).replace("-", "−")


def details_of(theme: str) -> list[str]:
    """Return the codes of the second level below a theme, in the order of the book."""
    return [code for code in DETAILS if code.partition(".")[0] == theme]


def read_by(analyzer: str) -> str:
    """Return in plain words who reads: the program with its encoder, by words alone, or another."""
    if ENCODER in analyzer:
        return gettext("our program, by meaning and words (with the encoder)")
    if ", words," in analyzer:
        return gettext("our program, by words alone (without the encoder)")
    return gettext("our program")


def init_app(app: Flask) -> None:
    """Hang the filters where templates find them."""
    for each in (
        pieces,
        clauses,
        complaint_first,
        themes,
        intents,
        theme_name,
        marked_pieces,
        label_explained,
        flag_words,
        sureness,
        sure_word,
        language_read,
        baseline_words,
        polarity,
        read_by,
    ):
        app.jinja_env.filters[each.__name__] = each
    app.jinja_env.globals["theme_codes"] = [code for theme in THEMES for code in (theme, *details_of(theme))]
