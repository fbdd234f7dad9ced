"""Invitations: whom we ask, when, through which channel, and why not.

Touchpoints with their timing, one decision for each purchase and touchpoint, the mails and their
links live here. What came back is in `surveys.responses`; how a message leaves the house is in
`surveys.channels`; the permission to ask belongs to the customer, in `surveys.customers`.
"""
