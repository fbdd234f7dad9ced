"""What a customer wants or threatens in a comment, beyond how it feels: eleven intents, each with its words.

`finding`'s rules stand as data in `english.toml` and `german.toml`; `patterns` says how they are written.
"""
