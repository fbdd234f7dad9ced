"""The monthly report: two pages for people who decide, on screen, on paper and by mail."""
