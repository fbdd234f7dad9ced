"""One verbatim: in which language it is written and how it feels.

Many verbatims together are `insights`; acting on one is `follow_up`.
"""
