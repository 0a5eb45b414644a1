"""Audits in the state."""

from msgspec.structs import replace

from threebirds_rules.mechanics.audits.shapes import Audit, AuditAsked
from threebirds_rules.mechanics.progress import Progress


def asked(progress: Progress, event: AuditAsked) -> Progress:
    return replace(progress, audits=(*progress.audits, Audit(pledge=event.pledge, by=event.role, round=event.round)))
