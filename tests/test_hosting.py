"""The files for servers name what is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_everything_the_image_copies_is_there_and_is_sent_to_the_builder():
    copied = [
        word
        for line in re.findall(r"^COPY (?!--from)(.*) \S+$", read("Dockerfile"), re.M)
        for word in line.split()
    ]
    sent = {line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")}

    assert len(copied) > 5
    for name in copied:
        assert (ROOT / name).exists(), name
        assert name in sent, name


def test_compose_sets_what_the_settings_know_and_asks_for_what_the_example_explains():
    compose, example = read("compose.yaml"), read("deploy/env.example")
    block = compose[compose.index("environment: &settings") : compose.index("services:")]
    settings = set(re.findall(r"^    ([A-Z_]+):", block, re.M))
    known = set(re.findall(r'"([A-Z_]+)"', read("config.py")))
    wanted = set(re.findall(r"\$\{([A-Z_]+)(?::\?[^}]*)?\}", compose))

    assert settings and settings <= known
    assert wanted and wanted <= set(re.findall(r"^([A-Z_]+)=", example, re.M))


def test_units_start_programs_of_ours_from_one_place():
    for unit in (ROOT / "deploy").glob("*.service"):
        text = unit.read_text(encoding="utf-8")
        assert "WorkingDirectory=/srv/nachklang" in text, unit.name
        assert "EnvironmentFile=/etc/nachklang/env" in text, unit.name
        assert re.search(r"ExecStart=.*/srv/nachklang/\.venv/bin/(flask|gunicorn)", text), unit.name
