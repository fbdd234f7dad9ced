"""How well and how fast comments are read, beside TextBlob and VADER as they come, in the same run.

`bench/comments` holds the development sets, whose sources and licences stand in its README. The GermEval set may not be
part of the project: EVAL_DIR names a folder with `de_germeval17_dia.tsv`, else that line says *not measured*.
`python -m bench.reading` is one reader with nothing else around it, for its memory.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import psutil
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from bench.figures import Figure, Place
from feedback.analysis.intents.finds import INTENTS, find_intents, ruled_out
from feedback.analysis.intents.hints import hints
from feedback.analysis.intents.meant import with_meant
from feedback.analysis.reader.analyzer import FeedbackAnalyzer
from feedback.analysis.reader.plain_text import parts, plain
from feedback.analysis.sentiment import Reading

COMMENTS = Path(__file__).parent / "comments"
LABELS = ("negative", "neutral", "positive")
URGENT = set(INTENTS[:7])
GERMEVAL = "de_germeval17_dia.tsv"
MOST_GERMEVAL = 700  # Its texts are long; the first so many are enough for two digits.
WITHIN = (
    0.05  # What TextBlob and VADER say nearer to nought than this is taken as neutral, as their authors do.
)
TWELVE = "The delivery was late again and nobody told me why, very annoying"
FORTY = (
    "I ordered the blue jacket for my son and the quality is really lovely, but it took three weeks to arrive, nobody "
    "answered my mails, and in the end I had to call twice to hear where it was."
)
Row = tuple[int, str]
Urgent = tuple[set[str], set[str], set[str]]


def rows_of(path: Path, *, header: bool = True, label: int = 0, text: int = -1) -> list[Row]:
    """Return (place in LABELS, text) of the rows that have one of the three labels."""
    lines = path.read_text(encoding="utf-8").splitlines()[1 if header else 0 :]
    cells = [line.split("\t") for line in lines]
    return [(LABELS.index(row[label]), row[text]) for row in cells if row[label] in LABELS]


def macro_f1(truth: Sequence[int], found: Sequence[int]) -> float:
    """Return the mean over the three labels of the harmonic mean of precision and recall."""
    t, f = np.array(truth), np.array(found)
    return float(
        np.mean([2 * ((t == k) & (f == k)).sum() / max(1, (t == k).sum() + (f == k).sum()) for k in range(3)])
    )


def calibration_error(chances: np.ndarray, truth: Sequence[int]) -> float:
    """Return the mean distance between how sure and how right, over ten bins of sureness (Naeini et al., 2015)."""
    sure, right = chances.max(axis=1), chances.argmax(axis=1) == np.array(truth)
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(sure[bins == k].mean() - right[bins == k].mean()) * (bins == k).mean() for k in set(bins)]
    return float(sum(gaps))


def sign(polarity: float) -> int:
    """Return the place of the label that a polarity alone stands for."""
    return 1 if abs(polarity) <= WITHIN else 2 if polarity > 0 else 0


def chances_of(reading: Reading) -> tuple[float, float, float]:
    """Return the three chances; what could not be read counts as neutral."""
    return tuple(reading.probabilities) if reading.probabilities else (0.0, 1.0, 0.0)


def others() -> dict[str, Callable[[str], float]]:
    """Return the readers we compare with, each from a text to a polarity."""
    vader = SentimentIntensityAnalyzer()
    return {
        "TextBlob": lambda text: TextBlob(text).sentiment.polarity,
        "VADER": lambda text: vader.polarity_scores(text)["compound"],
    }


def on_set(
    at: Place, reader: FeedbackAnalyzer, name: str, rows: list[Row], locale: str, wanted: float
) -> list[Figure]:
    """Measure one set: macro-F1, or with two labels only the share with the right sign, and calibration."""
    truth = [label for label, _text in rows]
    chances = np.array([chances_of(reader.read(text, locale)) for _label, text in rows])
    polar = 1 not in truth
    if polar:
        score = float(((chances[:, 2] > chances[:, 0]) == (np.array(truth) == 2)).mean())
    else:
        score = macro_f1(truth, chances.argmax(axis=1))
    figures = [
        at.figure(f"{name}: {'accuracy' if polar else 'macro-F1'}", score, "", f"≥ {wanted}", score >= wanted)
    ]
    for other, polarity in others().items():
        said = [polarity(text) for _label, text in rows]
        if polar:
            theirs = float(np.mean([(p > 0) == (t == 2) for p, t in zip(said, truth, strict=True)]))
        else:
            theirs = macro_f1(truth, [sign(p) for p in said])
        figures.append(at.figure(f"{name}: {other}", theirs, "", f"below {score:.2f}", theirs < score))
    error = calibration_error(chances, truth) if not polar else None
    if error is not None:
        figures.append(at.figure(f"{name}: calibration error", error, "", "≤ 0.08", error <= 0.08))
    wrong = [t != 1 and (c[2] > c[0]) != (t == 2) for t, c in zip(truth, chances, strict=True) if t != 1]
    share = float(np.mean(wrong))
    figures.append(
        at.figure(f"{name}: clear praise or complaint with the wrong sign", share, "", "≤ 0.20", share <= 0.2)
    )
    return figures


def agreement(at: Place, reader: FeedbackAnalyzer, rows: list[Row], locale: str) -> list[Figure]:
    """Measure how often a comment is read the same when it is only written differently."""
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
    ways: list[tuple[str, Callable[[str], str], float]] = [
        ("in capitals", str.upper, 0.95),
        ("wrapped in HTML", lambda text: f"<div><p>{text}</p></div>", 0.98),
    ]
    if locale == "de":
        ways.append(("with ae, oe, ue, ss", lambda text: text.translate(umlauts), 0.95))
    plainly = [int(np.argmax(chances_of(reader.read(text, locale)))) for _label, text in rows]
    figures = []
    for how, write, wanted in ways:
        said = [int(np.argmax(chances_of(reader.read(write(text), locale)))) for _label, text in rows]
        same = float(np.mean([a == b for a, b in zip(plainly, said, strict=True)]))
        figures.append(at.figure(f"read the same {how}, {locale}", same, "", f"≥ {wanted}", same >= wanted))
    return figures


def germeval(at: Place, reader: FeedbackAnalyzer) -> list[Figure]:
    """Measure the railway set if somebody has it."""
    folder = os.environ.get("EVAL_DIR")
    if not folder or not (Path(folder) / GERMEVAL).exists():
        print("      GermEval 2017, German railway: not measured (EVAL_DIR names the folder of its file)")
        return []
    rows = rows_of(Path(folder) / GERMEVAL, header=False, label=1, text=0)[:MOST_GERMEVAL]
    return on_set(at, reader, "German railway", rows, "de", 0.48)


def urgent_of(reader: FeedbackAnalyzer, kind: str, language: str) -> Iterator[Urgent]:
    """Yield of each comment of a set the urgent intents it means, those of the rules and those of the lines."""
    path = COMMENTS / f"{kind}.{language}.tsv"
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        intents, *_, text = line.split("\t")
        reading = reader.read(text, language)
        by_rules = find_intents(text, reading.language)
        denied = ruled_out(text, reading.language)
        by_lines = with_meant([], hints(text), reading.vector, reading.polarity, denied)
        yield (
            set(intents.split(",")) & URGENT,
            {find.intent for find in by_rules} & URGENT,
            {find.intent for find in by_lines} & URGENT,
        )


def found_of(rows: Iterable[tuple[set[str], set[str]]]) -> tuple[float, float]:
    """Return recall and precision over (meant, found), each intent of each comment counted once."""
    pairs = list(rows)
    right = sum(len(meant & found) for meant, found in pairs)
    wanted, said = sum(len(meant) for meant, _ in pairs), sum(len(found) for _, found in pairs)
    return right / max(1, wanted), right / max(1, said)


def urgent(
    at: Place, reader: FeedbackAnalyzer, kind: str, language: str, wanted: tuple[float, float]
) -> list[Figure]:
    """Measure what is found of urgent intents by rules and lines together, and print what each finds alone."""
    rows = list(urgent_of(reader, kind, language))
    together = [(meant, rules | lines) for meant, rules, lines in rows]
    ways = {
        "rules": [(meant, rules) for meant, rules, _ in rows],
        "lines": [(meant, lines) for meant, _, lines in rows],
        "both": together,
    }
    for intent in (*INTENTS[:7], "all"):
        only = URGENT if intent == "all" else {intent}
        told = [(way, *found_of((m & only, f & only) for m, f in pairs)) for way, pairs in ways.items()]
        each = ", ".join(f"{way} {recall:.2f} and {precision:.2f}" for way, recall, precision in told)
        print(f"      {kind}, {language}, {intent}, recall and precision: {each}", flush=True)
    heard = [bool(found) for meant, found in together if meant]
    print(f"      {kind}, {language}, urgent comments with any urgent find: {np.mean(heard):.2f}", flush=True)
    return [
        at.figure(f"{kind}, urgent, {language}: {name}", score, "", f"≥ {least}", score >= least)
        for name, score, least in zip(("recall", "precision"), found_of(together), wanted, strict=True)
    ]


def speed(at: Place, reader: FeedbackAnalyzer) -> list[Figure]:
    """Measure how many short comments a core reads a second, and what a long one takes."""
    began, count = time.process_time(), 60
    for number in range(count):
        reader.read(f"{TWELVE} {number}", "en")
    rate = count / (time.process_time() - began)
    began = time.process_time()
    for number in range(20):
        reader.read(f"{FORTY} {number}", "en")
    each = 1000 * (time.process_time() - began) / 20
    began = time.process_time()
    reader.read("It is late. " * 2000, "en")
    longest = time.process_time() - began
    return [
        at.figure("comments of 12 words on one core", rate, "/s", "≥ 25", rate >= 25),
        at.figure("a comment of 40 words with its clauses", each, "ms", "≤ 150", each <= 150),
        at.figure("a comment of 20,000 characters", longest, "s", "≤ 2", longest <= 2),
    ]


def memory(at: Place) -> list[Figure]:
    """Measure a process that does nothing but read."""
    done = subprocess.run([sys.executable, "-m", "bench.reading"], capture_output=True, text=True, check=True)
    size = float(done.stdout)
    return [at.figure("memory of a process that reads (RSS)", size, "MiB", "≤ 400", size <= 400)]


def measure(at: Place) -> list[Figure]:
    """Measure everything with the reader as it ships."""
    reader = FeedbackAnalyzer()
    print(f"      read by {reader.analyzer} {reader.why_without}")
    english, german = rows_of(COMMENTS / "survey.en.tsv"), rows_of(COMMENTS / "survey.de.tsv")
    return [
        *on_set(at, reader, "English survey comments", english, "en", 0.78),
        *on_set(at, reader, "German survey comments", german, "de", 0.75),
        *on_set(at, reader, "Yelp sentences", rows_of(COMMENTS / "yelp.en.tsv"), "en", 0.90),
        *on_set(at, reader, "GoEmotions", rows_of(COMMENTS / "goemotions.en.tsv"), "en", 0.60),
        *germeval(at, reader),
        *agreement(at, reader, english, "en"),
        *agreement(at, reader, german, "de"),
        *(
            figure
            for kind, wanted in (
                ("unseen_intents", (0.5, 0.7)),
                ("natural_intents", (0.95, 0.7)),
                ("fresh_intents", (0.95, 0.7)),
                ("later_intents", (0.95, 0.7)),
                ("newest_intents", (0.95, 0.7)),
            )
            for language in ("en", "de")
            for figure in urgent(at, reader, kind, language, wanted)
        ),
        *speed(at, reader),
        *memory(at),
    ]


if __name__ == "__main__":
    alone = FeedbackAnalyzer()
    for line in range(100):
        alone.read(" ".join(parts(plain(f"{FORTY} {line}"))), "en")
    print(psutil.Process().memory_info().rss / 2**20)
