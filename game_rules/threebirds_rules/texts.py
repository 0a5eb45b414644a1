"""What people may write: lengths, and characters that would make one text read differently to two readers."""

import unicodedata

from threebirds_rules.refusals import RefusedError

TEXT_LIMIT = 4_000
NAME_LIMIT = 40

_KEPT_CONTROLS = {"\n", "\t"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_JOINERS = {"\u200d"}  # emoji of several parts and some scripts need the zero-width joiner


def cleaned(text: str) -> str:
    """The text in NFC, without controls, bidi overrides and zero-width characters, trimmed."""
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in composed if _is_seen(sign)).strip()


def _is_seen(sign: str) -> bool:
    return sign in _KEPT_CONTROLS or sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN


def checked_text(text: str, *, path: str, required: bool) -> str:
    """The cleaned text; refuses one that is too long, or empty where words are `required`."""
    if len(text) > TEXT_LIMIT:
        raise RefusedError(
            "too_large",
            f"That is {len(text):,} characters; at most {TEXT_LIMIT:,} can be sent at once.",
            path=path,
        )
    words = cleaned(text)
    if required and not words:
        raise RefusedError("invalid_action", "There is nothing to read in it: write a few words.", path=path)
    return words


def checked_name(name: str) -> str:
    """The cleaned name on one line; refuses an empty or a long one."""
    words = " ".join(cleaned(name).split())
    if not words:
        raise RefusedError("invalid_action", "Write the name that the table will see.", path="name")
    if len(words) > NAME_LIMIT:
        raise RefusedError(
            "too_large",
            f"That name has {len(words)} characters; at most {NAME_LIMIT} fit on a nameplate.",
            path="name",
        )
    return words
