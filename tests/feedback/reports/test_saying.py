"""The sentence that every report of this room begins with."""

from flask_babel import force_locale

from feedback.insights.differences import compare
from feedback.insights.scores import measure
from feedback.reports.saying import sentence


def test_the_figure_its_interval_and_whether_it_changed(app):
    found = measure("nps", {3: 10, 7: 30, 10: 60})
    worse = compare("nps", found.groups, {"detractor": 5, "passive": 5, "promoter": 190})
    with app.test_request_context():
        assert sentence(found, "nps", None, 7) == "NPS is 50 (36 to 62)."
        assert "lower than in the 7 days before: more than chance" in sentence(found, "nps", worse, 7)
        assert "lower than in the month before: more" in sentence(found, "nps", worse, 0, "the month before")
        few = measure("nps", {3: 1, 9: 1})
        assert sentence(few, "nps", None, 7).endswith("These are few answers.")
        with force_locale("de"):
            assert "niedriger als in den 7 Tagen davor" in sentence(found, "nps", worse, 7)
