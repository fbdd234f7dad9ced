"""Who bought, and what: customers, purchases with their items and events, objections.

There is one way a purchase comes into the house, `recording.record_purchase`; the API, shop
hooks and CSV files all turn their input into a `PurchaseRecord` and call it.
"""
