"""What hurts: themes by what they do to the score, for whom, what goes together with it, and in whose words.

Start with `heard.Heard`: who mentioned what in a period. `ranking` puts themes in order, `heat` shows for whom,
`summing_up` finds what a change of the score consists of, and `estimating` does by the loop what takes too long for
a page.
"""
