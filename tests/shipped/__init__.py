"""What a house of the stories runs with: what is shipped, and nothing that the tests alone need.

NLTK, on which the reader of comments stands, takes SciPy along wherever it lies, and that alone takes a process longer
to load than all the rest of the reader. The tests have it to compare figures with; a house never has.
"""

import os
from pathlib import Path


def environ() -> dict[str, str]:
    """Return the environment of a process that finds no package of the tests'."""
    before = os.environ.get("PYTHONPATH")
    path = os.pathsep.join(filter(None, (str(Path(__file__).parent), before)))
    return {**os.environ, "PYTHONPATH": path}
