"""What a form's fields say about one further question: an answer fit to be kept, or why it is none.

An answer is kept under its question's key: a text, a number, a choice's key, or a list of those.
What stands beside it has a name of its own: `key.text` what was written beside *other*, `key.email` a
part of the contact details. A question left unanswered is not there at all.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from surveys.errors import N_
from surveys.questionnaires.conditions import Known
from surveys.questionnaires.questions import (
    CONSENT,
    CONTACT,
    CONTACT_PARTS,
    DATE,
    LONG,
    MANY,
    NUMBER,
    OTHER,
    REASONS,
    SHORT,
    Question,
)

LONGEST_SHORT, LONGEST_LONG = 200, 5_000
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,12}")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Fault(NamedTuple):
    """Why a field cannot be kept: an English sentence with places for its values."""

    phrase: str
    values: Mapping[str, Any]


class Read(NamedTuple):
    """The answers and the faults of some questions, by field."""

    answers: dict[str, Any]
    faults: dict[str, Fault]


def read(questions: Iterable[Question], sent: Mapping[str, str], group: str | None) -> Read:
    """Return what the fields say about each question; `group` decides which reasons were offered."""
    found = Read({}, {})
    for question in questions:
        read_one(question, sent, group, found)
    return found


def read_one(question: Question, sent: Mapping[str, str], group: str | None, found: Read) -> None:
    """Add the answer to `question`, or its faults, to `found`."""
    key = question.key
    if question.kind in (SHORT, LONG):
        keep_text(key, sent, LONGEST_SHORT if question.kind == SHORT else LONGEST_LONG, found)
    elif question.kind == CONTACT:
        for part in CONTACT_PARTS:
            keep_text(f"{key}.{part}", sent, LONGEST_SHORT, found)
        address = found.answers.get(f"{key}.email", "")
        if address and not ADDRESS.fullmatch(address):
            del found.answers[f"{key}.email"]
            phrase = N_("This does not look like an e-mail address. Write it like name@example.com.")
            found.faults[f"{key}.email"] = Fault(phrase, {})
    elif question.kind in (MANY, REASONS):
        offered = question.reasons_for(group) if question.kind == REASONS else question.options
        ticked = [option for option in offered if sent.get(f"{key}.{option}")]
        if ticked:
            found.answers[key] = ticked
    elif question.kind == NUMBER:
        read_number(question, sent.get(key, "").strip(), found)
    elif question.kind == DATE:
        read_date(key, sent.get(key, "").strip(), found)
    elif (chosen := sent.get(key, "")) and chosen in question.options:
        found.answers[key] = chosen
    elif chosen:
        found.faults[key] = Fault(N_("This is not one of the answers. Please choose one."), {})
    if question.has_other and OTHER in as_words(found.answers.get(key)):
        keep_text(f"{key}.text", sent, LONGEST_SHORT, found)


def keep_text(name: str, sent: Mapping[str, str], longest: int, found: Read) -> None:
    """Add a text, without space around it and with one kind of line ends."""
    text = sent.get(name, "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > longest:
        phrase = N_("Your text has %(length)s characters; at most %(most)s fit. Please shorten it.")
        found.faults[name] = Fault(phrase, {"length": len(text), "most": longest})
    elif CONTROL.search(text):
        found.faults[name] = Fault(N_("Your text holds control characters that no page can show."), {})
    elif text:
        found.answers[name] = text


def read_number(question: Question, text: str, found: Read) -> None:
    """Add a whole number within the question's bounds."""
    if not text:
        return
    low, high = question.low, question.high
    number = int(text) if WHOLE_NUMBER.fullmatch(text) else None
    if number is None:
        found.faults[question.key] = Fault(N_("Please write a whole number, in digits."), {})
    elif (low is not None and number < low) or (high is not None and number > high):
        if low is not None and high is not None:
            fault = Fault(N_("Please write a number from %(low)s to %(high)s."), {"low": low, "high": high})
        elif low is not None:
            fault = Fault(N_("Please write a number of at least %(low)s."), {"low": low})
        else:
            fault = Fault(N_("Please write a number of at most %(high)s."), {"high": high})
        found.faults[question.key] = fault
    else:
        found.answers[question.key] = number


def read_date(key: str, text: str, found: Read) -> None:
    """Add a day, kept as YYYY-MM-DD, which is how browsers send it."""
    if not text:
        return
    try:
        found.answers[key] = date.fromisoformat(text).isoformat()
    except ValueError:
        found.faults[key] = Fault(N_("This is not a day of the calendar. Write it like 2026-12-31."), {})


def as_words(answer: Any) -> tuple[str, ...]:
    """Return an answer as conditions compare it; nothing answered is nothing known."""
    if answer is None:
        return ()
    return tuple(map(str, answer)) if isinstance(answer, list) else (str(answer),)


def sent_again(question: Question, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the form fields that say the kept answers once more."""
    key, fields = question.key, {}
    if question.kind in (MANY, REASONS):
        fields = {f"{key}.{option}": "1" for option in as_words(answers.get(key))}
    elif key in answers:
        fields = {key: "yes" if question.kind == CONSENT else str(answers[key])}
    beside = {name: str(answers[name]) for name in question.fields if name != key and name in answers}
    return fields | beside


def known_of(answers: Mapping[str, Any], base: Known) -> Known:
    """Return what is known once these answers are given."""
    return {**base, **{key: as_words(answer) for key, answer in answers.items()}}
