from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_page_of_tools_says_what_the_forms_and_checks_say():
    done = subprocess.run(
        [sys.executable, "scripts/document.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_readme_shows_pictures_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "docs/report.png" in readme
    assert (ROOT / "docs" / "report.png").is_file()
