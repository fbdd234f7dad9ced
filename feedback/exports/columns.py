"""What each column of an export means; the same words stand in the workbook, in the API and in docs/exports.md."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext

from feedback.exports.tables import Column, Kind
from surveys.errors import N_

Said = Mapping[str, tuple[Kind, str]]

ANSWERS: Said = {
    "id": ("text", N_("id of the answer, as in addresses and in the API")),
    "survey": ("text", N_("key of the survey")),
    "brand": ("text", N_("key of the shop")),
    "score": ("number", N_("score on the survey's scale; empty when none was given")),
    "group": ("text", N_("group of the score: promoter, passive, detractor and so on")),
    "comment": ("text", N_("what the customer wrote; without persons, personal data in it is covered")),
    "contact_permission": ("yes_no", N_("whether the customer may be contacted about it; empty when not asked")),
    "submitted_at": ("moment", N_("when it was sent; empty when it was left half-way")),
    "saved_at": ("moment", N_("when it was last saved")),
    "partial": ("yes_no", N_("whether it was left half-way")),
    "excluded": ("text", N_("why it counts in no figure: bot, duplicate, test, scanner, other; empty when it counts")),
    "channel": ("text", N_("how it came: email, api, import, link, qr, embed")),
    "locale": ("text", N_("language it was asked in")),
    "country": ("text", N_("country it was shipped to, else the customer's")),
    "carrier": ("text", N_("carrier of the order")),
    "analysis.language": ("text", N_("language the comment was read in")),
    "analysis.label": ("text", N_("how it reads: negative, neutral, positive, mixed, uncertain, no_opinion, unreadable")),
    "analysis.polarity": ("number", N_("-1 (bad) to 1 (good); empty where there was nothing to read")),
    "analysis.subjectivity": ("number", N_("0 (facts) to 1 (opinion)")),
    "analysis.p_negative": ("number", N_("chance that the comment is negative, 0 to 1")),
    "analysis.p_neutral": ("number", N_("chance that it is neutral, 0 to 1")),
    "analysis.p_positive": ("number", N_("chance that it is positive, 0 to 1")),
    "analysis.flag": ("text", N_("how words and score disagree: hidden_issue, at_risk, mixed, scale_reversal")),
    "analysis.themes": ("text", N_("codes of what the comment talks about, semicolons between them")),
    "corrected_score": ("number", N_("score that the customer meant, as they said later; empty when nothing was said")),
    "external_id": ("text", N_("id that another system gave the answer")),
    "purchase": ("text", N_("number of the order")),
    "customer.reference": ("text", N_("the shop's number of the customer")),
    "customer.email": ("text", N_("address of the customer")),
    "customer.name": ("text", N_("name of the customer")),
}  # fmt: skip
NOTED: Said = {
    "attributes_verified": ("yes_no", N_("whether the link or the shop vouches for what was noted"))
}
FURTHER, ATTRIBUTE = "answers.", "attributes."

TASKS: Said = {
    "id": ("text", N_("id of the task, as in addresses and in the API")),
    "brand": ("text", N_("key of the shop")),
    "state": ("text", N_("new, in_progress, waiting_customer, waiting_internal, resolved, verifying, closed")),
    "priority": ("text", N_("P0 (most urgent) to P4")),
    "points": ("number", N_("points by which the inbox is ordered, 0 to 100, with what waiting added")),
    "rule": ("text", N_("rule that opened it")),
    "reason": ("text", N_("code of the theme that the customer complains of")),
    "assignee": ("text", N_("address of whose task it is; empty for nobody's")),
    "escalation_level": ("number", N_("how many levels it was escalated, 0 to 3")),
    "reopened": ("number", N_("how often it came back")),
    "opened_at": ("moment", N_("when it was opened")),
    "due_at": ("moment", N_("when the next running clock is due")),
    "contacted_at": ("moment", N_("when somebody first spoke with the customer")),
    "resolved_at": ("moment", N_("when it was resolved")),
    "closed_at": ("moment", N_("when it was closed")),
    "resolution": ("text", N_("what was done: explained, apology, replacement, refund and so on")),
    "cause": ("text", N_("what the shop found: supplier, warehouse, carrier and so on")),
    "cause_detail": ("text", N_("the finer cause")),
    "outcome": ("text", N_("what the customer said in the end, or why nobody was asked")),
    "response": ("text", N_("id of the answer that opened it")),
    "survey": ("text", N_("key of the survey")),
    "score": ("number", N_("score of that answer")),
    "group": ("text", N_("group of the score")),
    "comment": ("text", N_("comment of that answer")),
    "purchase": ("text", N_("number of the order")),
    "customer.reference": ("text", N_("the shop's number of the customer")),
    "customer.email": ("text", N_("address of the customer")),
    "customer.name": ("text", N_("name of the customer")),
}  # fmt: skip

SCORED: Said = {
    "metric": ("text", N_("nps, enps, csat, csat3, ces, smileys, stars_five, thumbs, pmf")),
    "n": ("number", N_("how many answers; empty where fewer than five people could be told apart")),
    "score": ("number", N_("the score, two decimals; empty without answers, or where it would name people")),
    "low": ("number", N_("lower end of the interval (95 %)")),
    "high": ("number", N_("upper end of the interval (95 %)")),
}
SURVEY: Said = {"survey": ("text", N_("key of the survey"))}
FIGURES: Said = {
    **SURVEY,
    **SCORED,
    "mean": ("number", N_("mean of the scores, where a scale has one")),
    "hidden": ("yes_no", N_("whether it is hidden because too few people stand behind it")),
}
SPREAD: Said = {
    **SURVEY,
    "score": ("number", N_("point of the scale")),
    "group": ("text", N_("its group")),
    "n": ("number", N_("how many answers")),
}
TREND: Said = {
    **SURVEY,
    "from": ("text", N_("first day of the week, month or quarter")),
    "until": ("text", N_("the day behind its last one")),
    **SCORED,
    "extent": (
        "text",
        N_("whole, so_far (it is not over yet) or in_part (the chosen days leave some of it out)"),
    ),
}
DIFFERENCES: Said = {
    **SURVEY,
    "by": ("text", N_("what the answers are divided by")),
    "country": ("text", N_("country of the part; - where it is not known")),
    "carrier": ("text", N_("carrier of the part; - where it is not known")),
    "language": ("text", N_("language of the part; - where it is not known")),
    **SCORED,
    "difference": ("number", N_("score less that of all other answers")),
    "difference_low": ("number", N_("lower end of its interval (95 %)")),
    "difference_high": ("number", N_("upper end of its interval (95 %)")),
    "verdict": ("text", N_("clear, perhaps (chance could explain it among so many parts), not_distinguishable, too_few")),
}  # fmt: skip

ALL: Mapping[str, Said] = {
    "answers": ANSWERS,
    "tasks": TASKS,
    "figures": FIGURES,
    "spread": SPREAD,
    "trend": TREND,
    "differences": DIFFERENCES,
}


def columns_named(said: Said, names: Iterable[str]) -> list[Column]:
    """Return these columns with what they mean; further questions and attributes have names of their own."""
    return [Column(name, *meaning(said, name)) for name in names]


def meaning(said: Said, name: str) -> tuple[Kind, str]:
    """Return the kind and the meaning of a column, in the reader's language.

    Raise KeyError for one that nobody has described.
    """
    if name in said or name in NOTED:
        kind, means = said.get(name) or NOTED[name]
        return kind, gettext(means)
    if name.startswith(FURTHER):
        _, survey, question = name.split(".", 2)
        phrase = gettext(
            "answer to the question %(question)s of the survey %(survey)s", question=question, survey=survey
        )
        return "text", phrase
    if name.startswith(ATTRIBUTE):
        noted = name.removeprefix(ATTRIBUTE)
        return "text", gettext("what an open link or its address noted as %(name)s", name=noted)
    raise KeyError(name)
