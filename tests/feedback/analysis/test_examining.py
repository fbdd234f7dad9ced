from feedback.analysis.analysing import analyse_new
from feedback.analysis.examining import look_at_reader
from tests.doubles import WordReader


def test_the_doctor_says_who_reads_and_what_to_do_without_an_encoder(make):
    assert [finding.level for finding in look_at_reader(None)] == ["ok"]

    make.response(comment="good")
    analyse_new(make.now, 10, WordReader("heads 1, words", lambda _: (0.5, 0.5)))
    [finding] = look_at_reader(None)
    assert finding.level == "warn"
    assert "make encoder" in finding.advice

    make.response(comment="good")
    analyse_new(make.now.replace(year=2027), 10, WordReader("heads 1, e5-small 0.3.0", lambda _: (0.5, 0.5)))
    assert [finding.level for finding in look_at_reader(None)] == ["ok"]
