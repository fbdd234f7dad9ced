"""How one comment is read: plain text, language, baseline, two heads, a verdict and the words that decided.

Nothing here knows the database. `analyzer` is the door, for the house and for TextBlob; web workers never
come in, because encoder and lexicons cost a second and 150 MB to load: see `feedback.analysis.readers`.
"""
