"""A row's verdict is arithmetic; each section is there; a process that fails is no measurement."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest

from bench.__main__ import SECTIONS, main
from bench.process import spawn
from bench.table import Row, number, verdict

MET = Row("fast", 1.4, "×", most=1.4)
MISSED = Row("slow", 31.0, "s", most=30)
UNKNOWN = Row("peer", None, "ms", most=1, note="not installed")


def test_a_target_is_inclusive() -> None:
    assert (MET.passed, MISSED.passed) == (True, False)
    assert Row("much", 1.99, "×", least=2).passed is False
    assert Row("much", 2.0, "×", least=2).passed is True
    assert UNKNOWN.passed is None
    assert Row("only told", 3.0).passed is None


def test_rows_say_target_and_verdict() -> None:
    assert str(MET).split() == ["fast", "1.40", "×", "≤", "1.4", "pass"]
    assert str(MISSED).split() == ["slow", "31.0", "s", "≤", "30", "MISS"]
    assert str(UNKNOWN).split() == ["peer", "–", "ms", "≤", "1", "not", "installed"]


def test_the_verdict_names_what_was_missed() -> None:
    assert verdict([MET, UNKNOWN, Row("only told", 3.0)]) == "1 targets, 1 met"
    assert verdict([MET, MISSED]) == "2 targets, 1 met; missed: slow"


def test_numbers_show_three_digits() -> None:
    assert [number(value) for value in (0.1234, 1.234, 12.34, 123.4, -12.34)] == ["0.123", "1.23", "12.3", "123", "-12.3"]


@pytest.mark.parametrize("name", SECTIONS)
def test_sections(name: str) -> None:
    section = import_module(SECTIONS[name])
    assert section.TITLE
    assert callable(section.measure)


def test_an_unknown_section_is_wrong_usage(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "nonsense"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert "nonsense" in capsys.readouterr().err


def test_a_process_is_measured_by_itself() -> None:
    """The peak of a bare interpreter, not that of the process which measures it."""
    ballast = bytearray(200 << 20)
    run = spawn([sys.executable, "-I", "-S", "-c", "pass"])
    assert run.seconds > 0
    assert 2 < run.mib < 60 < len(ballast) >> 20


def test_a_process_that_fails_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="exit status 3"):
        spawn([sys.executable, "-c", "raise SystemExit(3)"])
