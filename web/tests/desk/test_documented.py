"""What docs/desk.md says of the roles is what holds."""

import re

from desk.access.permissions import PERMISSIONS, Permission, Role
from desk.settings import REPOSITORY


def test_the_table_of_roles_is_that_of_the_code() -> None:
    text = (REPOSITORY / "docs" / "desk.md").read_text(encoding="utf-8")
    head = re.search(r"^\| permission \| [^|]+ \| (.+) \|$", text, re.MULTILINE)
    assert head
    roles = [Role(name) for name in head[1].split(" | ")]
    assert roles == list(Role)
    rows = re.findall(r"^\| `([a-z_]+)` \| [^|]+ \|(.+)\|$", text, re.MULTILINE)
    told = {
        Permission(name): {
            role for role, cell in zip(roles, cells.split("|"), strict=True) if cell.strip()
        }
        for name, cells in rows
        if name in list(Permission)
    }
    assert told == {
        permission: {role for role in Role if permission in PERMISSIONS[role]}
        for permission in Permission
    }
