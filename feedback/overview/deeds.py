"""What staff can do in this half of the house, in plain words; see `surveys.audit.deeds`."""

from collections.abc import Mapping

from surveys.audit.deeds import BRAND, CUSTOMER, MAIL, Deed, Subject
from surveys.errors import N_

ANSWER = Subject(N_("Response"), "response", "public_id", None, "overview.response")
TASK = Subject(N_("Task"), "task", "public_id", None, "tasks.task")

DEEDS: Mapping[str, Deed] = {
    "tasks.take": Deed(N_("took a task"), TASK),
    "tasks.assign": Deed(N_("gave a task to somebody"), TASK),
    "tasks.note": Deed(N_("wrote a note on a task"), TASK),
    "tasks.reply": Deed(N_("answered a customer"), TASK),
    "tasks.take_reply_back": Deed(N_("took a mail to a customer back"), TASK),
    "tasks.call": Deed(N_("logged a try to reach a customer"), TASK),
    "tasks.file": Deed(N_("took out a file that a customer had sent"), TASK),
    "letters.put": Deed(N_("put a mail that came in to a task"), MAIL),
    "tasks.wait": Deed(N_("let a task wait for the customer"), TASK),
    "tasks.wait_internal": Deed(N_("let a task wait for somebody inside"), TASK),
    "tasks.resume": Deed(N_("went on with a task"), TASK),
    "tasks.resolve": Deed(N_("resolved a task"), TASK),
    "tasks.close": Deed(N_("closed a task"), TASK),
    "tasks.reopen": Deed(N_("reopened a task"), TASK),
    "tasks.show_comment": Deed(N_("looked at personal data in the comment of a task"), TASK),
    "overview.show_comment": Deed(N_("looked at personal data in a comment"), ANSWER),
    "overview_customers.contact": Deed(N_("gave a customer a contact of their own, or none"), CUSTOMER),
    "merging.merge_customers": Deed(N_("merged two customers"), CUSTOMER),
    "merging.undo_merge": Deed(N_("took a merge of customers back"), CUSTOMER),
    "disclosure.disclosure": Deed(N_("took out everything about a customer"), CUSTOMER),
    "disclose": Deed(N_("took out everything about a customer"), CUSTOMER),
    "erase.erase_customer": Deed(N_("erased a customer"), CUSTOMER),
    "erase": Deed(N_("erased a customer"), CUSTOMER),
    "own_page.correct": Deed(N_("corrected an answer on the customer's own page"), ANSWER),
    "own_page.disclosure": Deed(N_("took out their own data with a mailed link"), CUSTOMER),
    "corrections.correct": Deed(N_("said how a comment was meant"), ANSWER),
    "accuracy.back": Deed(N_("let comments be read with what was learnt before")),
    "accuracy.forward": Deed(N_("let comments be read with what was learnt next")),
    "excluding.exclude_response": Deed(N_("excluded an answer from the numbers"), ANSWER),
    "excluding.put_response_back": Deed(N_("put an excluded answer back"), ANSWER),
    "export.export": Deed(N_("took out answers as a file")),
    "export responses": Deed(N_("took out answers as a file"), BRAND),
    "privacy.privacy": Deed(N_("noted a request about personal data")),
    "privacy.done": Deed(N_("noted that a request about personal data was met")),
    "going_live.clear_demo": Deed(N_("removed the demo")),
    "going_live.send_test_mail": Deed(N_("had a test mail sent"), BRAND),
    "going_live.tick_step": Deed(N_("ticked a step of going live")),
    "going_live.untick_step": Deed(N_("took back a tick of going live")),
    "demo.sign_in": Deed(N_("took a role in the demo")),
    "demo.move_clock": Deed(N_("moved the clock of the demo")),
    "demo.place_purchase": Deed(N_("placed an order in the demo")),
    "demo.visit_shop": Deed(N_("visited the shop of the demo")),
}
