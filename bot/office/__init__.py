"""The office: what its staff do with the book, the rolls, invitations and ballots, from any channel.

Each act is one function over a transaction. acting.py checks who may do it, and leaves its line in the audit.
"""
