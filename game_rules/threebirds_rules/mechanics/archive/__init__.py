"""Two parties may put an entry of the dossier away by a joint text: what holds them back can be seen as past (P28)."""
