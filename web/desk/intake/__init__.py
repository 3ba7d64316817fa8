"""The editors' inbox: what reviews, unanswered questions and doubt say should be written better.

An editor makes an example of it, in nobody's words, or dismisses it with a reason.
"""
