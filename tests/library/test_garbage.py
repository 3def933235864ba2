"""Garbage collection that is put off is as it was before."""

from __future__ import annotations

import gc
from weakref import ref

import pytest

from iotbaseline._library import garbage


@pytest.mark.parametrize("was_on", [True, False])
def test_collection_is_put_off_and_then_as_before(was_on: bool) -> None:
    gc.enable() if was_on else gc.disable()
    try:
        with garbage.put_off():
            assert not gc.isenabled()
        assert gc.isenabled() is was_on
        with pytest.raises(KeyError), garbage.put_off():
            raise KeyError
        assert gc.isenabled() is was_on
    finally:
        gc.enable()


def test_what_puts_it_off_inside_another_leaves_it_off() -> None:
    with garbage.put_off():
        with garbage.put_off():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_off_until_the_last_of_several_threads_is_done() -> None:
    one, other = garbage.put_off(), garbage.put_off()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert not gc.isenabled()
    other.__exit__(None, None, None)
    assert gc.isenabled()


def test_what_rests_is_old_at_once_and_still_collected() -> None:
    class Knot:
        def __init__(self) -> None:
            self.itself = self

    gc.collect()
    gc.unfreeze()  # Python 3.12 begins with some objects frozen.
    with garbage.put_off():
        knot = Knot()
        garbage.let_rest()
        assert gc.get_freeze_count() == 0
        assert any(each is knot for each in gc.get_objects(generation=2))
    seen = ref(knot)
    del knot
    gc.collect()
    assert seen() is None


def test_what_somebody_froze_stays_frozen() -> None:
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        garbage.let_rest()
        assert gc.get_freeze_count() == frozen > 0
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("was_on", [True, False])
def test_a_forked_process_does_not_wait_for_threads_that_it_does_not_have(was_on: bool) -> None:
    gc.enable() if was_on else gc.disable()
    collector = garbage._Collector()
    try:
        collector.stop()
        collector._lock.acquire()
        collector.forget()
        assert gc.isenabled() is was_on
        collector.stop()
        assert not gc.isenabled()
        collector.resume()
        assert gc.isenabled() is was_on
    finally:
        gc.enable()
