from surveys.upkeep.checks import Finding, Line, examine, is_ill


def test_a_check_that_breaks_off_is_a_finding_and_the_others_still_have_their_turn():
    def broken(_at):
        raise RuntimeError("no such place")

    cleaned = []
    checks = [("first", broken), ("second", lambda _at: [Finding("ok", "fine")])]
    lines = examine(checks, None, lambda: cleaned.append(True))

    assert [(line.name, line.finding.level) for line in lines] == [("first", "FAIL"), ("second", "ok")]
    assert "no such place" in lines[0].finding.said
    assert is_ill(lines)
    assert cleaned == [True]


def test_a_warning_alone_is_no_illness():
    assert not is_ill([Line("disk", Finding("warn", "little room", "Make room."))])
