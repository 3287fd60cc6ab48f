"""How long tests take: a short form in every run, the long one with LONG_TESTS=1, as `.ci/run` runs it."""

import os
from collections.abc import Sequence
from typing import Any

import pytest

LONG = "LONG_TESTS"
IS_LONG = os.environ.get(LONG) == "1"
long_form = pytest.mark.skipif(not IS_LONG, reason=f"the long form runs with {LONG}=1, as .ci/run does")


def first(values: Sequence[Any], many: int) -> list[Any]:
    """The values of a parameter: the first so many in every run, the others in the long form alone."""
    return [*values[:many], *(pytest.param(value, marks=long_form) for value in values[many:])]


def examples(many: int) -> int:
    """So many examples of a rule in the long form; every third of them, but some, in the short one."""
    return many if IS_LONG else max(many // 3, 20)
