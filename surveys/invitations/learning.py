"""Learn how long carriers take from a brand's own deliveries."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from surveys.database import db
from surveys.invitations.clocks import usual_span
from surveys.invitations.models import CarrierTime
from surveys.invitations.queries import spans_by_carrier

LOOKS_BACK = timedelta(
    days=180
)  # old enough to have enough parcels, young enough to follow a carrier's changes


def learn_carrier_times(now: datetime) -> int:
    """Replace what is known of carriers by what the last 180 days say; return how many are known.

    A carrier with fewer than 30 reported parcels to a country is not known there.
    """
    everything = delete(CarrierTime)
    known = [
        CarrierTime(
            brand_id=brand_id,
            carrier=carrier,
            country=country,
            span=usual.span,
            parcels=usual.parcels,
            learned_at=now,
        )
        for (brand_id, carrier, country), spans in spans_by_carrier(now - LOOKS_BACK)
        if (usual := usual_span(spans)) is not None
    ]
    db.session.execute(everything, execution_options={"synchronize_session": False})
    db.session.add_all(known)
    db.session.flush()
    return len(known)
