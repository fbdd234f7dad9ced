"""What staff are told by mail: new tasks, escalations and customers' answers, bundled.

Notices read the history of tasks after their cursor; nothing calls upward to send one.
"""
