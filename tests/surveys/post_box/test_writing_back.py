from surveys.invitations.planning import plan_verification
from surveys.post_box.writing_back import keep_answer, of_invitation


def test_words_about_a_check_back_go_to_the_survey_asked_before(make, now):
    make.survey("check-back")
    customer = make.customer("Pat")
    asked = make.invitation(make.purchase(customer))
    make.turn(customer, "planned").version = make.survey("ces").current
    check_back = plan_verification(customer, asked.purchase, "en", now, now)
    answer = keep_answer(of_invitation(check_back), "Still broken", "k" * 64, now)

    assert (answer.survey.key, answer.comment, answer.contact_permission) == ("nps", "Still broken", True)


def test_an_answer_keeps_language_and_brand_of_the_invitation(make, now):
    asked = make.invitation(make.purchase(make.customer("Pat", locale="de")))
    answer = keep_answer(of_invitation(asked), "Zu spät", "k" * 64, now)

    assert (answer.locale, answer.brand, answer.version) == ("de", asked.customer.brand, asked.version)
    assert answer.answers == {"by": "mail", "invitation": asked.public_id}


def test_a_mail_is_no_answer_to_an_anonymous_survey(make, now):
    make.anonymous()

    assert keep_answer(of_invitation(make.invitation()), "Too late", "k" * 64, now) is None


def test_words_about_a_check_back_never_go_to_an_anonymous_survey(make, now):
    make.survey("check-back")
    customer = make.customer("Pat")
    asked = make.invitation(make.purchase(customer))
    asked.touchpoint.survey, asked.version = make.anonymous("ces"), make.survey("ces").current
    check_back = plan_verification(customer, asked.purchase, "en", now, now)

    assert keep_answer(of_invitation(check_back), "Still broken", "k" * 64, now).survey.key == "nps"
