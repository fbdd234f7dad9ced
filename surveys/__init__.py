"""Ask: whom, what, when and over which channel; and keep what comes back.

Here live customers, purchases, questionnaires, invitations and responses, and the doors
people and machines come in by. Reading, measuring and acting upon what comes back live in
`feedback`, which may import this package; this package never imports `feedback`.
"""
