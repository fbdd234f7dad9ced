import csv
import random
import time
from pathlib import Path

import pytest

from surveys.personal_data import KINDS, masked, personal_data

WORDS = {kind: f"[{kind}]" for kind in KINDS}
SETS = Path(__file__).parents[2] / "bench" / "comments"


def covered(text: str) -> str:
    return masked(text, WORDS).text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Schreibt an petra.muster@web.de!", "Schreibt an [email]!"),
        ("write to jo (at) example.org", "write to [email]"),
        ("Ruft mich an: 0171 1234567 oder 030/12345678", "Ruft mich an: [phone] oder [phone]"),
        ("auch +49 (0)40 1234-567, 0043 1 5861234", "auch [phone], [phone]"),
        ("call me on 07700 900123 or +44 20 7946 0958", "call me on [phone] or [phone]"),
        ("it is (555) 234-4567, or 555-234-4567.", "it is [phone], or [phone]."),
        ("Tel. 44556", "Tel. [phone]"),
        ("IBAN DE89 3704 0044 0532 0130 00 bitte", "IBAN [iban] bitte"),
        ("to GB82WEST12345698765432, please", "to [iban], please"),
        ("card 4111 1111 1111 1111, exp 12/27", "card [card], exp 12/27"),
        ("Ich wohne Lindenstraße 12a, 50674 Köln.", "Ich wohne [address]."),
        ("Lange Straße 7", "[address]"),
        ("Am Alten Markt 3, 99084 Erfurt", "[address]"),
        ("Sie sind in 20095 Hamburg", "Sie sind in [address]"),
        ("12 Baker Street, London NW1 6XE", "[address], London [address]"),
        ("742 Evergreen Terrace, Springfield, IL 62704", "[address], [address]"),
        (
            "Schlecht.\n\nMit freundlichen Grüßen\nPetra Muster",
            "Schlecht.\n\nMit freundlichen Grüßen\n[name]",
        ),
        ("Viele Grüße, Petra Muster", "Viele Grüße, [name]"),
        ("war gut lg petra", "war gut lg [name]"),
        ("Regards, John Doe", "Regards, [name]"),
        ("Never again.\nThanks,\nJohn", "Never again.\nThanks,\n[name]"),
        ("Herr Maier und Frau Dr. Lutz halfen", "Herr [name] und Frau Dr. [name] halfen"),
        ("Mrs Smith was kind", "Mrs [name] was kind"),
        ("My name is Jane Doe and I am cross", "My name is [name] and I am cross"),
    ],
)
def test_personal_data_is_covered(text: str, shown: str) -> None:
    assert covered(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Order 0171-1234567 and order no. 07700900123 never came.",
        "Bestellnummer 0171234567, Sendungsnummer 00340434161094042557",
        "Am 01.02.2026 bestellt, am 2026-02-03 da, 10/10!",
        "Open 9:00-17:30, paid 1.234,56 € and 12345678 €, saved 0,99",
        "10 out of 10, 5/5, 100 %, 24/7",
        "DE89 3704 0044 0532 0130 05 has a wrong checksum",
        "1234 5678 9012 3456 is no card",
        "Meine Frau Anna liebt es, eine Frau fragte.",
        "Sitzplatz 56 im Arbeitsplatz 2",
        "Heimweg 5 Minuten, Schulweg 3 km",
        "in 12000 Schritten, nach 12500 Umdrehungen",
        "Liebe Grüße an das Team",
        "Thanks everyone",
        "Dr. Oetker, Dr. Martens and Mr. Muscle",
        "Size 12 Park fits, model AB-12 too",
        "Ich bin durch eine Freundin auf Ihre Seite gekommen.",
        "",
    ],
)
def test_ordinary_words_and_numbers_are_left_alone(text: str) -> None:
    assert covered(text) == text


def test_in_600_comments_only_names_after_a_salutation_are_covered() -> None:
    found = set()
    for language in ("en", "de"):
        with (SETS / f"intents.{language}.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                found |= {(kind, row["text"][start:end]) for start, end, kind in personal_data(row["text"])}

    assert found == {("name", "Kurz"), ("name", "Berger")}


def test_a_span_of_the_raw_text_is_found_again_in_the_masked_one() -> None:
    raw = "Frau Lutz rief auf 0171 1234567 an, super!"
    shown = masked(raw, WORDS)

    assert shown.text == "Frau [name] rief auf [phone] an, super!"
    assert in_both(raw, "super") == ("super", "super")
    assert in_both(raw, "rief auf") == ("rief auf", "rief auf")


def in_both(raw: str, words: str) -> tuple[str, str]:
    start = raw.index(words)
    shown = masked(raw, WORDS)
    place = shown.place(start, start + len(words))
    assert place is not None
    return words, shown.text[slice(*place)]


def test_what_is_covered_has_no_place_and_what_overlaps_it_takes_in_the_whole_word() -> None:
    raw = "Anruf 0171 1234567 bitte"
    shown = masked(raw, WORDS)

    assert shown.place(raw.index("0171"), raw.index(" bitte")) is None
    assert shown.place(raw.index("1234"), raw.index("567")) is None
    assert in_both(raw, "Anruf 0171")[1] == "Anruf [phone]"
    assert in_both(raw, "567 bitte")[1] == "[phone] bitte"


def pieces(draw: random.Random) -> str:
    some = [
        "0171 1234567",
        "a@b.de",
        "Herr Maier",
        "gut",
        " ",
        ", ",
        "\n",
        "12 Baker Street",
        "DE89370400440532013000",
        "x",
    ]
    return " ".join(draw.choice(some) for _ in range(20))


def test_every_place_lies_in_the_masked_text_and_tells_nothing_that_is_covered() -> None:
    draw = random.Random(3)
    for _ in range(300):
        raw = pieces(draw)
        shown = masked(raw, WORDS)
        start = draw.randrange(len(raw))
        end = draw.randrange(start, len(raw)) + 1
        place = shown.place(start, end)
        if place is not None:
            assert 0 <= place[0] < place[1] <= len(shown.text)
            for piece, first, last in shown.covers:
                overlaps = piece.start < end and start < piece.end
                assert overlaps == (place[0] < last and first < place[1])
                assert not overlaps or (place[0] <= first and last <= place[1])
            if not any(piece.start < end and start < piece.end for piece, _, _ in shown.covers):
                assert shown.text[slice(*place)] == raw[start:end]


def test_a_masked_text_has_nothing_left_to_mask() -> None:
    draw = random.Random(4)
    words = dict.fromkeys(KINDS, "[…]")
    for _ in range(200):
        once = masked(pieces(draw), words).text
        assert "0171" not in once
        assert "@" not in once


@pytest.mark.thorough
@pytest.mark.parametrize(
    "piece",
    ["1 ", "0", "a@", "a.", "Aa ", "DE12 ", "+", "(((", "Frau ", "lg ", "Am ", "1-", "A-", " ", "Grüße "],
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    short, long = (piece * 5_000)[:5_000], (piece * 40_000)[:40_000]

    assert best_of_three(long) < max(0.4, best_of_three(short) * 24)


def best_of_three(text: str) -> float:
    times = []
    for _ in range(3):
        begun = time.process_time()
        personal_data(text)
        times.append(time.process_time() - begun)
    return min(times)


def test_a_number_beside_an_account_number_is_found_too():
    text = "0171 2345678 – DE02 1203 0000 0000 2020 51 – 0171 2345678"
    assert [text[each.start : each.end] for each in personal_data(text)] == [
        "0171 2345678",
        "DE02 1203 0000 0000 2020 51",
        "0171 2345678",
    ]
