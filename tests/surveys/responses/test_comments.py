"""What a comment may be."""

import pytest

from surveys.responses.comments import has_controls, kept, one_kind_of_lines, without_controls


def test_every_line_end_becomes_a_newline():
    assert one_kind_of_lines("a\r\nb\rc\nd") == "a\nb\nc\nd"


@pytest.mark.parametrize("text", ["tab\tline\n", "\u202e\u200b\U0001f469\u200d\U0001f467", "é\u0301"])
def test_tabs_lines_and_odd_letters_are_no_controls(text):
    assert not has_controls(text)
    assert without_controls(text) == text


@pytest.mark.parametrize("code", [0, 1, 8, 11, 12, 14, 31, 127, 133, 159])
def test_other_controls_are_found_and_taken_out(code):
    text = f"a{chr(code)}b"
    assert has_controls(text)
    assert without_controls(text) == "ab"


@pytest.mark.parametrize(("sent", "stored"), [(None, None), ("", None), (" \r\n ", None), (" a \r\n", "a")])
def test_only_spaces_are_nothing(sent, stored):
    assert kept(sent) == stored
