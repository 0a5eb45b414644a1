"""What has been said, and what was taken back of it."""

from collections.abc import Iterator

from threebirds_rules.state import Channel
from threebirds_rules.views import table
from threebirds_rules.views.between import Between
from threebirds_rules.views.changes import Change, built, difference
from threebirds_rules.views.lens import Lens
from threebirds_rules.views.sections import CHANNELS, listing_changes


class TalkChanges:
    """Who says what is told alike to all who may read a channel."""

    def __init__(self, between: Between) -> None:
        self._between = between
        self._channels = between.after.channels
        self.opened = self._channels[len(between.before.channels) :]
        self._again = between.scoring or "people" in between.moved
        self.any = self._again or "channels" in between.moved
        self._alike = [] if self._again or not self.any else list(_told(between))

    def opened_for(self, new: Lens) -> bool:
        """Whether the viewer has a channel that was not there before."""
        return bool(self.opened) and any(map(new.sees_channel, self.opened))

    def seen(self, new: Lens) -> list[Change]:
        """A new channel may come before the delegation's own one, which is listed even while nothing was said in it."""
        if self._again or self.opened_for(new):
            return listing_changes("channels", CHANNELS, self._between.old(new.viewer), new)
        return [
            (("channels", sum(map(new.sees_channel, self._channels[:index])), "messages", *rest), value)
            for index, alike in self._alike
            if new.sees_channel(self._channels[index])
            for rest, value in alike
        ]


def _told(between: Between) -> Iterator[tuple[int, list[Change]]]:
    for index, (was, now) in enumerate(zip(between.before.channels, between.after.channels, strict=False)):
        if was is not now:
            yield index, list(_words(between, was, now))


def _words(between: Between, was: Channel, now: Channel) -> Iterator[Change]:
    count = len(was.messages)
    if was.messages != now.messages[:count]:
        for index, (old, new) in enumerate(zip(was.messages, now.messages, strict=False)):
            shown = table.message_view(between.was, old), table.message_view(between.now, new)
            yield from difference(*shown, (index,))
    for index in range(count, len(now.messages)):
        yield (index,), built(table.message_view(between.now, now.messages[index]))
