"""Lists of responses: the newest first, page by page, with search and filters."""

from datetime import timedelta
from itertools import combinations

import pytest

from feedback.analysis.analysing import analyse_new
from feedback.analysis.models import Analysis, Mention
from feedback.insights.listing import (
    BATCH,
    Wanted,
    count_responses,
    count_unsearched,
    every_response,
    responses,
)
from feedback.insights.selection import Selection
from surveys.cursor import InvalidCursor
from surveys.database import db, public_id
from surveys.filters import masked
from surveys.personal_data import personal_data
from surveys.questionnaires.anonymity import FEWEST_SHOWN
from surveys.responses.models import Response
from tests.doubles import WordReader
from tests.plans import plans

READER = WordReader("test 1", lambda text: (-0.5, 0.5))


def comments(page):
    return [row.response.comment for row in page.items]


def listed(now, **wanted):
    return [row.response.comment for row in every_response(Wanted(**wanted), now)]


def test_submitted_and_left_half_way_stand_in_one_order(make, now):
    customer = make.customer()
    for minutes, is_partial in ((5, False), (4, True), (3, False), (3, True), (1, False)):
        at = now - timedelta(minutes=minutes)
        make.response(
            8, f"{minutes}{'p' if is_partial else 's'}", customer=customer, is_partial=is_partial, saved_at=at,
            submitted_at=None if is_partial else at,
        )  # fmt: skip

    first = responses(Wanted(), now, 2)
    second = responses(Wanted(), now, 2, first.next)
    third = responses(Wanted(), now, 2, second.next)

    assert comments(first) + comments(second) + comments(third) == ["1s", "3p", "3s", "4p", "5s"]
    assert third.next is None
    assert count_responses(Wanted(), now) == 5


def test_a_cursor_of_another_list_is_refused(app, now):
    with pytest.raises(InvalidCursor):
        responses(Wanted(), now, 10, "WzFd")


@pytest.mark.parametrize("words", ["ÄRGER", "ärger", "Ärger", "100 %", "a_b", "aerger"])
def test_words_are_found_in_any_case(make, now, words):
    customer = make.customer()
    make.response(2, "Viel Ärger: 100 % zu spät, a_b \\ c", customer=customer)
    make.response(2, "Nichts davon, 1000 Stück zu spät, aXb", customer=customer)
    analyse_new(now, 10, READER)

    assert listed(now, words=words) == ["Viel Ärger: 100 % zu spät, a_b \\ c"]


def hidden_pieces(comment):
    """Return every part of a comment's personal data that somebody could guess, and the lists cover."""
    shown = masked(comment)
    for piece in personal_data(comment):
        hidden = comment[piece.start : piece.end]
        for start, end in combinations(range(len(hidden) + 1), 2):
            if hidden[start:end].casefold() not in shown.casefold():
                yield hidden[start:end]


@pytest.mark.once
def test_nobody_spells_out_by_searching_what_is_covered(make, now):
    comment = "Ruft an: 0171 2345678, mia.meier@example.test, Frau Meier, Lindenstraße 5. Es ist dringend."
    make.response(2, comment)
    analyse_new(now, 10, READER)
    assert listed(now, words="DRINGEND") == [comment]

    guesses = [*hidden_pieces(comment)]
    assert len(guesses) > 300
    for guess in guesses:
        assert count_responses(Wanted(words=guess), now) == 0, guess


@pytest.mark.once
def test_words_are_searched_when_they_are_read_and_only_as_they_stand_there_now(make, now):
    response = make.response(2, "The parcel came late.")
    assert (listed(now, words="late"), count_unsearched()) == ([], 1)

    analyse_new(now, 10, READER)
    assert (listed(now, words="late"), count_unsearched()) == (["The parcel came late."], 0)

    response = db.session.merge(response)
    response.comment, response.analysed_at = "Never mind.", None
    db.session.commit()
    assert (listed(now, words="late"), listed(now, words="mind"), count_unsearched()) == ([], [], 1)


@pytest.mark.thorough
def test_filters_narrow_the_list_and_its_count_alike(make, now):
    austrian = make.customer("Ada", country="AT")
    parcel = make.purchase(austrian, ship_country="CH", carrier="Postbus")
    make.response(2, "shipped to CH", customer=austrian, purchase=parcel, contact_permission=False)
    make.response(9, "lives in AT", customer=austrian, locale="de")
    make.response(1, "csat", customer=make.customer("Bo", country=None), survey_key="csat")

    for wanted, expected in [
        (Wanted(Selection(country="CH")), ["shipped to CH"]),
        (Wanted(Selection(country="AT")), ["lives in AT"]),
        (Wanted(Selection(country="-")), ["csat"]),
        (Wanted(Selection(carrier="Postbus")), ["shipped to CH"]),
        (Wanted(Selection(language="de")), ["lives in AT"]),
        (Wanted(Selection(survey="csat", brand="demo")), ["csat"]),
        (Wanted(Selection(brand="other")), []),
        (Wanted(group="promoter"), ["lives in AT"]),
        (Wanted(mood="unhappy"), ["csat", "shipped to CH"]),
        (Wanted(mood="unhappy", is_refused=True), ["shipped to CH"]),
        (Wanted(has_comment=True, group="promoter"), ["lives in AT"]),
        (Wanted(updated_since=now + timedelta(seconds=1)), []),
    ]:
        assert [row.response.comment for row in every_response(wanted, now)] == expected
        assert count_responses(wanted, now) == len(expected)


def test_refusals_are_counted_without_reading_the_other_answers_of_those_days(make, now):
    with make.at_one_go():
        for _ in range(200):
            make.response(2, contact_permission=True)
    make.response(1, contact_permission=False)
    half_way = {"submitted_at": None, "saved_at": now - timedelta(hours=2), "is_partial": True}
    make.response(3, contact_permission=False, **half_way)
    lately = Selection(since=now - timedelta(days=90), until=now + timedelta(days=1))

    with plans("response") as found:
        assert count_responses(Wanted(lately, mood="unhappy", is_refused=True, is_counted=True), now) == 2
    assert any("ix_response_refused" in plan for plan in found), found
    assert not any("ix_response_submitted_at" in plan for plan in found), found


def test_words_are_found_where_the_parcel_went_and_without_one_where_the_customer_lives(make, now):
    here, there, nowhere = (
        make.customer(name, country=at) for name, at in zip("ABC", ("AT", "DE", None), strict=True)
    )
    for said, customer, to in (
        ("late: from there to AT", there, "AT"),
        ("late: from here to DE", here, "DE"),
        ("late: from here, no country", here, None),
        ("late: nothing known", nowhere, None),
    ):
        parcel = make.purchase(customer, ship_country=to, carrier="Postbus")
        make.response(3, said, customer=customer, purchase=parcel)
    make.response(3, "late: from here, no parcel", customer=here)
    analyse_new(now, 10, READER)

    def found(**where):
        wanted = Wanted(Selection(**where), words="late")
        listed = {row.response.comment.removeprefix("late: ") for row in responses(wanted, now, 50).items}
        assert len(listed) == count_responses(wanted, now)
        return listed

    postbus = {"from there to AT", "from here, no country"}
    assert found(country="AT") == postbus | {"from here, no parcel"}
    assert found(country="AT", carrier="Postbus") == postbus
    assert found(country="DE") == {"from here to DE"} and found(country="-") == {"nothing known"}


def test_check_backs_are_listed_only_by_name(make, now):
    make.response(None, "solved", survey_key="check-back", answers={"solved": "yes"})

    assert listed(now) == []
    assert listed(now, selection=Selection(survey="check-back")) == ["solved"]


def test_only_counted_leaves_out_what_the_numbers_leave_out(make, now):
    make.response(9, "counts")
    make.response(None, "no score")
    make.response(4, "still typing", is_partial=True, submitted_at=None, saved_at=now - timedelta(minutes=29))
    make.response(4, "left alone", is_partial=True, submitted_at=None, saved_at=now - timedelta(minutes=30))

    assert sorted(listed(now, is_counted=True)) == ["counts", "left alone"]


@pytest.mark.thorough
def test_everything_is_read_in_batches_without_a_gap_or_a_double(make, now):
    first = make.response(5, "0")
    db.session.add_all(
        Response(
            survey_id=first.survey_id,
            version_id=first.version_id,
            brand_id=first.brand_id,
            submission_id=public_id(),
            channel="api",
            locale="en",
            comment=str(number),
            saved_at=now,
            submitted_at=now,
        )
        for number in range(1, BATCH + 2)
    )
    db.session.commit()

    assert listed(now) == [str(number) for number in range(BATCH + 1, -1, -1)]


def test_an_anonymous_answer_is_told_again_all_day_long(make, now):
    make.anonymous()
    midnight = now.replace(hour=23) - timedelta(days=1)
    for _ in range(FEWEST_SHOWN):
        make.response(3, saved_at=midnight, submitted_at=midnight)

    def found_since(since):
        return count_responses(Wanted(updated_since=since), now)

    assert found_since(now) == FEWEST_SHOWN
    assert found_since(now + timedelta(days=1)) == 0


def test_a_theme_is_found_with_its_details_and_not_by_what_only_begins_so(make, now):
    for comment, code in (
        ("a", "PRICE"),
        ("b", "PRICE.SHIPPING"),
        ("c", "PRICELESS"),
        ("d", "PRICE.VOUCHER"),
    ):
        response = make.response(3, comment, analysed_at=now)
        analysis = Analysis(response=response, label="unreadable", analyzer="test", analysed_at=now)
        analysis.mentions = [Mention(kind="theme", code=code, start=0, end=1)]
        make.keep(analysis)
    wish = make.response(3, "e", analysed_at=now)
    asked = Analysis(response=wish, label="unreadable", analyzer="test", analysed_at=now)
    asked.mentions = [Mention(kind="intent", code="PRICE", start=0, end=1)]
    make.keep(asked)

    assert sorted(listed(now, theme="PRICE")) == ["a", "b", "d"]
    assert listed(now, theme="PRICE.SHIPPING") == ["b"]
    assert count_responses(Wanted(theme="PRICE"), now) == 3
