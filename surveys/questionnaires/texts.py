"""Every text of a questionnaire with its place, so that texts can be shown side by side, counted, compared, translated.

A place is "key" for the key question, the key of a further question, or "thanks." and a number for
what is said in the end. A text is named by its place and its field: `key.why.detractor`,
`q2.choices.c1`, `thanks.0.heading`.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from surveys.errors import N_
from surveys.questionnaires.definition import KEY, THANKS, languages
from surveys.questionnaires.questions import SCALE, WITH_CHOICES
from surveys.questionnaires.soundness import Flaw

LABELS: dict[str, str] = {
    "question": N_("Question"),
    "points": N_("Point of the scale"),
    "low": N_("Low end of the scale"),
    "high": N_("High end of the scale"),
    "why": N_("Question about the reason"),
    "permission": N_("Question whether the shop may write"),
    "hint": N_("Hint below the question"),
    "choices": N_("Choice"),
    "heading": N_("Heading"),
    "text": N_("Text"),
    "link": N_("Words of the link"),
}


class Slot(NamedTuple):
    """One text: where it is, what it is, and how it reads in each language that has it.

    `of` tells texts of one kind apart: the number of a point, a group, the key of a choice.
    """

    place: str
    field: str
    of: str
    texts: Mapping[str, str]
    is_needed: bool

    @property
    def name(self) -> str:
        """Its name in files for translators."""
        return ".".join(part for part in (self.place, self.field, self.of) if part)

    @property
    def is_used(self) -> bool:
        """Whether it has to be there, or is there in some language."""
        return self.is_needed or any(self.texts.values())

    def is_missing(self, language: str) -> bool:
        """Return whether readers of this language lack it."""
        return self.is_used and not self.texts.get(language, "").strip()


def slots_of(definition: Mapping[str, Any]) -> list[Slot]:
    """Return every text of a document, in the order in which people meet them."""
    found = list(slots_of_key(definition["texts"]))
    for row in definition.get("questions", ()):
        found += slots_of_question(row)
    for number, row in enumerate(definition.get(THANKS, ())):
        found += slots_of_ending(f"{THANKS}.{number}", row["texts"])
    return found


def slots_of_key(texts: Mapping[str, Any]) -> Iterator[Slot]:
    """Yield the texts of the key question."""

    def slot(field: str, of: str, needed: bool, said: Mapping[str, str | None]) -> Slot:
        return Slot(KEY, field, of, {tag: text or "" for tag, text in said.items()}, needed)

    yield slot("question", "", True, {tag: block["question"] for tag, block in texts.items()})
    points = max((len(block.get("points", ())) for block in texts.values()), default=0)
    for at in range(points):
        said = {tag: [*block.get("points", ()), *[""] * points][at] for tag, block in texts.items()}
        yield slot("points", str(at), True, said)
    if not points:
        for end in ("low", "high"):
            yield slot(end, "", True, {tag: block.get(end, "") for tag, block in texts.items()})
    groups = dict.fromkeys(group for block in texts.values() for group in block.get("why", {}))
    for group in dict.fromkeys(("", *groups)):
        said = {tag: block.get("why", {}).get(group, "") for tag, block in texts.items()}
        yield slot("why", group, group == "", said)
    yield slot("permission", "", False, {tag: block.get("permission") for tag, block in texts.items()})


def slots_of_question(row: Mapping[str, Any]) -> Iterator[Slot]:
    """Yield the texts of a further question."""
    place, texts = row["key"], row["texts"]
    simple = ("question", "hint", "low", "high") if row["kind"] == SCALE else ("question", "hint")
    for field in simple:
        said = {tag: block.get(field, "") for tag, block in texts.items()}
        yield Slot(place, field, "", said, field == "question")
    if row["kind"] in WITH_CHOICES:
        for choice in row.get("choices", ()):
            said = {tag: block.get("choices", {}).get(choice, "") for tag, block in texts.items()}
            yield Slot(place, "choices", choice, said, True)


def slots_of_ending(place: str, texts: Mapping[str, Mapping[str, str]]) -> Iterator[Slot]:
    """Yield the texts of what is said in the end."""
    for field in ("heading", "text", "link"):
        said = {tag: block.get(field, "") for tag, block in texts.items()}
        yield Slot(place, field, "", said, False)


def with_texts(definition: Mapping[str, Any], told: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return the document with texts put in, by the name of the text and the language; unknown names are passed over."""
    changed = deepcopy(dict(definition))
    slots = {slot.name: slot for slot in slots_of(definition)}
    for name, said in told.items():
        if name in slots:
            for language, text in said.items():
                put(blocks_of(changed, slots[name].place), slots[name], language, text)
    return changed


def blocks_of(definition: dict[str, Any], place: str) -> dict[str, Any]:
    """Return the blocks of texts of one place, by language."""
    if place == KEY:
        blocks: dict[str, Any] = definition["texts"]
    elif place.startswith(f"{THANKS}."):
        blocks = definition[THANKS][int(place.partition(".")[2])]["texts"]
    else:
        blocks = next(row for row in definition["questions"] if row["key"] == place)["texts"]
    return blocks


def put(blocks: dict[str, Any], slot: Slot, language: str, text: str) -> None:
    """Write one text into its block; an empty one that nobody needs is taken out."""
    block = blocks.setdefault(language, {} if slot.place.startswith(THANKS) else {"question": ""})
    text = text.strip()
    if slot.field == "choices":  # They are written one a line; a translator's file may break them.
        text = " ".join(text.split())
    if slot.field == "points":
        longest = max(len(each.get("points", ())) for each in blocks.values())
        points = [*block.get("points", ()), *[""] * longest][:longest]
        points[int(slot.of)] = text
        block["points"] = points
    elif slot.field in ("why", "choices"):
        inner = block.setdefault(slot.field, {})
        inner[slot.of] = text
        if not text and not slot.is_needed:
            del inner[slot.of]
    else:
        block[slot.field] = text
        if not text and not slot.is_needed:
            del block[slot.field]


def flaws_of_key(definition: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield the languages in which the key question, or what is said in the end, lacks words."""
    spoken, said = languages(definition), set()
    for slot in slots_of(definition):
        if slot.place != KEY and not slot.place.startswith(THANKS):
            continue
        for language in spoken:
            found = slot.place, slot.field, language  # the points of a scale are said once
            if slot.is_missing(language) and (slot.is_needed or slot.place != KEY) and found not in said:
                said.add(found)
                values = {"what": LABELS[slot.field], "language": language}
                yield Flaw(slot.place, N_("“%(what)s” has no words in %(language)s."), values)


def completeness(slots: Sequence[Slot], language: str) -> tuple[int, int]:
    """Return how many of the texts that are used there are in this language, and how many are used."""
    used = [slot for slot in slots if slot.is_used]
    return sum(not slot.is_missing(language) for slot in used), len(used)
