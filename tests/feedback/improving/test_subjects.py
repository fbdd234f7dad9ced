"""Themes and causes of both levels, by their codes and in words."""

import pytest

from feedback.improving.subjects import NoSubject, Subject, checked, label
from surveys.code_book.themes import Label

DETAILS = {"carrier.late": Label("Late on the way", "Unterwegs verspätet")}


def test_both_levels_are_known_and_read_in_words():
    assert checked("theme", "DELIVERY.LATE", DETAILS) == Subject("theme", "DELIVERY.LATE")
    assert (
        label(checked("cause", "carrier.late", DETAILS), DETAILS, "de")
        == "Versanddienst: Unterwegs verspätet"
    )
    assert label(Subject("cause", "carrier"), DETAILS, "en") == "Carrier"
    assert label(Subject("cause", "carrier.gone"), DETAILS, "en") == "carrier.gone"
    assert set(Subject("theme", "DELIVERY").codes) > {"DELIVERY", "DELIVERY.LATE"}
    for about, code in (("theme", "carrier"), ("cause", "DELIVERY"), ("mood", "DELIVERY"), (None, None)):
        with pytest.raises(NoSubject):
            checked(about, code, DETAILS)
