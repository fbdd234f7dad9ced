import subprocess
import sys

import pytest

from config import ROOT
from feedback.analysis.readers import LexiconReader, load_reader


@pytest.fixture(scope="module")
def reader():
    return load_reader()


def test_plainly_happy_and_plainly_angry_english_are_told_apart(reader):
    happy = reader.read("I love this mug, it is a wonderful gift.", "en")
    angry = reader.read("Terrible service, the worst I have had.", "en")

    assert (happy.language, happy.label) == ("en", "positive")
    assert (angry.language, angry.label) == ("en", "negative")
    assert angry.polarity == -1.0
    assert 0 < angry.subjectivity <= 1


@pytest.mark.parametrize(
    "comment",
    [
        "Die Lieferung war eine Katastrophe und niemand hat geantwortet.",
        "Отлично",
        "The parcel lay in a depot.",  # no word the lexicon knows
    ],
)
def test_what_cannot_be_read_is_unreadable_and_never_a_zero(reader, comment):
    reading = reader.read(comment, "de")

    assert (reading.label, reading.polarity, reading.subjectivity) == ("unreadable", None, None)


def test_no_opinion_has_no_numbers_either(reader):
    assert reader.read("n/a", "en").label == "no_opinion"
    assert reader.read("n/a", "en").polarity is None


def test_the_reader_names_program_and_version(reader):
    assert reader.analyzer.startswith("textblob 0.")


def test_no_more_than_five_thousand_characters_are_read():
    seen = []
    reader = LexiconReader("counting", lambda text: seen.append(len(text)) or (0.5, 0.5))

    reader.read("good " * 100_000, "en")

    assert seen == [5_000]


@pytest.mark.thorough
def test_only_the_loop_pays_for_textblob():
    script = (
        "import sys\n"
        "from tests.conftest import settings_for\n"
        "from pathlib import Path\n"
        "from wsgi import create_app\n"
        "create_app(settings_for('sqlite:///:memory:', Path('/nonexistent')))\n"
        "assert 'textblob' not in sys.modules and 'nltk' not in sys.modules, 'a web worker would load it'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
