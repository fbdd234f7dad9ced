from surveys.masking import quoted


def test_quoted_input_is_short_and_has_no_control_characters():
    assert quoted("a\r\nb\x00") == "a��b�"
    assert quoted("x" * 100) == "x" * 79 + "…"
