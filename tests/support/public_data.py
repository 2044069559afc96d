"""Where public data files lie that are read by tests and never copied into the repository."""

import os
from pathlib import Path

import pytest

BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[3] / "shared" / "data"


def public_data(*parts: str) -> Path:
    """The path of a public data file or folder; the test is skipped, with the reason, where it is missing."""
    path = Path(os.environ.get("OFFSET_FUND_DATA", BESIDE_THE_CHECKOUT)).joinpath(*parts)
    if not path.exists():
        pytest.skip(f"public data is missing: {path} (set OFFSET_FUND_DATA to the folder that holds it)")
    return path
