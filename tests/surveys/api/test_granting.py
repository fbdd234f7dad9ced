from datetime import timedelta

import pytest

from surveys.api import granting
from surveys.api.queries import living_key
from surveys.database import db
from surveys.errors import Refusal


def test_a_key_lives_until_it_is_revoked_and_only_its_hash_is_kept(app, now):
    key, secret = granting.issue("shop", now)
    assert living_key(secret) is key
    assert secret not in key.key_hash

    granting.revoke(key, now)

    assert living_key(secret) is None


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_key_has_a_name(app, now, name):
    with pytest.raises(Refusal):
        granting.issue(name, now)


def test_revoking_twice_keeps_the_first_time(app, now):
    key, _ = granting.issue("shop", now)
    granting.revoke(key, now)
    granting.revoke(key, now + timedelta(days=1))

    assert key.revoked_at == now


def test_last_use_is_noted_once_a_minute(app, now):
    key, _ = granting.issue("shop", now)

    db.session.execute(granting.touching(key, now))
    db.session.refresh(key)
    assert granting.touching(key, now + timedelta(seconds=59)) is None
    assert granting.touching(key, now + timedelta(seconds=61)) is not None
