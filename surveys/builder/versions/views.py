"""The versions of a survey, and what changed from one to another."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from surveys.audit.queries import calendar_zone
from surveys.builder.door import builder_door
from surveys.builder.queries import Work, work_on
from surveys.questionnaires.differences import differences
from surveys.questionnaires.queries import answers_by_version, version_or_missing

door = builder_door("builder_versions", __name__)
DRAFT = "draft"


@door.get("/<public_id>/versions")
def versions(public_id: str) -> ResponseReturnValue:
    """List the versions; with two of them chosen, say what changed."""
    work = work_on(public_id)
    names = [str(version.number) for version in work.survey.versions] + ([DRAFT] if work.draft else [])
    before = chosen(request.args.get("before", ""), names, -2)
    after = chosen(request.args.get("after", ""), names, -1)
    found = None
    if before != after:
        found = differences(document_of(work, before), document_of(work, after))
    return render_template(
        "builder/versions.html",
        work=work,
        names=names,
        before=before,
        after=after,
        found=found,
        documents=[document_of(work, after), document_of(work, before)],
        answers=answers_by_version(work.survey),
        zone=calendar_zone(),
    )


def chosen(name: str, names: list[str], otherwise: int) -> str:
    """Return the version that was chosen, else one counted from the end, else the only one there is."""
    return name if name in names else names[max(otherwise, -len(names))]


def document_of(work: Work, name: str) -> Mapping[str, Any]:
    """Return what a version, or the draft, asks."""
    return work.definition if name == DRAFT else version_or_missing(work.survey, int(name)).definition
