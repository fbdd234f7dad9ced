"""Open links: addresses under which anybody may answer a survey, by web, from a printed code, or inside a shop's page.

What a link is, its settings pages and what is printed of it are here; the page behind it is in `responses.by_link`.
"""
