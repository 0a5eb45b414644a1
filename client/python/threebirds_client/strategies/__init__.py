"""The bots that ship with Three Birds. Each sees its own seat's view and nothing else."""
