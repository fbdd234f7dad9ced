import pytest

from feedback.follow_up.conversation import cli  # noqa: F401  (adds the command)
from surveys.channels.cli import mail
from surveys.database import db
from surveys.permission.queries import suppression_of
from tests.surveys.post_box.mails import bounce


@pytest.fixture
def read(app):
    return lambda raw: app.test_cli_runner().invoke(mail, ["read"], input=raw)


def test_a_piped_report_that_names_no_mail_of_ours_waits_for_somebody(read, make):
    make.customer("Pat", email="pat@example.test")
    result = read(bounce(None))

    assert (result.exit_code, result.output) == (0, "unmatched\n")
    assert suppression_of("pat@example.test", None) is None


def test_nothing_on_standard_input_is_refused(read):
    result = read(b"\n")
    assert result.exit_code == 1 and "There is no mail on standard input" in result.output


def test_a_mail_that_cannot_be_stored_is_kept_by_the_mail_server(read, make):
    db.session.commit()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE incoming_mail RENAME TO elsewhere")
    try:
        assert read(bounce(None)).exit_code == 75
    finally:
        with db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO incoming_mail")
