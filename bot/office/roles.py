"""Roles: who may do what for the office. The one place where that is decided."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the office."""

    DISTRICT = "district"  # staff of the district: every street
    STREET = "street"  # staff of a street office: their own street only
    COMMITTEE = "committee"  # a member of an owners' committee
    OWNER = "owner"  # an owner or a household
    ANYONE = "anyone"


DISTRICT_ONLY = frozenset({Role.DISTRICT})
STAFF = frozenset({Role.DISTRICT, Role.STREET})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an id for the audit (a staff id, or a person's key), the role, and the street of a street's staff."""

    id: str
    role: Role
    street: str = ""

    def may(self, roles: frozenset[Role], street: str | None) -> bool:
        """Whether this actor may do what these roles may, in a street (None: no street in particular)."""
        if self.role not in roles:
            return False
        return self.role is not Role.STREET or street is None or street == self.street
