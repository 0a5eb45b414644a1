"""The addresses under which others on this network reach this machine."""

import socket
import struct
import sys
from collections.abc import Iterator

ANY = "0.0.0.0"  # noqa: S104  # a name for it, nothing is bound here
SOMEWHERE = ("192.0.2.1", 9)
"""An address of RFC 5737 that is nobody's: asking for the way there sends nothing."""
SIOCGIFADDR = 0x8915
"""Linux' request for the address of an interface (netdevice(7))."""


def lan_addresses() -> tuple[str, ...]:
    """This machine's IPv4 addresses but the ones that only it knows itself by."""
    found = {*_on_the_way_out(), *_by_own_name(), *_of_interfaces()}
    return tuple(sorted(address for address in found if not address.startswith("127.") and address != ANY))


def join_addresses(port: int) -> tuple[str, ...]:
    """Where others on this network find a server that listens on all interfaces."""
    return tuple(f"http://{address}:{port}" for address in lan_addresses())


def _on_the_way_out() -> Iterator[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(SOMEWHERE)
        except OSError:
            return
        yield str(probe.getsockname()[0])


def _by_own_name() -> Iterator[str]:
    try:
        yield from socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return


if sys.platform == "linux":
    import fcntl

    def _of_interfaces() -> Iterator[str]:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            for _, name in socket.if_nameindex():
                try:
                    answer = fcntl.ioctl(probe, SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                except OSError:  # an interface without an address
                    continue
                yield socket.inet_ntoa(answer[20:24])

else:

    def _of_interfaces() -> Iterator[str]:
        yield from ()
