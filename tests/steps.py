"""How much work something is, counted and not timed: the calls that it makes, which are the same on every machine."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any


def calls_in(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, are called while work is done in this thread."""
    count = 0

    def profile(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@contextmanager
def watched(function: Callable[..., object], then: Callable[[], Any]) -> Iterator[list[Any]]:
    """What `then` answers at each call of a function, in this thread and in those that begin meanwhile."""
    code: CodeType = function.__code__
    found: list[Any] = []

    def profile(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "call" and frame.f_code is code:
            found.append(then())

    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        yield found
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
