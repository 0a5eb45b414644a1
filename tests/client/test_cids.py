"""Names for actions: UUIDs of version 7, which the wire accepts."""

from uuid import RFC_4122, UUID

import msgspec

from threebirds_client.cids import new_cid
from threebirds_wire.frames import Cid


def test_a_name_is_a_uuid_of_version_7_that_begins_with_its_time() -> None:
    name = UUID(new_cid(1_645_557_742_000))
    assert (name.version, name.variant) == (7, RFC_4122)
    assert name.int >> 80 == 1_645_557_742_000


def test_the_wire_accepts_it() -> None:
    assert msgspec.convert(new_cid(0), Cid) != msgspec.convert(new_cid(0), Cid)
