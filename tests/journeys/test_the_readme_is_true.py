"""What the README tells a new user to type works as it stands."""

import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.living import ROOT, LivingHouse, eventually

pytestmark = pytest.mark.processes


def example() -> str:
    """Return the shell lines of "A purchase of your own"."""
    section = (ROOT / "README.md").read_text().split("## A purchase of your own")[1]
    found = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.once
@pytest.mark.skipif(shutil.which("curl") is None, reason="the example is for people who have curl")
def test_the_purchase_of_the_readme_leads_to_an_invitation(tmp_path: Path):
    house = LivingHouse(tmp_path, f"sqlite:///{tmp_path / 'readme.sqlite'}").make_tables()
    house.flask("demo", "fill", "--customers", "12", "--seed", "3")
    house.set_forward(timedelta(days=7, hours=5))  # as whoever has looked around before
    with house:
        script = example().replace(".venv/bin/", f"{Path(sys.executable).parent}/")
        done = subprocess.run(
            ["bash", "-euc", script], cwd=ROOT, env=house.environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert '"reference":"README-1"' in done.stdout.replace(" ", ""), done.stdout

        [mail] = eventually(lambda: house.mailbox.to("you@example.test"), "the invitation")

    assert "Mug" in mail.get_body(("plain",)).get_content()


def test_every_command_the_readme_lists_is_there(app):
    listed = re.findall(
        r"^\| (`[^|]+`) \|", (ROOT / "README.md").read_text().split("## Commands")[1], re.MULTILINE
    )
    commands = [command for row in listed for command in re.findall(r"`([^`]+)`", row)]
    assert len(commands) > 10
    runner = app.test_cli_runner()
    for command in commands:
        words = [word for word in command.split() if word.islower() and not word.startswith("-")]
        asked = runner.invoke(args=[*words, "--help"])
        assert asked.exit_code == 0, f"flask {command}: {asked.output[-300:]}"
