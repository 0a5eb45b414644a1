"""The protocol `threebirds.v1`: its types, and both ends of it without input or output."""
