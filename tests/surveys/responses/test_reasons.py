import pytest
from sqlalchemy.exc import IntegrityError

from surveys.database import db
from surveys.responses.excluding import exclude
from surveys.responses.reasons import REASONS


@pytest.mark.once
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_there_is_can_be_stored(make, now, reason):
    response = make.response(3)
    exclude(response, reason, None, now)
    db.session.commit()

    assert response.excluded_reason == reason


def test_no_other_reason_can_be_stored_and_none_without_its_time(make, now):
    for values in ({"excluded_reason": "boring", "excluded_at": now}, {"excluded_reason": "bot"}):
        with pytest.raises(IntegrityError):
            make.response(3, **values)
        db.session.rollback()
