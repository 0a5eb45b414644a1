"""The protocol without a socket, for anybody with `curl`: the same actions, views and streams over HTTP."""
