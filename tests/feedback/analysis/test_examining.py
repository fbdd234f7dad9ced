from feedback.analysis.examining import look_at_phrases, look_at_reader, look_at_search
from feedback.analysis.rewording import reword
from feedback.analysis.search.indexing import index_older
from feedback.analysis.themes.own_phrases import OwnPhrase
from feedback.analysis.working import introduce


def test_the_doctor_says_who_reads_and_what_to_do_without_an_encoder(make):
    assert [finding.level for finding in look_at_reader(None)] == ["ok"]

    introduce("heads 1, words", make.now)
    [finding] = look_at_reader(None)
    assert finding.level == "warn"
    assert "make encoder" in finding.advice

    introduce("heads 1, e5-small 0.3.0", make.now)
    assert [finding.level for finding in look_at_reader(None)] == ["ok"]


def test_the_doctor_says_how_many_comments_no_search_finds_yet(make):
    make.response(3, "late", analysed_at=make.now)
    [finding] = look_at_search(None)
    assert finding.level == "warn" and "1 comments" in finding.said and "flask loop run" in finding.advice

    index_older(make.now, 10)
    assert [finding.level for finding in look_at_search(None)] == ["ok"]


def test_the_doctor_says_that_an_update_left_changes_to_phrases_without_effect(make, now):
    reword("PRICE", [OwnPhrase("PRICE", "en", "zeppelin", False)], make.staff(role="admin"), now)
    assert [finding.level for finding in look_at_phrases(None)] == ["ok"]

    reword("PRICE", [OwnPhrase("PRICE", "en", "no longer shipped", True)], make.staff(role="admin"), now)
    [finding] = look_at_phrases(None)
    assert finding.level == "warn" and "Themes" in finding.advice
