"""What the policy says: the text and its clauses, lay words for them, search, and answers with their evidence.

Reads nothing but its own package data; knows no channel, no clock and no store.
"""
