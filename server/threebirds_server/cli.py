"""The program `threebirds`. Each command is imported when it is run, so that `--help` is quick."""

import sys
from importlib.metadata import version

from cyclopts import App

app = App(
    name="threebirds",
    help="Three Birds: negotiate a treaty at a table of people and bots.",
    help_format="plaintext",
    version=lambda: version("threebirds"),
)
app.command("threebirds_server.commands:serve", name="serve", help="Start the server.")
app.command("threebirds_server.commands:link", name="link", help="Print a new one-time link for the facilitator.")
app.command("threebirds_server.commands:backup", name="backup", help="Copy the records into a file.")
app.command("threebirds_server.commands:restore", name="restore", help="Play on from a backup.")
app.command("threebirds_server.commands:doctor", name="doctor", help="Look whether the records are well.")
app.command("threebirds_client.commands:play", name="play", help="Play a whole game among bots and print it.")
app.command("threebirds_client.checking:check", name="check", help="List all that is wrong or odd in a rule set.")
app.command("threebirds_client.reading.commands:score", name="score", help="Print what a text is worth to every role.")
app.command("threebirds_client.reading.commands:explain", name="explain", help="Print a text and why it is worth that.")
app.command("threebirds_client.reading.commands:brief", name="brief", help="Print a role's briefs and its numbers.")
app.command("threebirds_client.analysing.commands:analyse", name="analyse", help="Look at every package of a game.")

EXTRAS = {"numpy": "analysis"}
"""By what is missing, the extra it comes with; everything else comes with the server."""


def main() -> None:
    try:
        app()
    except ImportError as error:
        missing = error.__cause__
        if not isinstance(missing, ModuleNotFoundError) or (missing.name or "").startswith("threebirds"):
            raise
        extra = EXTRAS.get(missing.name or "", "server")
        sys.exit(f"This command needs {missing.name}, which comes with an extra: pip install 'threebirds[{extra}]'")
