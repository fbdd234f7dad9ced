"""Links and ids of mails."""

from surveys import tokens
from surveys.invitations.post import Post

ID = "a" * 22


def test_links_carry_a_token_of_their_own_purpose(post):
    answer = post.answer_link(ID).removeprefix("https://feedback.shop.test/s/")
    stop = post.unsubscribe_link(ID).removeprefix("https://feedback.shop.test/u/")

    assert tokens.read(tokens.ANSWER, answer, (post.secret,)) == ID
    assert tokens.read(tokens.UNSUBSCRIBE, stop, (post.secret,)) == ID
    assert tokens.read(tokens.ANSWER, stop, (post.secret,)) is None


def test_the_id_of_a_mail_stays_the_same(post):
    assert post.message_id(ID) == f"<{ID}@feedback.shop.test>"


def test_without_a_sender_the_house_writes_as_itself():
    assert Post("http://127.0.0.1:8000", None, "x").sender == "survey@127.0.0.1"
    assert Post("http://127.0.0.1:8000", "a@shop.test", "x").sender == "a@shop.test"
