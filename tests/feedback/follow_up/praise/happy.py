"""Happy answers that were read as such."""

from datetime import timedelta

from feedback.analysis.models import Analysis


def happy(
    make,
    now,
    *,
    age=timedelta(days=1),
    score=10,
    comment="Lovely shop, thank you",
    label="positive",
    **values,
):
    """Make an answer of `age` ago with its reading."""
    at = now - age
    response = make.response(score, comment, submitted_at=at, saved_at=at, analysed_at=at, **values)
    make.keep(
        Analysis(
            response=response,
            label=label,
            polarity=0.9,
            subjectivity=0.5,
            baseline=0.5,
            p_negative=0.02,
            p_neutral=0.08,
            p_positive=0.9,
            analyzer="test",
            analysed_at=at,
        )
    )
    return response
