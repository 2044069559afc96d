"""What bandit finds in the code: nothing grave, and nothing of middle weight that has no reason beside it."""

import json
import subprocess
import sys


def test_bandit_finds_nothing_in_services_shared_and_deploy() -> None:
    command = [sys.executable, "-m", "bandit", "-q", "-r", "services", "shared", "deploy"]
    found = subprocess.run(
        [*command, "-c", "pyproject.toml", "-f", "json", "--severity-level", "medium"],
        capture_output=True,
        text=True,
        check=False,
    )

    report = json.loads(found.stdout)
    assert report["errors"] == []
    assert report["metrics"]["_totals"]["loc"] > 10_000
    assert [f"{one['filename']}:{one['line_number']} {one['issue_text']}" for one in report["results"]] == []
