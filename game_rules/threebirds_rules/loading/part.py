"""What all parts of a document have in common."""

from pydantic import ConfigDict

STRICT = ConfigDict(strict=True, extra="forbid", frozen=True)
"""Nothing is converted and no other key is taken."""
