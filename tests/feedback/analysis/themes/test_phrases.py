import pytest

from feedback.analysis.themes.phrases import BadPhrase, read, spelled


def forms(written, **sets):
    known = {name: frozenset(members) for name, members in sets.items()}
    return [" ".join("|".join(sorted(part.atoms)) for part in form) for form in read(written, known)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("late", ["late"]),
        ("Verspätung*", ["verspaetung*"]),
        ("lost|missing parcel", ["lost|missing parcel"]),
        ("too? late", ["too late", "late"]),
        ("lost|gone_astray", ["gone astray", "lost"]),
        ("@parcel late", ["box|parcel late"]),
    ],
)
def test_a_phrase_is_read_in_all_its_forms(written, expected):
    assert forms(written, parcel=["parcel", "box"]) == expected


def test_a_gap_is_kept_before_the_word_that_follows_it():
    assert [part.gap for part in read("parcel .. late")[0]] == [0, 4]
    assert [part.gap for part in read("parcel .. too? late")[1]] == [0, 4]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "names no word"),
        ("too?", "names no word"),
        (".. late", "begins or ends with a gap"),
        ("late ..", "begins or ends with a gap"),
        ("la*", "would find too much"),
        ("***", "signs that mean nothing"),
        ("late!", "signs that mean nothing"),
        ("(late", "signs that mean nothing"),
        ("lost||gone", "signs that mean nothing"),
        ("@unknown late", "a set of words"),
        ("a? b? c? d? e? f? g? late", "more than 100 ways"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(written, why):
    with pytest.raises(BadPhrase, match=why.replace("*", r"\*")):
        read(written)


def test_one_phrase_has_one_spelling():
    assert spelled("  Zu   SPÄT ") == spelled("zu spaet")
