"""What has been said, and what was taken back of it."""

from collections.abc import Iterator, Set
from functools import partial

from threebirds_rules.names import RoleId
from threebirds_rules.viewers import Viewer
from threebirds_rules.views import table
from threebirds_rules.views.between import Between, replaced
from threebirds_rules.views.changes import Change, built, difference, moved, row_changes
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.sections import CHANNELS, listing_changes


class TalkChanges:
    """Who says what is told alike to all who may read a channel."""

    def __init__(self, between: Between) -> None:
        self._between = between
        self._channels = between.after.channels
        self.opened = self._channels[len(between.before.channels) :]
        self._again = between.scoring or "people" in between.moved
        self._told = [] if self._again or "channels" not in between.moved else list(_told(between))
        self.heard: list[Change] = []
        """What all hear but the public."""
        self.roles: Set[RoleId | None] | None = set()
        if self._again:
            self.roles = None
        elif self.opened or self._told:
            self._look_closer()

    def _look_closer(self) -> None:
        members = [one.members for one in self.opened] + [self._channels[index].members for index, _ in self._told]
        if None not in members:
            self.roles = {None, *(role for own in members if own is not None for role in own)}
        elif self.opened or [index for index, _ in self._told] != [0]:
            self.roles = None
        else:
            self.heard = self._told[0][1]

    def opened_for(self, new: Lens) -> bool:
        """Whether the viewer has a channel that was not there before."""
        return any(map(new.sees_channel, self.opened))

    def seen(self, viewer: Viewer) -> list[Change]:
        new = self._between.new(viewer)
        if self._again:
            return listing_changes("channels", CHANNELS, self._between.old(viewer), new)
        changes: list[Change] = []
        for index, alike in self._told:
            if new.sees_channel(self._channels[index]):
                place = index if new.facilitates else sum(map(new.sees_channel, self._channels[:index]))
                changes += moved(alike, place)
        return changes + self._opened_changes(new) if self.opened_for(new) else changes

    def _opened_changes(self, new: Lens) -> list[Change]:
        """A new channel may come before the delegation's own one, which is listed even while nothing was said in it."""
        old = self._between.old(new.viewer)
        first = sum(map(new.sees_channel, self._between.before.channels))
        opened = (*self.opened, *table.own_channel(new))
        was = [table.channel_view(old, one) for one in table.own_channel(old)]
        now = [table.channel_view(new, one) for one in opened if new.sees_channel(one)]
        places = enumerate(zip(was, now, strict=False), start=first)
        changes = [change for at, pair in places for change in difference(*pair, ("channels", at))]
        return changes + [(("channels", first + at), built(now[at])) for at in range(len(was), len(now))]


def _told(between: Between) -> Iterator[tuple[int, list[Change]]]:
    show = partial(table.message_view, between.now)
    for index, was, now in replaced(between.before.channels, between.after.channels):
        yield index, row_changes(was.messages, now.messages, ("channels", index, "messages"), show)
