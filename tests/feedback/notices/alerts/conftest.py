"""Answers and series as watching's own tests have them."""

from tests.feedback.insights.watching.conftest import watched, weeks  # noqa: F401  (fixtures)
