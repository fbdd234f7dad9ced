"""What the tests of this room share."""

import pytest

from surveys.invitations.post import Post
from tests.conftest import SECRET


@pytest.fixture
def post() -> Post:
    """The house as mails see it."""
    return Post(base_url="https://feedback.shop.test", mail_from="survey@shop.test", secret=SECRET)


@pytest.fixture
def pat(make):
    """Pat, who agreed once and has not confirmed it, in Germany."""
    return make.customer("Pat", email="pat@example.test", basis="opt_in", locale="de")
