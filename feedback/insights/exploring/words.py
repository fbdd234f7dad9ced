"""The words for dimensions and their values; English phrases, translated where they are shown."""

from surveys.errors import N_

DIMENSIONS = {
    "country": N_("Country"),
    "carrier": N_("Carrier"),
    "language": N_("Language"),
    "touchpoint": N_("Touchpoint"),
    "product": N_("Product"),
    "category": N_("Product category"),
    "lateness": N_("Delivery"),
    "channel": N_("Channel"),
    "stage": N_("Stage of the customer"),
    "segment": N_("Segment"),
    "buyer": N_("New or returning"),
    "value": N_("Order value"),
    "theme": N_("Theme"),
}
VALUES = {
    "lateness": {"late": N_("delivered late"), "on_time": N_("delivered in time")},
    "buyer": {"new": N_("first order"), "returning": N_("ordered before")},
    "channel": {
        "email": N_("by mail"),
        "api": N_("from another system"),
        "import": N_("from a file"),
        "link": N_("by an open link"),
        "qr": N_("by a printed code"),
        "embed": N_("inside a page"),
    },
}
NOWHERE_KNOWN = N_("not known")
# Of these dimensions that says too little.
NOT_KNOWN = {
    "touchpoint": N_("without an invitation"),
    "theme": N_("no theme"),
    "segment": N_("in none of them"),
    "product": N_("no order known"),
    "buyer": N_("no order known"),
}
