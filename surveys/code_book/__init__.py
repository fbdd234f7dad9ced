"""The one book of codes: what customers talk about, in the words of the shop's languages.

Reason chips on the answer page, themes read from comments and the reasons of tasks all take their
codes from here, so that a number on one page means the same on every other. Who found which
theme in which comment is kept by `feedback.analysis`; causes, resolutions and outcomes of tasks
are in `feedback.follow_up.codes`.
"""
