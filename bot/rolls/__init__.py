"""Rolls as files: reading CSV and XLSX as offices write them into a roll, and writing rolls and templates.

Nothing here knows the store: bytes in, a roll and everything that is wrong with the file out, and the other way round.
"""
