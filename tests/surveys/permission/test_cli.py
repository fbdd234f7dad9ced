import pytest

from surveys.permission.cli import suppress_command
from surveys.permission.queries import suppression_of, suppressions


@pytest.fixture
def flask(app):
    return lambda *arguments: app.test_cli_runner().invoke(suppress_command, list(arguments))


def test_addresses_are_put_on_the_list(flask):
    result = flask("pat@example.test", "not one", "olga@example.test")
    assert result.exit_code == 1
    assert "2 new on the list, 0 on it already, 1 refused." in result.output
    assert "line 2: not one is not an e-mail address" in result.output
    assert suppression_of("pat@example.test", None).reason == "manual"


def test_a_file_is_put_on_the_list_of_one_brand(flask, make, tmp_path):
    brand = make.brand("shop")
    file = tmp_path / "list.csv"
    file.write_text("pat@example.test;x\nolga@example.test;y\n")
    assert flask("--file", str(file), "--brand", "shop").exit_code == 0
    assert {(row.reason, row.brand_id) for row in suppressions(9)} == {("import", brand.id)}


def test_what_is_missing_is_said(flask):
    assert "Name an address" in flask().output
    assert "There is no brand 'nowhere'" in flask("a@example.test", "--brand", "nowhere").output
