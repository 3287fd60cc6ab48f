"""Ballots: who may take part, what is asked, by which rule it counts, what was chosen, and how anyone can recount it.

Pure: values in, values out. No clock, no chance, no store, no network: times and secrets come in as values. Read in
this order: menu, rules, roll, draft, ballot, standing, casting, paper, proxies, correcting, ledger, tally, report; and
verify.py alone, which shares no line with the rest.
"""
