from surveys.api.queries import all_keys, living_key


def test_the_key_stands_alone_on_the_last_line(app):
    result = app.test_cli_runner().invoke(args=["keys", "issue", "shop"])

    assert result.exit_code == 0
    assert living_key(result.output.splitlines()[-1]).name == "shop"


def test_a_key_is_listed_and_revoked(app):
    runner = app.test_cli_runner()
    runner.invoke(args=["keys", "issue", "shop"])
    public_id = runner.invoke(args=["keys", "list"]).output.split("\t")[0]

    assert runner.invoke(args=["keys", "revoke", public_id]).exit_code == 0
    assert all_keys()[0].revoked_at
    assert runner.invoke(args=["keys", "revoke", "nothing"]).exit_code == 1
