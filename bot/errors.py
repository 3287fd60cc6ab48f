"""Errors that a person caused and can mend."""


class UserError(Exception):
    """One clear sentence in both languages: what was wrong and what to do. The command line exits with 1."""
