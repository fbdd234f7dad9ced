"""What a comment talks about, found by the phrases of a book: words, stems and words with gaps between them.

`words` cuts a text into words that can be compared, `phrases` is the language the book is written in, `book` finds
its phrases in a text, `feelings` says how each mention feels, `shop_phrases` what a shop has added and taken away.
"""
