"""Gather everything about one customer for the file that they may ask for."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row

from feedback.privacy.data_map import entries, is_for_the_person
from feedback.privacy.queries import belongings, rows_of
from surveys.brand.models import Brand
from surveys.customers.models import Customer
from surveys.database import Base, db
from surveys.errors import N_
from surveys.questionnaires.models import SurveyVersion
from surveys.responses.account import account

# What people read for a table, in the order of the file.
PARTS: dict[str, str] = {
    "customer": N_("Who you are to us"),
    "permission_event": N_("Your consents and objections"),
    "consent_request": N_("Requests to confirm a consent"),
    "objection": N_("Your objection"),
    "suppression": N_("The list of addresses nobody writes to"),
    "bounce": N_("Mails that came back"),
    "purchase": N_("Your orders"),
    "purchase_item": N_("What you ordered"),
    "order_event": N_("What the shop's system sent us"),
    "invitation": N_("When we asked you, and when not"),
    "reminder": N_("When we reminded you"),
    "listed_customer": N_("Lists of those to be asked on which you are"),
    "response": N_("What you answered"),
    "analysis": N_("What our program read in your comments"),
    "mention": N_("What our program found that your comments are about"),
    "correction": N_("What we corrected of that"),
    "task": N_("How we followed up"),
    "task_event": N_("What happened then"),
    "task_promise": N_("What we promised you"),
    "reply": N_("What we wrote to you"),
    "letter": N_("What you wrote to us"),
    "letter_file": N_("Files that you sent to us"),
    "privacy_request": N_("What you asked about your data"),
    "own_data_link": N_("Links to your data that we mailed to you"),
}


class Part(NamedTuple):
    """The rows of one table, each as its columns with a value; `title` is None for tables without words."""

    table: str
    title: str | None
    rows: list[dict[str, Any]]


def gather(customer: Customer) -> list[Part]:
    """Return all rows about the customer, of merged duplicates too, without links and secrets."""
    found = belongings(customer)
    order = {name: place for place, name in enumerate(PARTS)}
    names = sorted(found, key=lambda name: (order.get(name, len(order)), name))
    parts = [Part(name, PARTS.get(name), told(name, rows_of(name, found[name]))) for name in names]
    return [part for part in parts if part.rows]


def told(name: str, rows: list[Row[Any]]) -> list[dict[str, Any]]:
    """Return what each row tells the person."""
    columns = [column.name for column in Base.metadata.tables[name].columns]
    shown = [column for column in columns if is_for_the_person(entries().get((name, column)))]
    facts = [{column: plain(row._mapping[column]) for column in shown} for row in rows]
    if name == "response":
        facts = [fact | {"answers": in_words(row)} for fact, row in zip(facts, rows, strict=True)]
    said = [
        {column: value for column, value in each.items() if value not in (None, "", [], {})} for each in facts
    ]
    return [each for each in said if each]


def in_words(response: Row[Any]) -> Any:
    """Return further answers with the questions as they were read; the keys they are kept under tell nobody anything."""
    version = db.session.get_one(SurveyVersion, response.version_id)
    shop = db.session.get_one(Brand, response.brand_id).name
    said = account(version.definition, response.answers, response.locale, shop)
    return [{"question": each.question, "answer": ", ".join(each.words)} for each in said] or response.answers


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: moments in ISO 8601, bytes as text."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes) and b"\0" in value:
        return f"{len(value)} bytes"  # a picture, say; the file itself is handed out when asked for
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    return value if isinstance(value, (str, int, float, bool, list, dict)) or value is None else str(value)


def as_json(parts: list[Part], made_at: datetime) -> str:
    """Return the parts for machines."""
    whole = {"made_at": made_at.isoformat(), **{part.table: part.rows for part in parts}}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def zipped(files: Mapping[str, str]) -> bytes:
    """Return text files, by name, in one zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()
