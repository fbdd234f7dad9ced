"""What one questionnaire says, read from a version's frozen document into value objects.

A document is {"texts": {language: {...}}} with one block of texts per language. The key
question comes first and alone; the "why" follows the score's group; the permission to be
contacted may be left unanswered (methodology 3.1). Further questions, if there are any, stand in "questions", what is
said in the end in "thanks".
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from surveys.questionnaires.conditions import OF_THE_PURCHASE, Condition, Known, all_met, from_data
from surveys.questionnaires.questions import Question, QuestionText, question_from

FALLBACK_LANGUAGE = "en"
KEY, THANKS = "key", "thanks"  # where a text stands: the key question, and what is said in the end


@dataclass(frozen=True)
class Wording:
    """The texts of one questionnaire in one language, with their places for names (`placeholders`)."""

    language: str
    question: str
    points: tuple[str, ...]  # a label for every point, or empty when only the ends are labelled
    low: str
    high: str
    why: Mapping[str, str]  # by group; "" is the neutral one, used before a score is chosen
    permission: str | None

    def filled(self, put: Callable[[str], str]) -> "Wording":
        """Return the wording with `put` done to every text: it fills the places for names."""
        return replace(
            self,
            question=put(self.question),
            points=tuple(put(point) for point in self.points),
            low=put(self.low),
            high=put(self.high),
            why={group: put(text) for group, text in self.why.items()},
            permission=put(self.permission) if self.permission else None,
        )


def languages(definition: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the languages a document speaks, in its own order."""
    return tuple(definition["texts"])


@dataclass(frozen=True)
class Ending:
    """What is said in the end to those who meet every condition: words by language, and a link if `url` is set."""

    when: tuple[Condition, ...]
    texts: Mapping[str, Mapping[str, str]]  # heading, text, link
    url: str

    def words(self, language: str, put: Callable[[str], str]) -> "EndingWords":
        """Return the words in the best language there is; `put` fills the places for names."""
        block = self.texts[best_language_of(self.texts, language)]
        heading, text, link = (put(block.get(part, "")) for part in ("heading", "text", "link"))
        return EndingWords(heading, [line for line in text.splitlines() if line.strip()], link)


class EndingWords(NamedTuple):
    """What is said in the end in one language; `heading` and `link` may be empty."""

    heading: str
    sentences: list[str]
    link: str


def purchase_facts_in(definition: Mapping[str, Any]) -> frozenset[str]:
    """Return what a document's conditions look at in the purchase, so that only that is gathered."""
    conditions = [*(each for question in questions_of(definition) for each in question.show_if)]
    conditions += [
        each for question in questions_of(definition) for jump in question.jumps for each in jump.when
    ]
    conditions += [each for ending in endings_of(definition) for each in ending.when]
    looked_at = {condition.of for condition in conditions}
    return frozenset(of for of in looked_at if of in OF_THE_PURCHASE or of.startswith("attribute."))


def questions_of(definition: Mapping[str, Any]) -> tuple[Question, ...]:
    """Return the further questions of a document, in their order."""
    return tuple(question_from(row) for row in definition.get("questions", ()))


def endings_of(definition: Mapping[str, Any]) -> tuple[Ending, ...]:
    """Return the endings of a document; the first whose conditions are met is said."""
    return tuple(
        Ending(from_data(row.get("when", ())), row["texts"], row.get("url", ""))
        for row in definition.get(THANKS, ())
    )


def ending_for(endings: tuple[Ending, ...], known: Known) -> Ending | None:
    """Return the first ending that fits what is known; None means the words of the house."""
    return next((ending for ending in endings if all_met(ending.when, known)), None)


def best_language_of(texts: Collection[str], language: str) -> str:
    """Return `language` if there are words in it, else English, else the first language there is."""
    return next(tag for tag in (language, FALLBACK_LANGUAGE, *texts) if tag in texts)


def words_of_question(question: Question, language: str) -> QuestionText:
    """Return the words of a further question in the best language there is, their places not filled."""
    return question.texts[best_language_of(question.texts, language)]


def wording(definition: Mapping[str, Any], language: str) -> Wording:
    """Return the texts in `language`, else in English, else in the first one there is."""
    texts = definition["texts"]
    chosen = best_language_of(texts, language)
    block = texts[chosen]
    return Wording(
        language=chosen,
        question=block["question"],
        points=tuple(block.get("points", ())),
        low=block.get("low", ""),
        high=block.get("high", ""),
        why=dict(block.get("why", {})),
        permission=block.get("permission"),
    )
