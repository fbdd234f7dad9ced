"""What each column of an export means; the same words stand in the workbook, in the API and in docs/exports.md."""

from collections.abc import Iterable, Mapping

from feedback.exports.tables import Column, Kind

Said = Mapping[str, tuple[Kind, str]]

ANSWERS: Said = {
    "id": ("text", "id of the answer, as in addresses and in the API"),
    "survey": ("text", "key of the survey"),
    "brand": ("text", "key of the shop"),
    "score": ("number", "score on the survey's scale; empty when none was given"),
    "group": ("text", "group of the score: promoter, passive, detractor and so on"),
    "comment": ("text", "what the customer wrote; without persons, personal data in it is covered"),
    "contact_permission": ("yes_no", "whether the customer may be contacted about it; empty when not asked"),
    "submitted_at": ("moment", "when it was sent; empty when it was left half-way"),
    "saved_at": ("moment", "when it was last saved"),
    "partial": ("yes_no", "whether it was left half-way"),
    "excluded": ("text", "why it counts in no figure: bot, duplicate, test, scanner, other; empty when it counts"),
    "channel": ("text", "how it came: email, api, import, link, qr, embed"),
    "locale": ("text", "language it was asked in"),
    "country": ("text", "country it was shipped to, else the customer's"),
    "carrier": ("text", "carrier of the order"),
    "analysis.language": ("text", "language the comment was read in"),
    "analysis.label": ("text", "how it reads: negative, neutral, positive, mixed, uncertain, no_opinion, unreadable"),
    "analysis.polarity": ("number", "-1 (bad) to 1 (good); empty where there was nothing to read"),
    "analysis.subjectivity": ("number", "0 (facts) to 1 (opinion)"),
    "analysis.p_negative": ("number", "chance that the comment is negative, 0 to 1"),
    "analysis.p_neutral": ("number", "chance that it is neutral, 0 to 1"),
    "analysis.p_positive": ("number", "chance that it is positive, 0 to 1"),
    "analysis.flag": ("text", "how words and score disagree: hidden_issue, at_risk, mixed, scale_reversal"),
    "analysis.themes": ("text", "codes of what the comment talks about, semicolons between them"),
    "external_id": ("text", "id that another system gave the answer"),
    "purchase": ("text", "number of the order"),
    "customer.reference": ("text", "the shop's number of the customer"),
    "customer.email": ("text", "address of the customer"),
    "customer.name": ("text", "name of the customer"),
}  # fmt: skip
NOTED = {"attributes_verified": ("yes_no", "whether the link or the shop vouches for what was noted")}
FURTHER, ATTRIBUTE = "answers.", "attributes."

TASKS: Said = {
    "id": ("text", "id of the task, as in addresses and in the API"),
    "brand": ("text", "key of the shop"),
    "state": ("text", "new, in_progress, waiting_customer, waiting_internal, resolved, verifying, closed"),
    "priority": ("text", "P0 (most urgent) to P4"),
    "points": ("number", "points by which the inbox is ordered, 0 to 100, with what waiting added"),
    "rule": ("text", "rule that opened it"),
    "reason": ("text", "code of the theme that the customer complains of"),
    "assignee": ("text", "address of whose task it is; empty for nobody's"),
    "escalation_level": ("number", "how many levels it was escalated, 0 to 3"),
    "reopened": ("number", "how often it came back"),
    "opened_at": ("moment", "when it was opened"),
    "due_at": ("moment", "when the next running clock is due"),
    "contacted_at": ("moment", "when somebody first spoke with the customer"),
    "resolved_at": ("moment", "when it was resolved"),
    "closed_at": ("moment", "when it was closed"),
    "resolution": ("text", "what was done: explained, apology, replacement, refund and so on"),
    "cause": ("text", "what the shop found: supplier, warehouse, carrier and so on"),
    "cause_detail": ("text", "the finer cause"),
    "outcome": ("text", "what the customer said in the end, or why nobody was asked"),
    "response": ("text", "id of the answer that opened it"),
    "survey": ("text", "key of the survey"),
    "score": ("number", "score of that answer"),
    "group": ("text", "group of the score"),
    "comment": ("text", "comment of that answer"),
    "purchase": ("text", "number of the order"),
    "customer.reference": ("text", "the shop's number of the customer"),
    "customer.email": ("text", "address of the customer"),
    "customer.name": ("text", "name of the customer"),
}  # fmt: skip

SCORED: Said = {
    "metric": ("text", "nps, enps, csat, csat3, ces, smileys, stars_five, thumbs, pmf"),
    "n": ("number", "how many answers; empty where fewer than five people could be told apart"),
    "score": ("number", "the score, two decimals; empty without answers, or where it would name people"),
    "low": ("number", "lower end of the 95 % interval"),
    "high": ("number", "upper end of the 95 % interval"),
}
SURVEY: Said = {"survey": ("text", "key of the survey")}
FIGURES: Said = {
    **SURVEY,
    **SCORED,
    "mean": ("number", "mean of the scores, where a scale has one"),
    "hidden": ("yes_no", "whether it is hidden because too few people stand behind it"),
}
SPREAD: Said = {
    **SURVEY,
    "score": ("number", "point of the scale"),
    "group": ("text", "its group"),
    "n": ("number", "how many answers"),
}
TREND: Said = {
    **SURVEY,
    "from": ("text", "first day of the week, month or quarter"),
    "until": ("text", "the day behind its last one"),
    **SCORED,
}
DIFFERENCES: Said = {
    **SURVEY,
    "by": ("text", "what the answers are divided by"),
    "country": ("text", "country of the part; - where it is not known"),
    "carrier": ("text", "carrier of the part; - where it is not known"),
    "language": ("text", "language of the part; - where it is not known"),
    **SCORED,
    "difference": ("number", "score less that of all other answers"),
    "difference_low": ("number", "lower end of its 95 % interval"),
    "difference_high": ("number", "upper end of its 95 % interval"),
    "verdict": ("text", "clear, perhaps (chance could explain it among so many parts), not_distinguishable, too_few"),
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
    """Return the kind and the meaning of a column; raise KeyError for one that nobody has described."""
    if name in said:
        return said[name]
    if name in NOTED:
        return "yes_no", NOTED[name][1]
    if name.startswith(FURTHER):
        _, survey, question = name.split(".", 2)
        return "text", f"answer to the question {question} of the survey {survey}"
    if name.startswith(ATTRIBUTE):
        return "text", f"what an open link or its address noted as {name.removeprefix(ATTRIBUTE)}"
    raise KeyError(name)
