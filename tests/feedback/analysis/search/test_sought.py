"""What a search box asks for, and where it stands in a comment."""

import pytest

from feedback.analysis.search.covered import GAP
from feedback.analysis.search.sought import for_postgresql, for_sqlite, places, sought

LATE = "Die Lieferung kam zu spät, der Paketbote war zu 10/10 nett. E-Mail kam keine."


def marked(text, words):
    shown = text
    for start, end in reversed(places(text, sought(words))):
        shown = f"{shown[:start]}<{shown[start:end]}>{shown[end:]}"
    return shown


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Lieferungen", "Die <Lieferung> kam"),
        ("SPAET", "kam zu <spät>,"),
        ("paket", "der <Paketbote> war"),
        ('"zu spät"', "kam <zu spät>,"),
        ("„zu spät“ war", "kam <zu spät>, der Paketbote <war> zu"),
        ('"kam zu sp*"', "Lieferung <kam zu spät>,"),
        ("bot*", LATE),
        ("Lief*", "Die <Lieferung> kam"),
        ("10/10", "zu <10/10> nett"),
        ("e-mails", "nett. <E-Mail> kam"),
        ('"spät kam"', LATE),
        ('"Paket"', LATE),
        ("% ! *", LATE),
    ],
)
def test_what_is_sought_is_marked_where_it_stands(words, found):
    assert found in marked(LATE, words)
    assert found != LATE or "<" not in marked(LATE, words)


def test_no_phrase_reaches_over_what_is_covered():
    assert marked(f"Ruf {GAP} an", '"ruf an"') == f"Ruf {GAP} an"
    assert sought(GAP).terms == () and sought("").terms == ()


def test_both_databases_are_asked_for_the_same_and_told_only_bare_words():
    wanted = sought('Paket "zu spät" x\':*|!&\\')

    assert for_postgresql(wanted) == (
        "(('dpak') | ('epaket') | ('dpaket':*)) & (('dzu' <-> 'dspat') | ('ezu' <-> 'espat'))"
        " & (('dx') | ('ex'))"
    )
    assert for_sqlite(wanted) == (
        '(("dpak") OR ("epaket") OR ("dpaket" *)) AND (("dzu" + "dspat") OR ("ezu" + "espat"))'
        ' AND (("dx") OR ("ex"))'
    )
