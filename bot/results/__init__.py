"""Results: a ballot's result as what is shown, posted and filed: a picture, a table, a workbook, a notice.

Nothing here knows the store: reports in (ballots/report.py), text and bytes out.
"""
