import stat
from pathlib import Path

import pytest

from deploy.local.missing import Missing
from deploy.local.state import State, is_closed, state_folder


def test_state_lies_in_the_checkout_when_others_may_pass(tmp_path_factory: pytest.TempPathFactory) -> None:
    checkout = tmp_path_factory.mktemp("open") / "checkout"
    checkout.mkdir()

    assert state_folder(checkout, root=False) == checkout / ".state"


def test_below_a_closed_folder_root_keeps_state_in_var_tmp_by_the_checkout_s_own_name(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    (closed / "checkout").mkdir(parents=True)
    closed.chmod(0o700)

    one, other = state_folder(closed / "checkout", root=True), state_folder(closed, root=True)

    assert is_closed(closed / "checkout")
    assert str(one).startswith("/var/tmp/offset-fund-")  # noqa: S108
    assert one != other
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_secret_is_made_once_and_readable_by_us_only(tmp_path: Path) -> None:
    state = State(tmp_path / "state").prepare()

    first = state.secret("role-portal")

    assert state.secret("role-portal") == first
    assert state.secret("role-monitoring") != first
    assert stat.S_IMODE((state.secrets / "role-portal").stat().st_mode) == 0o600


def test_others_may_pass_through_the_state_folder_but_not_read_it(tmp_path: Path) -> None:
    state = State(tmp_path / "state").prepare()

    assert stat.S_IMODE(state.folder.stat().st_mode) == 0o711
    assert stat.S_IMODE(state.secrets.stat().st_mode) == 0o700


def test_a_state_that_is_in_use_is_refused_to_a_second_run_and_free_afterwards(tmp_path: Path) -> None:
    state = State(tmp_path / "state")

    with state.locked("system"), pytest.raises(Missing, match="already running"), state.locked("system"):
        pytest.fail("two runs held one state")

    with state.locked("system"), state.locked("temporary"):
        assert state.run.is_dir()
