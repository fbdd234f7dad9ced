"""Pages that see everything: the list of responses, one customer's whole story.

Measuring is in `insights`, working a task in `follow_up`.
"""
