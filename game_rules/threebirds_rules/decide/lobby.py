"""What the server asks for people at the door: a new table, joining, seats, bots, the head of a delegation."""

from threebirds_rules import actions as asked
from threebirds_rules import events as facts
from threebirds_rules.actions import Action
from threebirds_rules.deadlines import FARTHEST_OFFSET
from threebirds_rules.decide import phases
from threebirds_rules.names import PersonId, RoleId, VariantId
from threebirds_rules.play import in_order
from threebirds_rules.refusals import RefusedError
from threebirds_rules.rekey import rekeyed
from threebirds_rules.ruleset import RuleSet
from threebirds_rules.state import SeatState
from threebirds_rules.texts import checked_name
from threebirds_rules.turn import Turn
from threebirds_rules.variants import UnknownVariantError, as_played
from threebirds_rules.wording import UnknownLanguageError, UnknownNamesError, words_of


def act(turn: Turn, action: Action) -> None:
    match action:
        case asked.Open():
            _open(turn, action)
        case asked.Join(person=person, name=name):
            _join(turn, person, name)
        case asked.Leave(person=person):
            turn.person_here(person)
            turn.emit(facts.PersonLeft(at=turn.now, person=person))
            phases.settle(turn)
        case asked.Lead(person=person):
            _lead(turn, person)
        case asked.Seat(person=person, role=role):
            seat(turn, person, role)
        case asked.HandToBot(role=role, bot=bot):
            hand_to_bot(turn, role, bot)
        case asked.Start():
            start(turn, action)
        case _:
            raise RefusedError("forbidden", "Only a seat or the facilitator can do that.")


def _open(turn: Turn, action: asked.Open) -> None:
    if turn.state.status != "new":
        raise RefusedError("illegal_action", "This table is already open.", rule="table.open")
    known = {role.id for role in turn.rules.roles}
    roles = in_order(turn.rules, set(action.roles))
    if len(roles) < 2 or not set(action.roles) <= known:
        raise RefusedError("invalid_action", "A table needs at least two roles of its rule set.", path="roles")
    _check_words(turn.rules, action)
    unknown = set(action.switches) - {switch.id for switch in turn.rules.switches}
    if unknown:
        raise RefusedError("invalid_action", f"There is no switch “{min(unknown)}”.", path="switches")
    _no_contradiction(turn, action)
    variant = _variant(turn, action.variant)
    if abs(action.utc_offset_minutes) > FARTHEST_OFFSET:
        message = f"Local time is at most {FARTHEST_OFFSET} minutes from UTC."
        raise RefusedError("invalid_action", message, path="utc_offset_minutes")
    turn.emit(
        facts.TableOpened(
            at=turn.now,
            digest=turn.rules.digest,
            seed=action.seed,
            roles=roles,
            switches=action.switches,
            language=action.language,
            names=action.names,
            variant=variant,
            utc_offset_minutes=action.utc_offset_minutes,
            rekey=rekeyed(roles, turn.rules.rekey, action.seed) if action.rekey and turn.rules.rekey else {},
        )
    )


def _variant(turn: Turn, name: VariantId) -> VariantId:
    try:
        return as_played(turn.rules, name).variant
    except UnknownVariantError as unknown:
        raise RefusedError("invalid_action", str(unknown), path="variant") from unknown


def _no_contradiction(turn: Turn, action: asked.Open) -> None:
    for switch in turn.rules.switches:
        against = [other for other in switch.excludes if other in action.switches]
        if against and switch.id in action.switches:
            message = f"The switches “{switch.id}” and “{against[0]}” contradict each other."
            raise RefusedError("invalid_action", message, path="switches")


def _check_words(rules: RuleSet, action: asked.Open) -> None:
    try:
        words_of(rules, action.language, action.names)
    except UnknownLanguageError as error:
        raise RefusedError("invalid_action", f"{error}.", path="language") from error
    except UnknownNamesError as error:
        raise RefusedError("invalid_action", f"{error}.", path="names") from error


def _join(turn: Turn, person: PersonId, name: str) -> None:
    if turn.state.status == "ended":
        raise RefusedError("game_over", "The conference at this table is over.")
    if turn.state.person(person) is not None:
        raise RefusedError("illegal_action", "This person has already joined.", rule="join.once")
    turn.emit(facts.PersonJoined(at=turn.now, person=person, name=checked_name(name)))


def seat(turn: Turn, person: PersonId, role: RoleId | None) -> None:
    """Seat a person, or let it stand up. A bot makes room; a seat that was dropped at the start stays empty."""
    _not_over(turn)
    turn.person_here(person)
    if role is not None:
        _free_seat(turn, role)
    at_table = turn.state.person(person)
    if at_table is not None and at_table.role != role:
        turn.emit(facts.PersonSeated(at=turn.now, person=person, role=role))
    phases.settle(turn)


def _free_seat(turn: Turn, role: RoleId) -> None:
    if known_seat(turn, role).dropped:
        raise RefusedError(
            "illegal_action",
            "This seat was left out at the start.",
            rule="seat.dropped",
            path="role",
        )


def hand_to_bot(turn: Turn, role: RoleId, bot: str) -> None:
    _not_over(turn)
    _free_seat(turn, role)
    if known_seat(turn, role).bot == bot:
        raise RefusedError("illegal_action", "That bot already holds this seat.", rule="seat.bot")
    turn.emit(facts.SeatHandedToBot(at=turn.now, role=role, bot=bot))


def known_seat(turn: Turn, role: RoleId) -> SeatState:
    held = turn.state.seat(role)
    if held is None:
        raise RefusedError("invalid_action", "There is no such seat at this table.", path="role")
    return held


def _not_over(turn: Turn) -> None:
    if turn.state.status == "ended":
        raise RefusedError("game_over", "The conference at this table is over.")


def _lead(turn: Turn, person: PersonId) -> None:
    at_table = turn.state.person(person)
    if at_table is None or at_table.role is None:
        raise RefusedError("invalid_action", "That person has no seat.", path="person")
    if known_seat(turn, at_table.role).head == person:
        raise RefusedError("illegal_action", "That person already leads the delegation.", rule="lead.other")
    turn.emit(facts.HeadChanged(at=turn.now, role=at_table.role, person=person))


def start(turn: Turn, action: asked.Start) -> None:
    """Begin: seats that nobody holds go to a bot, or are dropped from the table and from every body."""
    if turn.state.status != "lobby":
        raise RefusedError("illegal_action", "This table has already started.", rule="table.start")
    empty = tuple(seat.role for seat in turn.state.seats if not seat.occupied)
    if action.empty == "drop" and len(turn.state.seats) - len(empty) < 2:
        raise RefusedError(
            "illegal_action",
            "Fewer than two seats are taken: let bots take the empty ones, or wait.",
            rule="start.seats",
        )
    for role in empty:
        if action.empty == "bot":
            turn.emit(facts.SeatHandedToBot(at=turn.now, role=role, bot=action.bot))
        else:
            turn.emit(facts.SeatDropped(at=turn.now, role=role))
    turn.emit(facts.TableStarted(at=turn.now))
    phases.open_phase(turn, 1, 0)
