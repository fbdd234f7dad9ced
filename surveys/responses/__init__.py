"""What came back: responses, the pages customers answer on, and how answers are kept.

Reading the verbatims and acting on them live in `feedback`, which finds new responses by
`analysed_at` and `follow_up_stage`.
"""
