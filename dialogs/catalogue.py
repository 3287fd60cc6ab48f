"""The catalogue of dialogs, by name."""

from collections.abc import Mapping

from dialogs.choosing import CHOOSING
from dialogs.eligibility import ELIGIBILITY
from dialogs.joining import JOINING
from dialogs.staffing import STAFFING
from dialogs.steps import Dialog

DIALOGS: Mapping[str, Dialog] = {dialog.name: dialog for dialog in (ELIGIBILITY, JOINING, CHOOSING, STAFFING)}
