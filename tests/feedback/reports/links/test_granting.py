"""Links to a view: their token is shown once, they end by themselves, and can be taken back."""

from datetime import timedelta

import pytest

from feedback.reports.links.granting import NotALength, grant, is_to_be_noted, revoke
from feedback.reports.links.queries import link_by
from surveys import tokens
from tests.conftest import SECRET


def test_only_a_hash_of_the_token_is_kept(make, now, save):
    ben = make.staff("Ben")
    view = save(ben)
    link, token = grant(view, 7, ben, now, SECRET)
    assert tokens.read(tokens.REPORT, token, (SECRET,)) == link.public_id and link_by(token) is link
    assert token not in str(vars(link)) and link.expires_at == now + timedelta(days=7)
    assert tokens.read(tokens.OWN_PAGE, token, (SECRET,)) is None, "no token of one purpose does for another"
    for days in (0, 8, 365):
        with pytest.raises(NotALength):
            grant(view, days, ben, now, SECRET)


def test_it_is_taken_back_once_and_noted_once_a_minute(make, now, save):
    ben = make.staff("Ben")
    link, _token = grant(save(ben), 30, ben, now, SECRET)
    revoke(link, now)
    revoke(link, now + timedelta(days=1))
    assert link.revoked_at == now and is_to_be_noted(link, now)
    link.last_used_at = now
    assert not is_to_be_noted(link, now + timedelta(seconds=59))
    assert is_to_be_noted(link, now + timedelta(seconds=60))
