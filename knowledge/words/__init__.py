"""Words: one way of reading Chinese, pinyin and English for texts and questions alike.

normal folds writing (width, Traditional, case), pinyin gives sounds, spotting finds a vocabulary's words in a text
however they are typed (by cutting, slips, english), phrases finds wordings with gaps, tokens cuts any text for search.
"""

from knowledge.words.normal import Language, fold, language
from knowledge.words.spot import Spot
from knowledge.words.spotting import Vocabulary
from knowledge.words.tokens import tokens

__all__ = ["Language", "Spot", "Vocabulary", "fold", "language", "tokens"]
