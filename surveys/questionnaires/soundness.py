"""Why a questionnaire cannot be published: every flaw of its questions and their logic, with the place.

Logic is tried out rather than reasoned about: every way that conditions can tell apart is walked,
and a question that no way leads to is a flaw. That is exact as long as the ways can be counted;
with more than MOST_WAYS of them nothing is claimed.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, combinations, product
from math import prod
from typing import Any, NamedTuple

from surveys.errors import N_
from surveys.questionnaires.conditions import (
    NUMERIC,
    OF_THE_ANSWER,
    OF_THE_PURCHASE,
    Condition,
    Known,
    all_met,
    number_of,
)
from surveys.questionnaires.definition import KEY, THANKS, Ending, endings_of, languages, questions_of
from surveys.questionnaires.paths import way_through
from surveys.questionnaires.placeholders import faults_in
from surveys.questionnaires.questions import (
    END,
    MANY,
    MOST_CHOICES,
    MOST_QUESTIONS,
    MOST_REASONS,
    REASONS,
    SCALE,
    WITH_CHOICES,
    Question,
)
from surveys.scales import Scale

MOST_WAYS = 50_000
MOST_TICKED = 4  # of the choices that conditions name, how many are tried together
SOMETHING_ELSE = "\u0000"  # a word that no condition names


class Flaw(NamedTuple):
    """One reason: where it is (a question's key, KEY or one ending; "" is the whole), and a sentence with its values."""

    where: str
    phrase: str
    values: Mapping[str, Any] = {}


def flaws_of(definition: Mapping[str, Any], scale: Scale | None) -> list[Flaw]:
    """Return everything that stands in the way of publishing; `scale` is the key question's, if it has one."""
    questions = questions_of(definition)
    found = list(flaws_of_form(questions, languages(definition)))
    found += flaws_of_places(definition)
    found += flaws_of_logic(questions, scale)
    found += flaws_of_endings(endings_of(definition), questions, scale)
    if not found:
        found += flaws_of_ways(questions, languages(definition), scale)
    return found


def flaws_of_form(questions: Sequence[Question], spoken: Sequence[str]) -> Iterator[Flaw]:
    """Yield what each question lacks to be shown."""
    if len(questions) > MOST_QUESTIONS:
        yield Flaw("", N_("There are %(count)s further questions; at most %(most)s fit."), {
            "count": len(questions), "most": MOST_QUESTIONS})  # fmt: skip
    for question in questions:
        for language in spoken:
            text = question.texts.get(language)
            if text is None or not text.question.strip():
                yield Flaw(question.key, N_("It has no words in %(language)s."), {"language": language})
            elif any(not text.choices.get(choice, "").strip() for choice in question.choices):
                yield Flaw(question.key, N_("A choice has no words in %(language)s."), {"language": language})
        if question.kind in WITH_CHOICES and not 2 <= len(question.choices) <= MOST_CHOICES:
            phrase = N_("A choice needs at least 2 and at most %(most)s answers to choose from.")
            yield Flaw(question.key, phrase, {"most": MOST_CHOICES})
        if question.kind == REASONS and not question.options:
            yield Flaw(question.key, N_("It offers no reason; choose at least one."))
        if any(len(codes) > MOST_REASONS for codes in question.reasons.values()):
            yield Flaw(
                question.key, N_("At most %(most)s reasons fit for one group."), {"most": MOST_REASONS}
            )
        if question.kind == SCALE and not 2 <= len(question.points) <= 11:
            yield Flaw(question.key, N_("A scale has 2 to 11 points; its low end is below its high end."))


def flaws_of_places(definition: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield places for names that are none, or that would leave a gap where nothing is known."""
    texts = {KEY: list(words_in(definition["texts"]))}
    texts |= {row["key"]: list(words_in(row["texts"])) for row in definition.get("questions", ())}
    for at, row in enumerate(definition.get(THANKS, ())):
        texts[f"{THANKS}.{at}"] = list(words_in(row["texts"]))
    for where, found in texts.items():
        for phrase, values in faults_in(found):
            yield Flaw(where, phrase, values)


def words_in(part: Any) -> Iterator[str]:
    """Yield every text in a part of a document."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from words_in(each)
    elif isinstance(part, Sequence):
        for each in part:
            yield from words_in(each)


def flaws_of_logic(questions: Sequence[Question], scale: Scale | None) -> Iterator[Flaw]:
    """Yield conditions that look at nothing, ahead, or for what cannot be; and jumps that lead nowhere or back."""
    keys = [question.key for question in questions]
    for place, question in enumerate(questions):
        for condition in question.show_if:
            yield from flaws_of_condition(condition, question.key, questions[:place], keys, scale)
        for jump in question.jumps:
            for condition in jump.when:
                yield from flaws_of_condition(condition, question.key, questions[: place + 1], keys, scale)
            if jump.to != END and jump.to not in keys:
                yield Flaw(question.key, N_("It jumps to a question that was deleted."))
            elif jump.to != END and keys.index(jump.to) <= place:
                phrase = N_("It jumps back, which could go round in circles; jump to a later question.")
                yield Flaw(question.key, phrase)


def flaws_of_condition(
    condition: Condition,
    where: str,
    before: Sequence[Question],
    keys: Sequence[str],
    scale: Scale | None,
) -> Iterator[Flaw]:
    """Yield why a condition that stands at `where` can never be judged; `before` is what was answered by then."""
    of = condition.of
    asked = next((each for each in before if each.key == of), None)
    if asked is None and of in keys:
        phrase = N_("A condition looks at a question that comes later; it is not answered by then.")
        yield Flaw(where, phrase)
    elif asked is None and of not in (*OF_THE_ANSWER, *OF_THE_PURCHASE) and not of.startswith("attribute."):
        yield Flaw(where, N_("A condition looks at a question that was deleted."))
    if not condition.values:
        yield Flaw(where, N_("A condition has nothing to compare with."))
    elif condition.op in NUMERIC and number_of(condition.values[0]) is None:
        yield Flaw(where, N_("A condition compares with “%(value)s”, which is no number."), {
            "value": condition.values[0][:60]})  # fmt: skip
    possible = possible_values(of, asked, scale)
    if possible and condition.op not in NUMERIC:
        for value in condition.values:
            if value not in possible:
                phrase = N_("A condition waits for “%(value)s”, which nobody can answer.")
                yield Flaw(where, phrase, {"value": value[:60]})


def possible_values(of: str, asked: Question | None, scale: Scale | None) -> Sequence[str]:
    """Return every value something can have, empty when there is no end of them."""
    if of == "group" and scale is not None:
        return [group.name for group in scale.groups]
    if of == "score" and scale is not None:
        return [str(score) for score in scale.scores]
    return asked.options if asked is not None else ()


def flaws_of_endings(
    endings: Sequence[Ending], questions: Sequence[Question], scale: Scale | None
) -> Iterator[Flaw]:
    """Yield what is wrong with what is said in the end."""
    keys = [question.key for question in questions]
    for at, ending in enumerate(endings):
        where = f"{THANKS}.{at}"
        for condition in ending.when:
            yield from flaws_of_condition(condition, where, questions, keys, scale)
        if ending.url and not ending.url.startswith("https://"):
            yield Flaw(where, N_("The link of a thank-you page has to begin with https://."))
    # Asking only happy customers for a public review paints a false picture; several laws forbid it.
    if scale is not None:
        unhappiest = links_for(endings, scale, scale.low)
        for score in scale.scores:
            if only_theirs := links_for(endings, scale, score) - unhappiest:
                at = next(at for at, ending in enumerate(endings) if ending.url in only_theirs)
                phrase = N_(
                    "Its link is seen by happy customers only. Offer it to everybody, or take it out:"
                    " asking only the happy for a public review would paint a false picture."
                )
                yield Flaw(f"{THANKS}.{at}", phrase)
                return


def links_for(endings: Sequence[Ending], scale: Scale, score: int) -> set[str]:
    """Return the links that whoever gives this score may be offered, whatever else they answer."""
    known = {"score": (str(score),), "group": (scale.group_of(score),)}
    found = set()
    for ending in endings:
        of_the_score = [condition for condition in ending.when if condition.of in known]
        if all_met(of_the_score, known):
            found.add(ending.url)
            if len(of_the_score) == len(ending.when):
                break
    return found - {""}


def flaws_of_ways(
    questions: Sequence[Question], spoken: Sequence[str], scale: Scale | None
) -> Iterator[Flaw]:
    """Yield the questions that no way leads to."""
    reached: set[str] = set()
    for known in ways(questions, spoken, scale):
        reached |= {question.key for page in way_through(questions, known) for question in page}
        if len(reached) == len(questions):
            return
    if reached:
        for question in questions:
            if question.key not in reached:
                yield Flaw(
                    question.key, N_("No answers lead to it: its conditions or a jump keep everybody away.")
                )


def ways(questions: Sequence[Question], spoken: Sequence[str], scale: Scale | None) -> Iterator[Known]:
    """Yield what could be known, once for each case that the conditions tell apart; nothing when too many."""
    conditions = [
        condition
        for question in questions
        for condition in chain(question.show_if, *(jump.when for jump in question.jumps))
    ]
    by_key = {question.key: question for question in questions}
    told: dict[str, list[tuple[str, ...]]] = {}
    for of in dict.fromkeys(condition.of for condition in conditions):
        named = [condition for condition in conditions if condition.of == of]
        told[of] = cases(of, named, by_key.get(of), spoken)
    scores = [str(score) for score in scale.scores] if scale is not None else []
    if {"group", "score"} & told.keys() and scale is not None:
        told.pop("group", None)
        told["score"] = [(score,) for score in scores]
    if prod(map(len, told.values())) > MOST_WAYS:
        return
    for values in product(*told.values()):
        known = dict(zip(told, values, strict=True))
        if scale is not None and known.get("score"):
            known["group"] = (scale.group_of(int(known["score"][0])),)
        yield known


def cases(
    of: str, named: Sequence[Condition], question: Question | None, spoken: Sequence[str]
) -> list[tuple[str, ...]]:
    """Return the values of one thing that these conditions tell apart; () is nobody told."""
    if of == "language":
        return [(language,) for language in spoken]
    numbers = [number_of(condition.values[0]) for condition in named if condition.op in NUMERIC]
    steps = {
        str(number + step) for number in numbers if number is not None for step in map(Decimal, (-1, 0, 1))
    }
    words = {value for condition in named if condition.op not in NUMERIC for value in condition.values}
    single: list[tuple[str, ...]] = [(value,) for value in sorted(words | steps)]
    if question is not None and question.kind in (MANY, REASONS):
        most = min(len(words), MOST_TICKED)
        single = [ticked for size in range(1, most + 1) for ticked in combinations(sorted(words), size)]
    possible = possible_values(of, question, None)
    others = [(value,) for value in possible if value not in words] if possible else [(SOMETHING_ELSE,)]
    return [(), *single, *others[:1]]
