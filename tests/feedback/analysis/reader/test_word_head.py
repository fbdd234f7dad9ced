import numpy as np

from feedback.analysis.reader.word_head import fit


def test_a_word_head_learns_words_and_says_which_weighed():
    texts = ["good lamp", "good chair", "bad lamp", "bad chair"] * 5
    head = fit(texts, np.array([1, 1, 0, 0] * 5), 2, np.ones(20), 0.1)

    good, bad = head.logits("a good sofa"), head.logits("a bad sofa")
    assert good.argmax() == 1
    assert bad.argmax() == 0
    shares = head.shares(["a", "good", "sofa"])
    assert (shares[:, 1] - shares[:, 0]).argmax() == 1


def test_a_compound_is_known_by_its_pieces():
    texts = ["Lieferchaos", "Servicechaos", "Traumlampe", "Traumpreis"] * 5
    head = fit(texts, np.array([0, 0, 1, 1] * 5), 2, np.ones(20), 0.1)

    assert head.logits("Versandchaos").argmax() == 0
    assert head.logits("Traumsofa").argmax() == 1


def test_what_is_denied_is_known_behind_a_denial_not_learnt_with_it_and_the_denial_ends_with_its_clause():
    texts = [
        "no trouble",
        "without trouble",
        "never any trouble",
        "much trouble",
        "trouble again",
        "all trouble",
    ] * 5
    head = fit(texts, np.array([1, 1, 1, 0, 0, 0] * 5), 2, np.ones(30), 0.1)

    assert head.logits("hardly trouble").argmax() == 1
    assert head.logits("hardly, trouble").argmax() == 0


def test_a_text_without_words_gets_what_the_head_thinks_of_any():
    head = fit(["good", "bad"], np.array([1, 0]), 2, np.ones(2), 0.1)

    assert (head.logits("") == head.bias).all()
