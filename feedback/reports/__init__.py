"""Views that people keep and hand on: saved under a name, stored with their numbers, by link, by mail, on paper.

A saved view is an address of the insights page under a name. What it asks for is read anew at every use, so a filter
that is no longer on offer is told and never left out in silence.
"""
