import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.analysis.mismatch import MISMATCHES
from feedback.analysis.models import Analysis
from feedback.analysis.queries import FRESH, is_flagged, unread, unread_count
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.responses.models import IMPORT, Response
from surveys.scales import SCALES
from tests.factories import KEY_OF
from tests.plans import plans


def test_the_unread_come_oldest_first_without_fresh_partials(make, now):
    first, second = make.response(), make.response()
    make.response(analysed_at=now)
    partial = make.response(is_partial=True, submitted_at=None, saved_at=now)

    assert unread("job", now, 10) == [first.id, second.id]
    later = now + timedelta(minutes=30)
    assert unread("job", later, 10) == [first.id, second.id, partial.id]
    assert unread("job", now, 1) == [first.id]
    assert unread_count("job", later) == 3


def flagged(*flags):
    """The responses that the database finds, whether or not the readings are joined already."""
    plainly = select(Response).join(Survey, Response.survey_id == Survey.id).where(is_flagged(flags))
    joined = plainly.outerjoin(Analysis, Analysis.response_id == Response.id)
    found = set(db.session.scalars(plainly))
    assert found == set(db.session.scalars(joined))
    return found


EDGES = [
    ("negative", -0.9, 0.95),
    ("negative", -0.5, 0.8),
    ("negative", -0.49, 0.8),
    ("negative", -0.5, 0.79),
    ("negative", -0.9, None),
    ("positive", 0.9, 0.95),
    ("positive", 0.5, 0.8),
    ("positive", 0.49, 0.8),
    ("positive", 0.5, 0.79),
    ("neutral", -0.6, 0.9),
    ("mixed", -0.9, 0.95),
    ("uncertain", 0.6, 0.9),
    ("no_opinion", None, None),
]


@pytest.mark.parametrize("kind", sorted(SCALES))
def test_the_database_finds_the_same_words_against_scores_as_the_function(make, now, kind):
    customer = make.customer()
    with make.at_one_go():
        for score in (None, *SCALES[kind].scores):
            for label, polarity, sure in EDGES:
                response = make.response(
                    score, "Words", customer=customer, survey_key=KEY_OF[kind], analysed_at=now
                )
                chances = dict.fromkeys(("p_negative", "p_neutral", "p_positive"))
                if sure is not None:
                    rest = round(1 - sure, 4)
                    side = "p_positive" if polarity > 0 else "p_negative"
                    chances |= {"p_negative": 0.0, "p_neutral": rest, "p_positive": 0.0, side: sure}
                make.keep(
                    Analysis(
                        response=response, label=label, polarity=polarity, analyzer="t", analysed_at=now, **chances
                    )
                )  # fmt: skip

    readings = list(db.session.scalars(select(Analysis)))
    for flag in MISMATCHES:
        assert flagged(flag) == {each.response for each in readings if each.flag == flag}
    assert flagged(*MISMATCHES) == {each.response for each in readings if each.flag}
    assert flagged() == set()
    # Somebody is at odds on every scale, and a happy score with unhappy words everywhere.
    assert flagged("hidden_issue")


def test_words_that_were_changed_since_they_were_read_disagree_with_nothing(make, now):
    response = make.response(10, "Words", analysed_at=now)
    reading = make.keep(
        Analysis(
            response=response, label="negative", polarity=-0.9, p_negative=0.9, p_neutral=0.1, p_positive=0.0,
            analyzer="t", analysed_at=now,
        )
    )  # fmt: skip
    assert (reading.flag, flagged("hidden_issue")) == ("hidden_issue", {response})

    response.analysed_at = None
    make.keep(response)
    assert flagged("hidden_issue") == set()


def test_what_was_imported_comes_behind_the_fresh_the_newest_first_and_a_quarter_at_once(make, now):
    imported = [make.response(channel="import") for _ in range(4)]
    fresh = [make.response(channel=channel) for channel in ("link", "email")]
    ids = [response.id for response in reversed(imported)]

    assert unread("job", now, 100) == [*(response.id for response in fresh), *ids]
    assert unread("job", now, 8) == [*(response.id for response in fresh), *ids[:2]]
    assert unread("job", now, 1) == [fresh[0].id]
    assert unread_count("job", now) == 6


def test_every_way_in_but_the_file_is_fresh():
    said = str(
        next(c for c in Response.__table__.constraints if c.name == "ck_response_channel_known").sqltext
    )

    assert set(re.findall(r"'(\w+)'", said)) == {*FRESH, IMPORT}


def test_the_look_for_the_unread_needs_no_look_at_those_that_were_read(make, now):
    with make.at_one_go():
        for _ in range(200):
            make.response(analysed_at=now, channel="import")
    with plans("response") as found:
        unread("job", now, 10)

    assert len(found) == 2
    assert all("ix_response_unread" in plan for plan in found), found
