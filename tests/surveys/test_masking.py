from surveys.masking import masked_email, quoted


def test_an_address_keeps_its_first_letter_and_its_domain():
    assert masked_email("pat@example.test") == "p…@example.test"


def test_quoted_input_is_short_and_has_no_control_characters():
    assert quoted("a\r\nb\x00") == "a��b�"
    assert quoted("x" * 100) == "x" * 79 + "…"
