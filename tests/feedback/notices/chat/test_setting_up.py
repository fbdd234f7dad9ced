"""An address of the team's chat is taken whole or refused, kept, tried and forgotten."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from feedback.notices.chat.models import ChatHook, ChatPost
from feedback.notices.chat.queries import hook_of
from feedback.notices.chat.setting_up import forget, set_hook, try_out
from surveys.database import db
from surveys.errors import Conflict, Refusal

URL = "https://chat.test/hooks/x"


def test_an_address_is_kept_until_another_is_given(make, now):
    brand, olga = make.brand(), make.staff("Olga", role="owner")
    set_hook(brand, URL, True, "P1", olga, now)
    hook = set_hook(brand, "", False, "P0", olga, now)
    assert (hook.url, hook.is_on, hook.least) == (URL, False, "P0")
    assert set_hook(brand, URL + "y", True, "P0", olga, now).url == URL + "y"


@pytest.mark.parametrize(
    ("url", "least", "field"), [("", "P1", "url"), ("http://chat.test/x", "P1", "url"), (URL, "P9", "least")]
)
def test_what_cannot_be_is_refused_and_not_half_stored(make, now, url, least, field):
    brand = make.brand()
    with pytest.raises(Refusal) as refused:
        set_hook(brand, url, True, least, make.staff("Olga", role="owner"), now)
    db.session.commit()
    assert refused.value.field == field and hook_of(brand.id) is None


def test_a_try_needs_an_address(make, now):
    brand = make.brand()
    with pytest.raises(Conflict):
        try_out(brand, now)
    set_hook(brand, URL, False, "P1", make.staff("Olga", role="owner"), now)
    try_out(brand, now)
    assert db.session.scalars(select(ChatPost)).one().due_at == now


def test_forgetting_takes_what_waits_along(make, now):
    brand = make.brand()
    set_hook(brand, URL, True, "P1", make.staff("Olga", role="owner"), now)
    try_out(brand, now)
    db.session.commit()
    forget(brand)
    db.session.commit()
    forget(brand)
    assert db.session.scalars(select(ChatPost)).all() == []


def test_an_address_without_tls_cannot_be_stored(make, now):
    db.session.add(ChatHook(brand=make.brand(), url="http://x.test", is_on=True, least="P1", changed_at=now))
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
