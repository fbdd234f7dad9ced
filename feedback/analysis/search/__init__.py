"""Search over comments: words are found by their stems, in English and German, whatever the database.

`stems` and `sought` know what a word is and what somebody looks for, `covered` what may be found, `places` where it
stands. `indexing` keeps the index, which every reading writes; `queries` ask it.
"""
