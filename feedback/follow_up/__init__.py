"""Follow-up, the inner loop: one unhappy customer, one task, worked to its end.

Rules that open a task, its states, clocks, owner, replies, escalation and the check-back with the
customer live here. Reading comments is in `feedback.analysis`, numbers over many answers in
`feedback.insights`, changes made for many customers in `feedback.improvements`.
"""
