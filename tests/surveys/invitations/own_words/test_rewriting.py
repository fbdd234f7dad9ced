"""A touchpoint's own words in its letters, and two subjects that chance deals out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.database import db
from surveys.errors import Refusal, SeveralRefusals
from surveys.invitations.composing import compose
from surveys.invitations.own_words.models import LetterWords
from surveys.invitations.own_words.queries import Tried, comparisons, fared_of, words_of
from surveys.invitations.own_words.rewriting import Words, choose_subject, rewrite
from surveys.invitations.post import Post

POST = Post("https://surveys.shop.test", "survey@shop.test", "secret")


@pytest.fixture
def touchpoint(make):
    return make.touchpoint()


@pytest.fixture
def olga(make):
    return make.staff("Olga", role="owner")


def letter_to(make, touchpoint, **customer):
    invitation = make.invitation(make.purchase(make.customer(**customer)), touchpoint=touchpoint)
    return compose(invitation, POST, make.now, words_of(touchpoint.id, invitation.locale))


@pytest.mark.once
def test_own_words_stand_in_the_letter_with_the_customers_name(make, touchpoint, olga, now):
    words = Words(
        "How is the {product|order}, {customer.first_name|friend}?", introduction="We roast it ourselves."
    )
    rewrite(touchpoint, "en", words, olga, now)

    english, german = letter_to(make, touchpoint), letter_to(make, touchpoint, locale="de")

    assert english.subject == "How is the Mug, Dora?"
    assert (
        "We roast it ourselves." in " ".join(english.text.split())
        and "We roast it ourselves." in english.html
    )
    assert "On 28 February 2026" in english.text  # the order is named all the same
    assert german.subject == "Wie war Ihre Bestellung bei Demo Shop?"


@pytest.mark.once
def test_a_name_that_holds_a_line_break_stays_on_one_line(make, touchpoint, olga, now):
    rewrite(touchpoint, "en", Words("Hello {customer.name|there}"), olga, now)

    letter = letter_to(make, touchpoint, name="Dora Bcc: x@example.test")
    letter_of_two_lines = letter_to(make, touchpoint, name="Dora\u2028Detractor")

    assert letter.subject == "Hello Dora Bcc: x@example.test"
    assert letter_of_two_lines.subject == "Hello Dora Detractor"
    letter.as_email()


def test_empty_words_bring_the_words_of_the_house_back(make, touchpoint, olga, now):
    rewrite(touchpoint, "en", Words("Mine"), olga, now)
    rewrite(touchpoint, "en", Words(), olga, now)

    assert letter_to(make, touchpoint).subject == "How was your order from Demo Shop?"
    assert db.session.scalar(select(LetterWords)) is None


@pytest.mark.once
@pytest.mark.parametrize(
    ("words", "field"),
    [
        (Words("x" * 151), "subject"),
        (Words("two\nlines"), "subject"),
        (Words("Hi {name}"), "subject"),
        (Words("Hi {customer.name}"), "subject"),
        (Words(introduction="x" * 1001), "introduction"),
        (Words(introduction="\x1b[2J"), "introduction"),
        (Words("", "Second"), "second_subject"),
        (Words("Same", "Same"), "second_subject"),
    ],
)
def test_words_that_no_letter_can_bear_are_refused_beside_their_field(touchpoint, olga, now, words, field):
    with pytest.raises(Refusal) as refused:
        rewrite(touchpoint, "en", words, olga, now)

    assert refused.value.field == field
    assert db.session.scalar(select(LetterWords)) is None


def test_everything_that_is_wrong_is_told_at_once(touchpoint, olga, now):
    with pytest.raises(SeveralRefusals) as refused:
        rewrite(touchpoint, "en", Words("{x}", "{y}"), olga, now)

    assert [each.field for each in refused.value.refusals] == ["subject", "second_subject"]


def test_chance_deals_two_subjects_out_by_halves_and_a_reminder_bears_the_same(make, touchpoint, olga, now):
    rewrite(touchpoint, "en", Words("First", "Second"), olga, now)
    invitations = [make.invitation(touchpoint=touchpoint) for _ in range(40)]
    for invitation in invitations:
        choose_subject(invitation, words_of(touchpoint.id, "en"))
    dealt = [invitation.variant for invitation in invitations]

    again = compose(invitations[0], POST, now, words_of(touchpoint.id, "en"), reminder=1).subject
    for invitation in invitations:
        choose_subject(invitation, words_of(touchpoint.id, "en"))

    # 40 fair draws lie outside 8 to 32 once in ten thousand times; the ids are new each time.
    assert 8 <= dealt.count("a") <= 32 and set(dealt) == {"a", "b"}
    assert [invitation.variant for invitation in invitations] == dealt
    assert again.endswith("First" if dealt[0] == "a" else "Second")


def test_without_a_second_subject_nothing_is_dealt(make, touchpoint, olga, now):
    rewrite(touchpoint, "en", Words("First"), olga, now)
    invitation = make.invitation(touchpoint=touchpoint)

    choose_subject(invitation, words_of(touchpoint.id, "en"))

    assert invitation.variant is None


def test_a_comparison_counts_what_left_since_it_began(make, touchpoint, olga, now):
    rewrite(touchpoint, "en", Words("First", "Second"), olga, now)
    later = {"touchpoint": touchpoint, "sent_at": now + timedelta(hours=1)}
    for variant, answered in (("a", True), ("a", False), ("b", False)):
        make.invitation(**later, variant=variant, answered_at=now if answered else None)
    make.invitation(touchpoint=touchpoint, sent_at=now - timedelta(days=1), variant="b", answered_at=now)
    make.invitation(**later, variant="b", answered_at=now, is_test=True)

    (comparison,) = comparisons()

    assert comparison.subjects == ("First", "Second")
    assert comparison.tried == (Tried(2, 1), Tried(1, 0))


def test_changed_subjects_are_compared_anew_and_a_changed_introduction_is_not(make, touchpoint, olga, now):
    rewrite(touchpoint, "en", Words("First", "Second"), olga, now)
    rewrite(touchpoint, "en", Words("First", "Second", "Hello."), olga, now + timedelta(days=1))
    (same,) = comparisons()
    rewrite(touchpoint, "en", Words("First", "Third", "Hello."), olga, now + timedelta(days=2))
    (anew,) = comparisons()

    assert (same.since, anew.since) == (now, now + timedelta(days=2))
    assert fared_of(touchpoint, "en", anew.since) == (Tried(0, 0), Tried(0, 0))
