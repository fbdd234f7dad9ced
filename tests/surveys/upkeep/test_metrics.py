from surveys.upkeep.metrics import Metric, Sample, by, one, written


def test_figures_are_written_as_prometheus_reads_them():
    text = written([one("answers_total", "Answers stored.", 3), by("tasks", "Tasks.", "state", {"new": 2})])

    # https://prometheus.io/docs/instrumenting/exposition_formats/
    assert text == (
        "# HELP nachklang_answers_total Answers stored.\n"
        "# TYPE nachklang_answers_total counter\n"
        "nachklang_answers_total 3\n"
        "# HELP nachklang_tasks Tasks.\n"
        "# TYPE nachklang_tasks gauge\n"
        'nachklang_tasks{state="new"} 2\n'
    )


def test_values_of_labels_are_escaped():
    odd = Metric("odd", "Odd.", (Sample(1.5, {"name": 'a "b"\\\n'}),))

    assert 'nachklang_odd{name="a \\"b\\"\\\\\\n"} 1.5' in written([odd]).splitlines()


def test_a_figure_without_values_is_left_out():
    assert written([by("tasks", "Tasks.", "state", {})]) == "\n"
