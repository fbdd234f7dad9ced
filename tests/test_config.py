"""Every setting: default, legal, illegal; all problems at once; described in the README."""

import re
from pathlib import Path

import pytest

from config import ROOT, ConfigError, Settings

KEY = "k7Gq2vXw9zLmN4pRt6YbC1dFh3JsA8eU"


def settings(tmp_path: Path, **environ: str) -> Settings:
    return Settings.from_environ({"SECRET_KEY": KEY, "INSTANCE_PATH": str(tmp_path), **environ})


def test_the_defaults_are_a_laptop(tmp_path):
    found = settings(tmp_path)

    assert found.database_url == f"sqlite:///{tmp_path}/nachklang.sqlite"
    assert found.base_url == "http://127.0.0.1:8000"
    assert found.is_loopback and not found.is_https
    assert found.mail_url is None


@pytest.mark.parametrize(
    "short", ["postgres://u:p@db/x", "postgresql://u:p@db/x", "postgresql+psycopg://u:p@db/x"]
)
def test_every_form_of_postgresql_gets_the_same_driver(tmp_path, short):
    assert settings(tmp_path, DATABASE_URL=short).database_url == "postgresql+psycopg://u:p@db/x"


def test_every_problem_is_told_at_once(tmp_path):
    with pytest.raises(ConfigError) as refused:
        Settings.from_environ(
            {
                "INSTANCE_PATH": str(tmp_path),
                "DATABASE_URL": "mysql://x",
                "BASE_URL": "shop.test/feedback",
                "MAIL_URL": "http://mail",
                "PORT": "99999",
                "PROXY_HOPS": "-1",
                "LOG_LEVEL": "loud",
            }
        )

    named = {problem.partition(":")[0] for problem in refused.value.problems}
    assert named == {"SECRET_KEY", "DATABASE_URL", "BASE_URL", "MAIL_URL", "PORT", "PROXY_HOPS", "LOG_LEVEL"}


@pytest.mark.parametrize(
    "name, value", [("INSTANCE_PATH", "{}"), ("DATABASE_URL", "sqlite:///{}/shop.sqlite")]
)
def test_a_folder_that_is_not_there_is_named(tmp_path, name, value):
    with pytest.raises(ConfigError) as refused:
        settings(tmp_path, **{name: value.format(tmp_path / "gone")})

    assert refused.value.problems == [
        f"{name}: the folder {tmp_path}/gone is not there; make it, or name another"
    ]


@pytest.mark.parametrize("name", ["a" * 300, "/".join(["a" * 200] * 30)])
@pytest.mark.parametrize("key", [{}, {"SECRET_KEY": ""}])
def test_a_folder_whose_name_is_too_long_is_told_in_a_sentence(tmp_path, name, key):
    with pytest.raises(ConfigError) as refused:
        settings(tmp_path, INSTANCE_PATH=str(tmp_path / name), **key)

    [told] = [each for each in refused.value.problems if each.startswith("INSTANCE_PATH")]
    assert told.endswith("… has too long a name; name another") and len(told) < 300


def test_a_file_of_the_key_that_cannot_be_read_is_told_in_a_sentence(tmp_path):
    (tmp_path / "secret_key").write_bytes(b"\xff\xfe" * 40)

    with pytest.raises(ConfigError) as refused:
        settings(tmp_path, SECRET_KEY="")

    [told] = refused.value.problems
    assert told.startswith(f"SECRET_KEY: {tmp_path}/secret_key cannot be read")


def test_a_folder_is_looked_for_where_the_command_was_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").mkdir()

    assert (
        settings(tmp_path, INSTANCE_PATH="here").database_url == f"sqlite:///{tmp_path}/here/nachklang.sqlite"
    )
    with pytest.raises(ConfigError, match=f"the folder {tmp_path}/gone is not there"):
        settings(tmp_path, INSTANCE_PATH="gone")


@pytest.mark.parametrize(
    "key", ["short", "a" * 40, "changeme" * 5, "secretsecretsecretsecretsecretsecret1", "ab" * 30]
)
def test_a_key_that_can_be_guessed_is_refused(tmp_path, key):
    with pytest.raises(ConfigError) as refused:
        settings(tmp_path, SECRET_KEY=key)

    assert refused.value.problems[0].startswith("SECRET_KEY")
    assert key not in str(refused.value)


def test_the_key_may_lie_in_a_file(tmp_path):
    (tmp_path / "secret_key").write_text(KEY + "\n")

    assert Settings.from_environ({"INSTANCE_PATH": str(tmp_path)}).secret_key == KEY


@pytest.mark.parametrize(
    "host, base, loopback",
    [
        ("127.0.0.1", "http://localhost:8000", True),
        ("::1", "http://[::1]:8000", True),
        ("0.0.0.0", "http://127.0.0.1:8000", False),
        ("127.0.0.1", "https://feedback.shop.test", False),
    ],
)
def test_only_a_loopback_address_and_name_count_as_this_machine(tmp_path, host, base, loopback):
    assert settings(tmp_path, HOST=host, BASE_URL=base).is_loopback is loopback


@pytest.mark.parametrize(
    "base, name, ours",
    [
        ("https://feedback.shop.test:444", "feedback.shop.test", True),
        ("https://Feedback.shop.test", "feedback.shop.test", True),
        ("https://feedback.shop.test", "shop.test", False),
        ("https://umfrage-müller.test", "xn--umfrage-mller-4ob.test", True),
        ("https://feedback.shop.test", "::1", True),
        ("https://feedback.shop.test", "", False),
        # Nobody has said a name yet.
        ("http://0.0.0.0:8000", "shop.test", True),
        ("http://[::]:8000", "10.0.0.7", True),
    ],
)
def test_requests_are_ours_by_the_name_of_base_url_and_on_this_machine(tmp_path, base, name, ours):
    assert settings(tmp_path, BASE_URL=base).answers_for(name) is ours


def test_every_setting_is_described_in_the_readme():
    named = set(re.findall(r'(?:text|number|one_of)\(\s*"([A-Z_]+)"', (ROOT / "config.py").read_text()))
    readme = (ROOT / "README.md").read_text()

    assert len(named) > 10
    assert {name for name in named if f"`{name}`" not in readme} == set()
