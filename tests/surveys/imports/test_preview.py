"""What a file would become is shown as people read it: money of its currency, moments of its zone."""

import pytest
from flask_babel import force_locale

from surveys.customers.csv_table import RawRow
from surveys.imports.preview import shown_columns, understood
from surveys.imports.values import Settings

MAPPING = ["placed_at", "total.amount", "total.currency"]
BERLIN = Settings(dates="dmy", amounts="comma", zone="Europe/Berlin")


@pytest.mark.parametrize(
    ("cells", "settings", "place", "english", "german"),
    [
        (["31.03.2026 14:05", "", ""], BERLIN, 0, "31 Mar 2026, 14:05", "31. März 2026, 14:05 Uhr"),
        (["2026-03-31T12:05:00.5Z", "", ""], BERLIN, 0, "31 Mar 2026, 14:05", "31. März 2026, 14:05 Uhr"),
        (["2026-13-31T12:05:00Z", "", ""], BERLIN, 0, "2026-13-31T12:05:00Z", "2026-13-31T12:05:00Z"),
        (["", "1.049,90", "eur"], BERLIN, 1, "€1,049.90", "1.049,90 €"),
        (["", "1200", "JPY"], Settings(), 1, "¥1,200", "1.200 ¥"),
        (["", "104990", "EUR"], Settings(), 1, "€1,049.90", "1.049,90 €"),
        (["", "104990", "???"], Settings(), 1, "104990", "104990"),
        (["", "104990", ""], Settings(), 1, "104990", "104990"),
        (["never", "", ""], BERLIN, 0, "", ""),
    ],
)
def test_a_cell_is_shown_as_it_is_understood(app, cells, settings, place, english, german):
    for language, wanted in (("en", english), ("de", german)):
        with force_locale(language):
            shown = understood(RawRow(2, cells), MAPPING, settings, MAPPING[place])
            assert shown.replace("\xa0", " ") == wanted


def test_a_column_left_out_is_understood_as_nothing(app):
    [column] = shown_columns("purchases", ["Note"], [None], [RawRow(2, ["x"])], Settings())
    assert (column.examples, column.becomes, column.choices[0][0]) == (["x"], [], "")
