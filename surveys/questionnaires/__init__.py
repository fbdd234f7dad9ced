"""What is asked: surveys and their frozen versions.

A version's questionnaire is one document, read by `definition.py` into value objects; once
published it never changes, and answers are always shown with the wording they were given to.
"""
