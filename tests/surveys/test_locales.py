"""The German catalog: complete, compiled, and each sentence with the places of its English one."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from surveys.locales import long_day

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "surveys/locales/de/LC_MESSAGES/messages.po"
PLACE = re.compile(r"%\(\w+\)[a-z]|%%")
# A sentence at the end of a line and one at the start of the next: blocks swallow the space between the two.
SENTENCE = r"(?:_|ngettext)\((?:[^{}]|\{(?!\{))*\) ?\}\}"
GLUED = re.compile(
    rf"{SENTENCE}(?:\{{% end\w+ %\}})+\n[ \t]*\{{% (?:if|for) [^%]*%\}}(?:<strong>)?\{{\{{ (?:_|ngettext)\("
)
Texts = str | tuple[str, ...]


@pytest.fixture(scope="module")
def english() -> set[Texts]:
    """Return every English text that tools/texts.sh would collect, a plural one as a pair."""
    with (ROOT / "tools/babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "N_": None, "lazy_gettext": None}
    return {
        found[2]
        for folder in ("surveys", "feedback")
        for found in extract_from_dir(ROOT / folder, methods, options, keywords=keywords)
    }


@pytest.fixture(scope="module")
def german() -> Catalog:
    return read_po(BytesIO(CATALOG.read_bytes()), locale="de")


@pytest.fixture(scope="module")
def sentences(german: Catalog) -> list[Message]:
    return [message for message in german if message.id]


@pytest.mark.thorough
def test_every_text_of_the_code_has_its_german_sentence(
    english: set[Texts], sentences: list[Message]
) -> None:
    translated = {message.id for message in sentences if all(forms(message.string))}
    assert sorted(english - translated, key=str) == [], "run tools/texts.sh and translate"


@pytest.mark.thorough
def test_the_catalog_keeps_no_sentence_that_the_code_lost(
    english: set[Texts], german: Catalog, sentences: list[Message]
) -> None:
    assert sorted({message.id for message in sentences} - english, key=str) == []
    assert not german.obsolete


def test_no_sentence_is_only_guessed(german: Catalog) -> None:
    assert [message.id for message in german if message.fuzzy] == []


def test_the_committed_catalog_is_the_compiled_one(german: Catalog) -> None:
    compiled = BytesIO()
    write_mo(compiled, german)
    assert CATALOG.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run tools/texts.sh"


def test_a_german_sentence_has_exactly_the_places_of_its_english_one(sentences: list[Message]) -> None:
    wrong = [
        (english, said)
        for message in sentences
        for english, said in pairs(message)
        if set(PLACE.findall(said)) != set(PLACE.findall(english))
    ]
    assert wrong == []


def test_a_sentence_that_will_be_filled_has_no_stray_percent_sign(sentences: list[Message]) -> None:
    filled = [said for message in sentences for _, said in pairs(message) if "%(" in said]
    assert [said for said in filled if "%" in PLACE.sub("", said)] == []


def test_german_is_said_calmly_and_with_german_quotation_marks(sentences: list[Message]) -> None:
    # In patterns of dates a word stands between single quotes.
    said = [each.replace("'Uhr'", "Uhr") for message in sentences for each in forms(message.string)]
    # In attributes of links straight quotation marks are right.
    assert [each for each in said if re.search(r"[!”]|'", each)] == []
    assert [each for each in said if '"' in re.sub(r"<[^>]*>", "", each)] == []
    assert [each for each in said if each.count("„") != each.count("“")] == []


# One word for one thing: the right one, and those that stood beside it. “Laden Sie” is an invitation, no shop.
REJECTED = {
    "Shop": r"\bL(aden(?! Sie\b)|adens|äden)\b",
    "Bestellung": r"\bK(auf|aufs|aufes|äufe|äufen)\b|\bAufträgen?\b|\bAuftrags?\b",
    "Kontaktpunkt": r"\bAnl(ass|asses|ässe|ässen)\b",
    "Bestell-Webhook": r"\bBestell-Hooks?\b|Webhooks? für Bestellungen",
}


@pytest.mark.parametrize("word", REJECTED)
def test_one_thing_has_one_german_word(sentences: list[Message], word: str) -> None:
    said = [each for message in sentences for each in forms(message.string)]
    assert [each for each in said if re.search(REJECTED[word], each)] == []
    assert any(word in each for each in said)


def test_the_header_names_the_project_and_nobody_who_does_not_exist(german: Catalog) -> None:
    header = dict(german.mime_headers)
    assert header["Project-Id-Version"].startswith("Nachklang")
    assert header["Language"] == header["Language-Team"] == "de"
    assert header["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert "EMAIL@ADDRESS" not in CATALOG.read_text(encoding="utf-8")


def forms(texts: Texts) -> tuple[str, ...]:
    """Return one text as one form, a plural as its forms."""
    return (texts,) if isinstance(texts, str) else tuple(texts)


def pairs(message: Message) -> list[tuple[str, str]]:
    """Return each German form beside the English one whose places it must have."""
    return list(zip(forms(message.id), forms(message.string), strict=True))


@pytest.mark.parametrize("package", ["surveys", "feedback"])
def test_no_sentence_runs_into_the_one_before(package: str) -> None:
    pages = sorted((ROOT / package / "templates").rglob("*.html"))
    glued = [
        (page.name, found[0]) for page in pages if (found := GLUED.search(page.read_text(encoding="utf-8")))
    ]
    assert pages and glued == [], "write {%+ if …, which keeps the space before it"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "7 March 2026"), ("de", "7. März 2026"), ("pl", "7 marca 2026")]
)
def test_a_customer_reads_a_day_on_pages_as_in_letters(language, words):
    assert long_day(date(2026, 3, 7), language) == words
