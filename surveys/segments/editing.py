"""Make, change and remove segments."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from surveys.brand.models import Brand
from surveys.database import db
from surveys.errors import N_, Refusal, Words
from surveys.segments.conditions import FIELDS, OF_ONE_ORDER, Condition, fields_of
from surveys.segments.models import Segment
from surveys.segments.queries import segment_called, segments_of
from surveys.segments.starters import Starter, missing
from surveys.staff.models import StaffMember

LONGEST_NAME = 100


class NoConditions(Refusal):
    """A segment of everybody is none."""

    phrase = N_("Choose at least one condition; without any, everybody would be in it.")


class SegmentNameTaken(Refusal):
    """The brand has another segment of this name."""

    phrase = N_("This shop has a segment of this name. Choose another one.")


class InProgrammes(Refusal):
    """Customers who are asked without an order cannot be judged by one."""

    phrase = N_(
        "These ask customers of this segment without an order: %(names)s. So it cannot look at: %(fields)s."
        " Make another segment for that."
    )


def save_segment(
    segment: Segment | None,
    brand: Brand,
    name: str,
    conditions: Sequence[Condition],
    by: StaffMember,
    now: datetime,
    *,
    programmes: Sequence[str] = (),
) -> Segment:
    """Store a new segment (None) or change one; refuses a name that is taken or is none, and no conditions.

    `programmes` look at it and ask without an order: then it cannot look at one.
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or "," in name:
        words = N_("Give it a name of at most %(most)s characters, without a comma.")
        raise Refusal(words, field="name", most=LONGEST_NAME)
    same = segment_called(brand.id, name)
    if same is not None and same is not segment:
        raise SegmentNameTaken(field="name")
    if not conditions:
        raise NoConditions(field="values_0")
    if programmes and (fields := fields_of(conditions) & OF_ONE_ORDER):
        looks_at = Words({field: known.label for field, known in FIELDS.items() if field in fields})
        raise InProgrammes(names=", ".join(programmes), fields=looks_at)
    if segment is None:
        segment = Segment(brand_id=brand.id, created_at=now)
    segment.name = name
    segment.conditions = [condition.as_data() for condition in conditions]
    segment.changed_at, segment.changed_by_id = now, by.id
    db.session.add(segment)
    db.session.flush()
    return segment


def add_starters(brand: Brand, named: Mapping[str, Starter], by: StaffMember, now: datetime) -> int:
    """Store the ready-made segments under their names, those that the brand does not have; return how many."""
    wanted = missing(list(named.values()), [segment.conditions for segment in segments_of(brand.id)])
    added = 0
    for words, starter in named.items():
        # What a product is called may be long, and may have commas.
        name = " ".join(words.replace(",", " ").split())[:LONGEST_NAME].strip()
        if starter in wanted and segment_called(brand.id, name) is None:
            save_segment(None, brand, name, starter.conditions, by, now)
            added += 1
    return added


def remove_segment(segment: Segment, named_by: Sequence[str]) -> None:
    """Delete a segment; refuses while touchpoints, named by `named_by`, look at it."""
    if named_by:
        words = N_(
            "These touchpoints look at this segment: %(names)s. Take it out of their conditions first."
        )
        raise Refusal(words, names=", ".join(named_by))
    db.session.delete(segment)
    db.session.flush()
