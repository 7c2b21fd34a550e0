from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cite import pandoc
from generator.cite.pandoc import PandocFailed, PandocWorker, RejectedInput

ECHO = """
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"ok": request["say"]}), flush=True)
"""


def worker(script: str, limit: float = 20.0) -> PandocWorker:
    return PandocWorker((sys.executable, "-c", script), limit)


@pytest.fixture
def echo() -> Iterator[PandocWorker]:
    made = worker(ECHO)
    yield made
    made.close()


def test_one_process_answers_all_requests(echo: PandocWorker) -> None:
    assert echo.pid is None
    assert echo.ask({"say": "ä\n"}) == "ä\n"
    first = echo.pid
    assert [echo.ask({"say": n}) for n in range(3)] == [0, 1, 2]
    assert echo.pid == first


def test_requests_and_answers_larger_than_a_pipe(echo: PandocWorker) -> None:
    text = "x" * 500_000
    assert echo.ask({"say": text}) == text


def test_a_killed_process_is_replaced_between_requests(echo: PandocWorker) -> None:
    echo.ask({"say": 1})
    first = echo.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert echo.ask({"say": 2}) == 2
    assert echo.pid != first


def test_a_process_that_dies_during_a_request_is_tried_once_more(tmp_path: Path) -> None:
    died = tmp_path / "died"
    script = f"import os\nif not os.path.exists({str(died)!r}):\n    open({str(died)!r}, 'w'); os._exit(7)\n" + ECHO
    made = worker(script)
    assert made.ask({"say": 1}) == 1
    made.close()


def test_a_process_that_dies_twice_is_told_with_what_it_said() -> None:
    made = worker("import sys; sys.stdin.readline(); sys.stderr.write('out of luck'); sys.exit(9)")
    with pytest.raises(PandocFailed, match="exit status 9") as raised:
        made.ask({})
    assert raised.value.stderr == "out of luck"
    assert made.pid is None


def test_a_process_that_hangs_is_ended() -> None:
    made = worker("import sys, time\nsys.stderr.write('thinking'); sys.stderr.flush()\ntime.sleep(60)", limit=0.5)
    with pytest.raises(PandocFailed, match=r"within 0\.5 s"):
        made.ask({})
    assert made.pid is None


def test_an_interrupted_request_leaves_no_answer_to_the_next() -> None:
    made = worker(ECHO.replace("print(", "import time; time.sleep(request.get('wait', 0)); print("))
    made.ask({"say": "started"})
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))

    def ask_for_a_moment() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        made.ask({"say": "late", "wait": 60})

    with pytest.raises(KeyboardInterrupt):
        ask_for_a_moment()
    assert made.ask({"say": "next"}) == "next"
    made.close()


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(PandocFailed, match="cannot be started"):
        PandocWorker(("/no/such/pandoc",)).ask({})


def test_an_error_is_the_requests_and_the_process_goes_on() -> None:
    with pytest.raises(RejectedInput):
        pandoc.ask({"do": "convert", "from": "biblatex", "text": "@book{a, title = {b"})
    assert "b" in pandoc.ask({"do": "convert", "from": "biblatex", "text": "@book{a, title = {b}}"})


def test_threads_take_turns(echo: PandocWorker) -> None:
    answers: dict[int, object] = {}

    def ask(n: int) -> None:
        answers[n] = echo.ask({"say": n})

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: n for n in range(8)}


def test_the_version_is_known_without_running_pandoc() -> None:
    assert pandoc.version()[0].isdigit()
