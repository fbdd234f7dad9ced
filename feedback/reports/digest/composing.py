"""Write a digest: for a small shop everything that was said, for a large one the sentence, what hurts, the newest."""

from dataclasses import replace
from datetime import datetime

from flask_babel import force_locale, gettext, ngettext

from feedback.follow_up.models import Task
from feedback.insights.filters import days_text, group_word, headline
from feedback.insights.listing import Listed, Wanted, count_responses, responses
from feedback.insights.reporting import Report, is_shown, report
from feedback.insights.selection import Days, Selection
from feedback.notices.composing import Words, moment, strokes, to_staff
from feedback.reports.asking import NoLongerOffered
from feedback.reports.digest.making import selection_of, wanted_of
from feedback.reports.digest.queries import open_cases
from feedback.reports.following import followed
from feedback.reports.listing import fit_of, fit_sentence
from feedback.reports.models import RESPONSES, ReportMail, ReportReader
from feedback.reports.monthly.composing import report_blocks, report_subject
from feedback.reports.saying import followed_blocks, hurting, sentence
from surveys import tokens
from surveys.channels.message import Message
from surveys.channels.plain_page import plain_page
from surveys.doors import spoken
from surveys.filters import masked, number
from surveys.invitations.post import Post
from surveys.staff.permissions import may, sees_personal_data

SMALL_BELOW = 100  # answers in the period: under it all comments are told
NEWEST, CASES, HURTS = 10, 20, 5
Blocks = list[list[str]]


def compose(mail: ReportMail, post: Post) -> Message:
    """Return the mail in its reader's language; what has been erased since it was made is not in it."""
    reader = mail.reader
    with force_locale(reader.staff.locale):
        subject, blocks = written(mail, post)
        stop = f"{post.base_url}/stop/{tokens.make(tokens.REPORT_MAIL, reader.public_id, post.secret)}"
        blocks.append([gettext("Stop these mails with one click:"), stop])
        html = plain_page(reader.staff.locale, subject, blocks)
    text = "\n\n".join("\n".join(lines) for lines in blocks) + "\n"
    return to_staff(
        mail,
        reader.staff,
        post,
        Words(subject, text, html),
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def written(mail: ReportMail, post: Post) -> tuple[str, Blocks]:
    """Return the subject of a mail and its blocks of lines."""
    reader, days, now = mail.reader, Days(mail.first_day, mail.last_day), mail.made_at
    name, place = title_of(reader), place_of(reader, post)
    try:
        selection = selection_of(reader, days, now)
    except NoLongerOffered as refusal:
        return gettext("%(view)s cannot be counted any more", view=name), [[spoken(refusal)], [place]]
    if mail.is_pause:
        return gettext("%(view)s: nothing came in, the mails pause", view=name), [paused(days), [place]]
    if reader.view is None:
        return report_subject(days), [*report_blocks(days, now, post), [place]]
    return digest(reader, selection, now, post)


def digest(reader: ReportReader, selection: Selection, now: datetime, post: Post) -> tuple[str, Blocks]:
    """Return subject and blocks of the digest of a view."""
    wanted, role = wanted_of(reader, selection), reader.staff.role
    fit = fit_of(reader.view, selection, now) if is_list(reader) and reader.view else None
    found = None if is_list(reader) else report(selection, now)
    n = count_responses(wanted, now)
    is_small, head = n < SMALL_BELOW, title_of(reader)
    answered = ngettext("%(n)s answer", "%(n)s answers", n, n=number(n))
    blocks: Blocks = [[f"{head}, {days_text(selection.days)}: {answered}." if selection.days else head]]
    blocks += [[fit_sentence(fit)]] if fit else figures(found)
    if not is_small and found is not None:
        blocks.append(hurting(found.findings.ranking.hurting[:HURTS], found.focus.survey.kind))
    blocks += [] if is_list(reader) else followed_blocks(followed(selection, now))
    if sees_personal_data(role) or is_shown(selection, now):
        blocks += said(wanted, now, post, SMALL_BELOW if is_small else NEWEST, is_small=is_small)
    if may(role, "tasks") and is_small:
        blocks += cases(wanted, now, post, reader.staff.locale)
    subject = f"{head}: {answered}"
    if found is not None and found.focus.measure is not None:
        subject = f"{subject} · {headline(found.focus.measure, found.focus.survey.kind)}"
    return subject, [*filter(None, blocks), [gettext("The whole view:"), place_of(reader, post)]]


def is_list(reader: ReportReader) -> bool:
    """Tell whether a mail is about a list of responses, which has figures of its own."""
    return reader.view is not None and reader.view.page == RESPONSES


def title_of(reader: ReportReader) -> str:
    """Return what a mail is about."""
    return reader.view.name if reader.view is not None else str(gettext("Monthly report"))


def place_of(reader: ReportReader, post: Post) -> str:
    """Return the address of the page that a mail is about."""
    if reader.view is None:
        return f"{post.base_url}/insights/monthly"
    return f"{post.base_url}/insights/reports/{reader.view.public_id}"


def paused(days: Days) -> list[str]:
    """Return the lines that say why there will be no mail for a while."""
    return [
        gettext("Nobody has answered between these days: %(days)s.", days=days_text(days)),
        gettext("Until somebody does, no further mail comes. It starts again by itself."),
    ]


def figures(found: Report | None) -> Blocks:
    """Return the sentence of the survey in focus, or why there is none."""
    if found is None:
        return []
    return [[sentence(found) or gettext("So few people stand behind these answers that no figure is shown.")]]


def said(wanted: Wanted, now: datetime, post: Post, most: int, *, is_small: bool) -> Blocks:
    """Return the comments with their scores, the newest first: all of them for a small shop."""
    rows = responses(replace(wanted, has_comment=True), now, most).items
    if not rows:
        return [[gettext("Nobody wrote a comment.")]]
    head = gettext("All comments:") if is_small else gettext("The newest comments:")
    return [[head], *(comment_lines(row, post) for row in rows)]


def comment_lines(row: Listed, post: Post) -> list[str]:
    """Return one comment, with its personal data covered, its score and its address."""
    response = row.response
    lines = []
    if response.score is not None:
        group = group_word(response.group) if response.group else ""
        lines.append(strokes(response.survey.kind, response.score, group))
    return [*lines, f"“{masked(response.comment)}”", f"{post.base_url}/responses/{response.public_id}"]


def cases(wanted: Wanted, now: datetime, post: Post, language: str) -> Blocks:
    """Return the open tasks of the view, the most urgent first, and how many more there are."""
    found = open_cases(wanted, now, CASES)
    if not found.number:
        return [[gettext("No case is open.")]]
    head = ngettext("One case is open:", "%(num)s cases are open:", found.number)
    blocks = [[head], *(case_lines(task, post, language) for task in found.tasks)]
    if (left := found.number - len(found.tasks)) > 0:
        more = ngettext("One more stands in the inbox:", "%(num)s more stand in the inbox:", left)
        blocks.append([more, f"{post.base_url}/inbox?view=open"])
    return blocks


def case_lines(task: Task, post: Post, language: str) -> list[str]:
    """Return one open task: how urgent, whose, until when, where."""
    line = f"{task.priority} · {' '.join(task.customer.display_name.split())}"
    if task.due_at is not None:
        line = f"{line} · {gettext('Due %(moment)s', moment=moment(task.due_at, task, language))}"
    return [line, f"{post.base_url}/tasks/{task.public_id}"]
