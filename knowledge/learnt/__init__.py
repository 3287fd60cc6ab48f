"""What was learnt from questions whose passages are known, by a script in bench/: weights, and how they are used."""

from knowledge.learnt.hunch import NONE, UNTOLD, WEIGHTS, Hunch, Hunches, learnt, name, wording

__all__ = ["NONE", "UNTOLD", "WEIGHTS", "Hunch", "Hunches", "learnt", "name", "wording"]
