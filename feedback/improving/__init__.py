"""The outer loop: from what many customers raise to a change made for all of them, and to whether it helped.

An improvement grows from a theme or from a cause that the team found. It says beforehand which figure should move and
which way, and is judged once, at the end of a window that was fixed when it took effect: the days after against as
many days before. Those who raised it are told, and a public page says what was done.

Start with `verdicts.decide`: two windows in, worked, did not or unclear out.
"""
