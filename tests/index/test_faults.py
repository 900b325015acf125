"""An index through faults: of the disk, of the power, of bits. It opens as before or as after, or it says what is wrong."""

from __future__ import annotations

import errno
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import IndexFolderError
from index.store.disk import Index, load, publish
from index.store.durable import LOCK, exclusive
from tests.index.faults import Faulty

SEED = 2007
KILLS, FLIPS = 50, 200


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.name != LOCK}


@pytest.mark.parametrize(("code", "lasting"), [(errno.ENOSPC, True), (errno.EIO, False)], ids=["a full disk", "a bad sector"])
def test_every_step_of_publishing_fails_in_turn(
    folder: Path, one: Index, two: Index, code: int, lasting: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the manifest's rename all is as before, byte for byte and without scraps; after it, as after."""
    before = contents(folder)
    outcomes = []
    for k in range(1000):
        faults = Faulty(k, code, lasting)
        with monkeypatch.context() as patch:
            faults.install(patch)
            outcomes.append(_published(folder, two))
        if outcomes[-1]:
            assert load(folder).corpus == two.corpus
            publish(folder, one)
        else:
            assert load(folder).corpus == one.corpus, k
            assert before.items() <= contents(folder).items(), k
            assert not [path for path in folder.iterdir() if path.name.startswith(".") and path.name != LOCK], k
        if faults.steps <= k:
            break
    assert sum(not done for done in outcomes) > 60  # each file of an index is written, closed and synced
    assert outcomes[-1]


def _published(folder: Path, index: Index) -> bool:
    try:
        publish(folder, index)
    except IndexFolderError:
        return False
    return True


def test_killed_at_random_moments(folder: Path, one: Index, two: Index) -> None:
    """kill -9 in a loop that publishes the two in turn: what opens is one of them, whole."""
    moments = random.Random(SEED)
    begun = time.monotonic()
    publish(folder, two)
    publish(folder, one)
    longest = max(0.08, 2 * (time.monotonic() - begun))  # on a busy machine a writer takes longer
    seen = []
    for _ in range(KILLS):
        child = os.fork()
        if child == 0:
            while True:
                publish(folder, two)
                publish(folder, one)
        time.sleep(moments.uniform(0.002, longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        corpus = load(folder).corpus
        seen.append(corpus == two.corpus)
        assert seen[-1] or corpus == one.corpus
    assert set(seen) == {True, False}
    publish(folder, two)
    assert len([*folder.glob("g-*")]) <= 2
    assert not [*folder.glob(".new-*")]


def test_every_file_truncated(folder: Path) -> None:
    for path, whole in contents(folder).items():
        for length in {0, 1, len(whole) // 2, len(whole) - 1} - {len(whole)}:
            path.write_bytes(whole[:length])
            _refused(folder)
        path.unlink()
        _refused(folder)
        path.write_bytes(whole)
    load(folder)


def test_random_bits_flipped(folder: Path) -> None:
    """Over all bytes of the folder alike; the manifest, small as it is, gets a share of its own."""
    files = contents(folder)
    choices = random.Random(SEED)
    manifest = folder / "manifest.json"
    for number in range(FLIPS):
        path = manifest if number % 4 == 0 else choices.choices([*files], [len(data) for data in files.values()])[0]
        flipped = bytearray(files[path])
        flipped[choices.randrange(len(flipped))] ^= 1 << choices.randrange(8)
        path.write_bytes(flipped)
        _refused(folder)
        path.write_bytes(files[path])
    load(folder)


def _refused(folder: Path) -> None:
    with pytest.raises(IndexFolderError, match="wenbao build") as caught:
        load(folder)
    assert "\n" not in str(caught.value)


@pytest.fixture
def held(folder: Path) -> Iterator[None]:
    """Another thread holds the folder for a moment."""
    holds = threading.Event()

    def hold() -> None:
        with exclusive(folder):
            holds.set()
            time.sleep(0.3)

    thread = threading.Thread(target=hold)
    thread.start()
    holds.wait()
    yield
    thread.join()


@pytest.mark.usefixtures("held")
def test_the_second_of_two_writers_says_so_and_waits(folder: Path) -> None:
    said: list[float] = []
    with exclusive(folder, lambda: said.append(time.monotonic())):
        assert len(said) == 1
        assert time.monotonic() - said[0] > 0.1


def test_a_writer_may_enter_again_and_leaves_no_empty_folder(tmp_path: Path) -> None:
    with exclusive(tmp_path / "new"), exclusive(tmp_path / "new", lambda: pytest.fail("waits for itself")):
        assert (tmp_path / "new").is_dir()
    assert not (tmp_path / "new").exists()
