"""Lines are one line, texts keep theirs, and both fit their place."""

import pytest

from feedback.improving.wording import LineUnfit, checked_line, checked_text


def test_lines_and_texts_fit():
    assert checked_line("  one\n line\x07\x85 ", "title", 10) == "one line"
    assert checked_text(" two\r\nlines ", "note", 10) == "two\nlines"
    assert checked_line("", "hypothesis", 5, needed=False) == ""
    for text in ("", " ", "x" * 11):
        with pytest.raises(LineUnfit):
            checked_line(text, "title", 10)
