import pytest

from surveys.staff.passwords import fits
from surveys.staff.queries import staff_by_email


@pytest.mark.once
def test_somebody_is_added_with_the_password_from_standard_input(app):
    result = app.test_cli_runner().invoke(
        args=["staff", "add", "olga@shop.test", "--role", "owner"], input="a sentence only Olga knows\n"
    )

    assert result.exit_code == 0, result.output
    assert fits("a sentence only Olga knows", staff_by_email("olga@shop.test").password_hash)


def test_a_refusal_is_a_sentence_and_nothing_is_stored(app):
    result = app.test_cli_runner().invoke(
        args=["staff", "add", "olga@shop.test", "--role", "owner"], input="short\n"
    )

    assert result.exit_code == 1
    assert "at least 10" in result.output
    assert staff_by_email("olga@shop.test") is None
