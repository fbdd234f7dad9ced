"""Who may be written to: declared sources of permission, double opt-in, and addresses we do not write to.

The basis itself and its history belong to the customer, in `surveys.customers`; asking belongs to
`surveys.invitations`, which looks here at the moment a mail is claimed.
"""
