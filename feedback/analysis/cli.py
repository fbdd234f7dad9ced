"""`flask sentiment`: read comments from a file, and rebuild the heads that the reader ships with."""

import json
from pathlib import Path
from typing import TextIO

import click
from flask.cli import AppGroup

from feedback.analysis.corrections.lessons import ENOUGH_THEMES, Outcome, missing
from feedback.analysis.corrections.queries import (
    lesson_counts,
    lessons,
    theme_corrections,
    theme_lessons,
    worth_refitting,
)
from feedback.analysis.corrections.refitting import keep_outcome
from feedback.analysis.models import LABEL
from feedback.analysis.readers import (
    load_intent_heads,
    load_intent_words,
    load_reader,
    load_shop_heads,
    load_theme_heads,
    load_training,
)
from feedback.analysis.sentiment import Reading
from surveys.clock import business_now
from surveys.database import begin_writing, db

sentiment = AppGroup("sentiment", help="How comments are read.")


@sentiment.command("read")
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@click.option("--language", help="The language of the page the comments were written on, such as de.")
def read(file: TextIO, language: str | None) -> None:
    """Read FILE (- for standard input), one comment a line; write one JSON object a line."""
    reader = load_reader()
    if reader.why_without:
        click.echo(f"Read without the encoder, less surely: {reader.why_without}", err=True)
    for line in file:
        comment = line.rstrip("\r\n")
        click.echo(json.dumps({"text": comment} | shape(reader.read(comment, language)), ensure_ascii=False))


def shape(reading: Reading) -> dict[str, object]:
    """Return the JSON form of a reading."""
    return {
        "language": reading.language,
        "label": reading.label,
        "polarity": reading.polarity,
        "probabilities": reading.probabilities and reading.probabilities._asdict(),
        "subjectivity": reading.subjectivity,
        "baseline": reading.baseline,
        "words": [mark._asdict() for mark in reading.words],
        "clauses": [clause._asdict() for clause in reading.clauses],
    }


@sentiment.command("train")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Where to; the shipped file by default."
)
@click.option(
    "--name", default=None, help="What this training is called; the reader writes it beside each reading."
)
def train(out: Path | None, name: str | None) -> None:
    """Rebuild the heads from the project's seeds and data; takes some minutes."""
    training = load_training()
    encode, why = training.load_encoder(None)
    if encode is None:
        raise click.ClickException(f"The heads cannot be trained without the encoder (make encoder): {why}")
    with click.progressbar(length=len(training.rows_of()), label="Reading what to learn from") as bar:
        trained = training.train(
            name or f"heads {training.fingerprint()}",
            encode,
            lambda done, _of: bar.update(done - bar.pos),
        )
    trained.weights.save(out or training.SHIPPED)
    click.echo(f"{trained.rows} rows; right on held-out rows: {trained.right}; {trained.weights.temperature}")


@sentiment.command("train-intents")
def train_intents() -> None:
    """Rebuild what finds the wants and threats that no rule knows the words of; takes some minutes."""
    training, learning, words = load_training(), load_intent_heads(), load_intent_words()
    encode, why = training.load_encoder(None)
    if encode is None:
        raise click.ClickException(f"The lines cannot be learnt without the encoder (make encoder): {why}")
    with click.progressbar(length=len(learning.seeds()), label="Reading what to learn from") as bar:
        lines = learning.train(encode, lambda done, _of: bar.update(done - bar.pos))
    learning.save(lines)
    words.save(words.hints_of(learning.seeds()))
    click.echo(f"{len(lines)} lines, in {learning.SHIPPED.name}; hints of words, in {words.SHIPPED.name}")


@sentiment.command("refit")
def refit() -> None:
    """Learn from the shop's corrections; the loop does it every night when there are new ones."""
    wanting = missing(lesson_counts())
    themes = theme_corrections()
    if wanting and themes < ENOUGH_THEMES:
        said = ", ".join(f"{number} {label or 'in all'}" for label, number in wanting.items())
        raise click.ClickException(
            f"There are too few corrections to learn from; still missing: {said}; of themes {ENOUGH_THEMES - themes}."
        )
    new = worth_refitting()
    if not new:
        click.echo("Nothing was corrected since the last time.")
    for kind in new:
        learnable = lessons() if kind == LABEL else theme_lessons()
        db.session.rollback()  # Learning takes a minute, in which nobody is to wait for this database.
        click.echo(keep((load_shop_heads() if kind == LABEL else load_theme_heads()).learn(learnable), kind))


def keep(outcome: Outcome, kind: str) -> str:
    """Store what came of learning, and say so."""
    begin_writing()
    head = keep_outcome(outcome, business_now(), kind)
    db.session.commit()
    said = "used from now on" if head.is_active else "kept, not used" if head.numbers else "not good enough"
    measure = "macro-F1 of labels" if kind == LABEL else "micro-F1 of themes"
    rows = "corrections" if kind == LABEL else "comments with corrected themes"
    return f"{head.rows} {rows}; {measure} {head.before} as shipped, {head.after} with them: {said}."
