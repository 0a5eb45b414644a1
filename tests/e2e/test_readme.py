"""What the README shows works as it stands there."""

import re
import subprocess
import sys
from pathlib import Path

from tests.support.serving import ServerProcess

README = Path(__file__).parents[2] / "README.md"


def test_the_bot_in_the_readme_plays_a_game_to_its_end(server: ServerProcess, tmp_path: Path) -> None:
    found = re.search(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    assert found is not None
    bot = tmp_path / "bot.py"
    bot.write_text(found.group(1).replace("http://127.0.0.1:8000", server.address))
    played = subprocess.run([sys.executable, bot], capture_output=True, text=True, check=True)
    assert "OutcomeView(result=" in played.stdout
