"""Series that somebody watches: what chance explains, what it does not, and who is told.

Here live control charts and their signals, the marks of events, the watched series with their levels, and the alerts.
Mails about alerts are in `feedback.notices.alerts`. Start with `control`: samples in, limits and signals out.
"""
