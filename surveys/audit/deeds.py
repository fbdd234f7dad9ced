"""What staff can do, in plain words: a phrase for each address that changes something or hands data out."""

from collections.abc import Mapping
from typing import NamedTuple

from surveys.errors import N_


class Subject(NamedTuple):
    """What a deed was about: its word, where it is found by its id or key, its name, its page.

    `name` is None where a name would be personal; the word stands for it.
    """

    word: str
    table: str
    key: str
    name: str | None
    endpoint: str
    has_page: bool = True  # of its own; else it stands in a list


class Deed(NamedTuple):
    """What somebody did, and about what, None for nothing of its own."""

    phrase: str
    subject: Subject | None = None


SOMETHING = Deed(N_("did something that has no words here any more"))
BRAND = Subject(N_("Shop"), "brand", "key", "name", "settings.brand")
CUSTOMER = Subject(N_("Customer"), "customer", "public_id", None, "overview_customers.customer")
PURCHASE = Subject(N_("Order"), "purchase", "public_id", "reference", "asking.purchase")
MEMBER = Subject(N_("Colleague"), "staff_member", "public_id", "name", "team.member")
IMPORT = Subject(N_("Import"), "import_run", "public_id", "file_name", "imports.one")
TOUCHPOINT = Subject(N_("Touchpoint"), "touchpoint", "public_id", "name", "asking.touchpoint")
PROGRAMME = Subject(N_("Programme"), "touchpoint", "public_id", "name", "rounds.programme")
SEGMENT = Subject(N_("Segment"), "segment", "public_id", "name", "whom.segment")
LANGUAGE = Subject(N_("Language"), "customer_language", "key", "key", "languages.language")
SURVEY_BY_KEY = Subject(N_("Survey"), "survey", "key", "name", "languages.languages", has_page=False)
SHOP = Subject(N_("Connected shop"), "shop_connection", "public_id", "address", "shops.shop")
LISTED = Subject(N_("Address"), "suppression", "public_id", None, "suppressions.entry")
MAIL = Subject(N_("Mail that came in"), "incoming_mail", "public_id", None, "post_box.mail")
LINK = Subject(N_("Link"), "link", "key", "name", "links.link")
SURVEY = Subject(N_("Survey"), "survey", "public_id", "name", "builder.survey")
KEY = Subject(N_("API key"), "api_key", "public_id", "name", "keys.keys", has_page=False)

DEEDS: Mapping[str, Deed] = {
    "staff.sign_in": Deed(N_("signed in")),
    "staff.first_owner": Deed(N_("made the first account")),
    "staff.ask_for_link": Deed(N_("asked for a new password")),
    "staff.new_password": Deed(N_("set a password by a link")),
    "account.own": Deed(N_("changed their own password")),
    "account.language": Deed(N_("chose the language of their own pages")),
    "account.keys": Deed(N_("switched the keys of their pages on or off")),
    "account.away": Deed(N_("said whether new tasks may come to them")),
    "own_work.add": Deed(N_("planned an absence of their own")),
    "own_work.drop": Deed(N_("took back an absence of their own")),
    "account.sign_out": Deed(N_("signed out")),
    "account.sign_out_elsewhere": Deed(N_("signed out in all other browsers")),
    "team.team": Deed(N_("added somebody to the team")),
    "team.member": Deed(N_("changed what a colleague may do"), MEMBER),
    "team.link": Deed(N_("made a sign-in link for a colleague"), MEMBER),
    "team.switch": Deed(N_("let a colleague go or took them back"), MEMBER),
    "team_work.work": Deed(N_("changed how much of which work a colleague takes"), MEMBER),
    "team_work.add": Deed(N_("planned an absence of a colleague"), MEMBER),
    "team_work.drop": Deed(N_("took back an absence of a colleague"), MEMBER),
    "keys.keys": Deed(N_("made an API key")),
    "keys.revoke": Deed(N_("revoked an API key"), KEY),
    "settings.brand": Deed(N_("changed the settings of a shop"), BRAND),
    "settings.logo": Deed(N_("changed the logo of a shop"), BRAND),
    "settings.new_hook_secret": Deed(N_("made a secret for the order hook"), BRAND),
    "settings.retire_hook_secret": Deed(N_("retired a secret of the order hook"), BRAND),
    "asking.new_touchpoint": Deed(N_("added a touchpoint"), BRAND),
    "asking.touchpoint": Deed(N_("changed a touchpoint"), TOUCHPOINT),
    "own_words.letter": Deed(N_("changed the words of a touchpoint's letters"), TOUCHPOINT),
    "own_words.send_test": Deed(N_("had a test letter sent"), TOUCHPOINT),
    "asking.copy": Deed(N_("copied a touchpoint"), TOUCHPOINT),
    "asking.switch_touchpoint": Deed(N_("switched a touchpoint on or off"), TOUCHPOINT),
    "asking.delete": Deed(N_("deleted a touchpoint"), TOUCHPOINT),
    "asking.ask": Deed(N_("had a question about an order sent at once"), PURCHASE),
    "rounds.keep_list": Deed(N_("gave a one-time send its list"), PROGRAMME),
    "rounds.forget_list": Deed(N_("took the list of a one-time send away"), PROGRAMME),
    "rounds.start_send": Deed(N_("started a one-time send"), PROGRAMME),
    "capacity.capacity": Deed(N_("said how many tasks the team can take on"), BRAND),
    "whom.new_segment": Deed(N_("added a segment"), BRAND),
    "whom.starters": Deed(N_("added the ready-made segments"), BRAND),
    "whom.segment": Deed(N_("changed a segment"), SEGMENT),
    "whom.delete_segment": Deed(N_("deleted a segment"), SEGMENT),
    "links.new_link": Deed(N_("made an open link")),
    "links.link": Deed(N_("changed an open link"), LINK),
    "links.switch_link": Deed(N_("switched an open link on or off"), LINK),
    "languages.review_language": Deed(N_("noted whether a native speaker has read a language"), LANGUAGE),
    "languages.use_language": Deed(N_("said whether customers are written to in a language"), LANGUAGE),
    "languages.publish": Deed(N_("published a survey in all languages"), SURVEY_BY_KEY),
    "permission.brand": Deed(N_("declared where the permission to ask comes from"), BRAND),
    "permission.strict": Deed(N_("chose the countries in which permission must be proven"), BRAND),
    "permission.ask_by_itself": Deed(N_("said whether opt-ins are asked to confirm by themselves"), BRAND),
    "permission.take_back": Deed(N_("withdrew a declaration about permission")),
    "customer_permission.objects": Deed(N_("noted that a customer does not want to be asked"), CUSTOMER),
    "customer_permission.ask_to_confirm": Deed(N_("asked a customer to confirm the permission"), CUSTOMER),
    "customer_permission_files.history_csv": Deed(N_("took out a customer's permission history"), CUSTOMER),
    "customer_permission_files.history_json": Deed(N_("took out a customer's permission history"), CUSTOMER),
    "suppressions.add": Deed(N_("put addresses on the list of those nobody writes to")),
    "suppressions.entry": Deed(N_("took an address off the list of those nobody writes to"), LISTED),
    "post_box.settle": Deed(N_("dealt with a mail that came in"), MAIL),
    "shops.connect": Deed(N_("connected a shop system")),
    "shops.new_secret": Deed(N_("changed the secret of a connected shop"), SHOP),
    "shops.end": Deed(N_("ended the connection to a shop system"), SHOP),
    "shops.replay": Deed(N_("had a message of a shop system read again"), SHOP),
    "shops.replay_all": Deed(N_("had all unusable messages of a shop system read again"), SHOP),
    "imports.imports": Deed(N_("uploaded a file to import")),
    "imports.say_columns": Deed(N_("said what the columns of a file are, or started its import"), IMPORT),
    "imports.discard": Deed(N_("discarded an uploaded file"), IMPORT),
    "imports.undo": Deed(N_("undid an import"), IMPORT),
    "imports.errors": Deed(N_("took out the refused rows of an import"), IMPORT),
    "builder.new": Deed(N_("began a survey")),
    "builder.settings": Deed(N_("changed the name or the end of a survey"), SURVEY),
    "builder.publish": Deed(N_("published a survey"), SURVEY),
    "builder.undo": Deed(N_("undid a change to the draft of a survey"), SURVEY),
    "builder.discard": Deed(N_("threw the draft of a survey away"), SURVEY),
    "builder.copy": Deed(N_("copied a survey"), SURVEY),
    "builder.archive": Deed(N_("put a survey into the archive or took it out"), SURVEY),
    "builder_anonymity.switch": Deed(
        N_("made a survey anonymous, or let it store whose its answers are"), SURVEY
    ),
    "builder_questions.key_question": Deed(N_("changed the key question in the draft of a survey"), SURVEY),
    "builder_questions.add": Deed(N_("added a question to the draft of a survey"), SURVEY),
    "builder_questions.question": Deed(N_("changed a question in the draft of a survey"), SURVEY),
    "builder_questions.move": Deed(N_("moved a question in the draft of a survey"), SURVEY),
    "builder_questions.delete": Deed(N_("deleted a question from the draft of a survey"), SURVEY),
    "builder_thanks.add": Deed(N_("added an ending to the draft of a survey"), SURVEY),
    "builder_thanks.ending": Deed(N_("changed an ending in the draft of a survey"), SURVEY),
    "builder_thanks.move": Deed(N_("moved an ending in the draft of a survey"), SURVEY),
    "builder_thanks.delete": Deed(N_("deleted an ending from the draft of a survey"), SURVEY),
    "builder_people.show_with": Deed(
        N_("saw the preview of a survey as the customer of an order would"), PURCHASE
    ),
    "builder_people.show_with_nobody": Deed(N_("saw the preview of a survey as nobody in particular again")),
    "builder_texts.language": Deed(N_("changed the languages of a survey's draft"), SURVEY),
    "builder_texts.bring": Deed(N_("brought translations into the draft of a survey"), SURVEY),
    "builder_texts.export": Deed(N_("took out the texts of a survey"), SURVEY),
    "themes.change_theme": Deed(N_("changed the words by which a theme is found")),
    "mail.mail": Deed(N_("changed how fast mail may leave")),
    "mail_deeds.hold": Deed(N_("stopped mail to customers")),
    "mail_deeds.release": Deed(N_("let mail to customers go again")),
}
