"""The names of the intents, as people read them."""

from surveys.errors import N_

INTENT_NAMES: dict[str, str] = {
    "safety": N_("danger to a person"),
    "legal": N_("lawyer, court or authority"),
    "data_protection": N_("personal data in wrong hands"),
    "payment": N_("a payment that is wrong"),
    "chargeback": N_("money back through the bank"),
    "churn": N_("leaving for good"),
    "public_threat": N_("going public"),
    "data_request": N_("wants to see or erase own data, or no more advertising"),
    "refund": N_("refund or replacement"),
    "contact": N_("wants to be contacted"),
    "question": N_("a question"),
}
