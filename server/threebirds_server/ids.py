"""Ids, codes and tokens from the operating system's source of chance."""

import secrets

from threebirds_rules.names import PersonId
from threebirds_server.ports import JoinCode
from threebirds_wire.frames import TableId

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0, 1, I, L, O, and no U: people read these out and copy them from a board."""
CODE_LENGTH = 8


class RandomIds:
    def table(self) -> TableId:
        return f"t_{secrets.token_hex(16)}"

    def person(self) -> PersonId:
        return PersonId(f"p_{secrets.token_hex(16)}")

    def epoch(self) -> str:
        return secrets.token_hex(16)

    def seed(self) -> str:
        return secrets.token_hex(16)

    def token(self) -> str:
        return secrets.token_urlsafe(32)

    def salt(self) -> str:
        return secrets.token_hex(16)

    def code(self) -> JoinCode:
        return JoinCode("".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH)))


def join_code(typed: str) -> JoinCode | None:
    """The code a person meant, in either case and with or without dash and spaces; None if it cannot be one."""
    code = "".join(typed.split()).replace("-", "").upper()
    return JoinCode(code) if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else None
