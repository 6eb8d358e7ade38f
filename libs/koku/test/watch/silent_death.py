"""
Reproduces faults in which a worker or Beat runs on without doing anything, with the real Celery and a real server.

usage: silent_death.py closed|vanished|abandoned|stalled|busy|beat|beat-stalled|beat-outage with|without
                       [further arguments of Celery]

- closed: the cache closes the connection for remote control while the worker reconnects.
- vanished: the cache vanishes without closing connections while the worker reconnects; another one answers in its place.
- abandoned: the consumer keeps a connection that Celery has given up.
- stalled: a call of the worker never returns.
- beat: the cache vanishes without closing connections while Beat sends a task.
- beat-stalled: a call of Beat never returns.
- beat-outage: the cache refuses all connections for longer than the watch waits.
- busy: no fault; the worker runs one task for longer than the watch waits.

Prints one line of JSON about the tasks. Restarts a worker that ends, as the kubelet does. Needs celery, redis and
redis-server.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import redis

from proxy import CLOSE, VANISH, Proxy

HERE = Path(__file__).parent
WATCH = HERE.parent.parent / "src" / "watch"

#: Seconds within which a worker must work again: two minutes, and some for its start on a slow machine.
DEADLINE = 120 + 30


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait(what: str, seconds: float, check: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not check():
        if time.monotonic() > until:
            raise TimeoutError(f"{what} did not happen in {seconds} s")
        time.sleep(0.1)


def python_path() -> str:
    return os.pathsep.join([str(HERE), str(WATCH), os.environ.get("PYTHONPATH", "")])


class Worker:
    """A worker's container. Restarts a process that ends."""

    def __init__(self, folder: Path, broker: str, options: list[str]) -> None:
        self.log = folder / "worker.log"
        self.mark = folder / "break"
        self.starts = 0
        self.options = options
        self.environment = os.environ | {
            "BROKER": broker,
            "BROKEN_MARK": str(self.mark),
            "PYTHONPATH": python_path(),
        }
        self.start()

    def start(self) -> None:
        self.starts += 1
        arguments = ["worker", "--without-gossip", "-E", "-l", "INFO", "-Q", "work", *self.options]
        with self.log.open("a") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "tiny", *arguments],
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def keep_running(self) -> None:
        if self.process.poll() is not None:
            self.start()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()

    def said(self, words: str) -> int:
        return self.log.read_text().count(words)


class Once:
    """Lets the server vanish when the worker looks for other workers."""

    def __init__(self) -> None:
        self.done = False

    def __call__(self, words: list[bytes]) -> bytes | None:
        # Celery calls this request mingle. It publishes heartbeats too.
        if self.done or words[0] != b"PUBLISH" or b"celery.pidbox" not in words[1]:
            return None
        self.done = True
        return VANISH


class OnceBound:
    """Closes the connection that sends the first PING after the worker has bound its queue: the one for remote control."""

    def __init__(self) -> None:
        self.bound = False
        self.done = False

    def __call__(self, words: list[bytes]) -> bytes | None:
        self.bound |= words[0] == b"SADD" and words[1].endswith(b"binding.work")
        if not self.bound or self.done or words[0] != b"PING":
            return None
        self.done = True
        return CLOSE


def close(worker: Worker, proxy: Proxy) -> None:
    fault = OnceBound()
    proxy.cut()
    proxy.intercept = fault
    wait("the fault in the reconnect", 60, lambda: fault.done)


def vanish(worker: Worker, proxy: Proxy) -> None:
    fault = Once()
    proxy.cut()
    proxy.intercept = fault
    wait("the fault in the reconnect", 60, lambda: fault.done)


def broken(how: str) -> Callable[[Worker, Proxy], None]:
    """A fault that broken.py causes inside the worker."""

    def happen(worker: Worker, proxy: Proxy) -> None:
        worker.mark.write_text(how)
        proxy.cut()
        wait("the fault in the reconnect", 60, lambda: not worker.mark.exists())

    return happen


FAULTS: dict[str, Callable[[Worker, Proxy], None]] = {
    "closed": close,
    "vanished": vanish,
    "abandoned": broken("abandoned"),
    "stalled": broken("stalled"),
}


class OnceSent:
    """Lets the server vanish when Beat sends a task."""

    def __init__(self) -> None:
        self.done = False

    def __call__(self, words: list[bytes]) -> bytes | None:
        if self.done or words[0] != b"LPUSH":
            return None
        self.done = True
        return VANISH


class Beat:
    """Beat's container. Restarts a process that ends."""

    def __init__(self, folder: Path, port: int, options: list[str]) -> None:
        self.mark = folder / "break"
        self.starts = 0
        self.arguments = ["beat", "-s", str(folder / "schedule"), "--pidfile=", *options]
        self.environment = os.environ | {
            "BROKER": f"redis://127.0.0.1:{port}/1",
            "BROKEN_MARK": str(self.mark),
            "PYTHONPATH": python_path(),
        }
        self.start()

    def start(self) -> None:
        self.starts += 1
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "tiny", *self.arguments],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def keep_running(self) -> None:
        if self.process.poll() is not None:
            self.start()


def run_beat(
    fault: str, watched: bool, folder: Path, client: redis.Redis, port: int, settings: list[str]
) -> dict[str, object]:
    proxy = Proxy(port)
    scheduler = ["--scheduler", "beat_watch:WatchedScheduler"] if watched else []
    beat = Beat(folder, proxy.port, [*scheduler, *settings])

    def sent() -> int:
        beat.keep_running()
        return client.llen("of-beat")

    try:
        wait("the first task of Beat", 60, lambda: sent() > 0)
        if fault == "beat":
            vanishing = OnceSent()
            proxy.intercept = vanishing
            wait("the fault", 30, lambda: vanishing.done)
        elif fault == "beat-stalled":
            beat.mark.touch()
            wait("the fault", 30, lambda: not beat.mark.exists())
        else:
            # For longer than the watch waits.
            proxy.refuse = True
            proxy.cut()
            time.sleep(DEADLINE)
            beat.keep_running()
            proxy.refuse = False
        before, began = sent(), time.monotonic()
        try:
            wait("another task of Beat", DEADLINE, lambda: sent() > before + 1)
        except TimeoutError:
            pass
        return {
            "done": int(sent() > before + 1),
            "sent": 1,
            "seconds": round(time.monotonic() - began),
            "restarts": beat.starts - 1,
            "reconnects": 0,
        }
    finally:
        beat.process.kill()
        beat.process.wait()


def run(fault: str, watched: bool, folder: Path, port: int, settings: list[str]) -> dict[str, object]:
    proxy = Proxy(port)
    includes = ["broken", *(["worker_watch"] if watched else [])]
    worker = Worker(folder, f"redis://127.0.0.1:{proxy.port}/1", ["--include", ",".join(includes), *settings])
    try:
        wait("the start of the worker", 60, lambda: worker.said(" ready.") > 0)
        os.environ["BROKER"] = f"redis://127.0.0.1:{port}/1"
        from tiny import nap

        nap.apply_async((0,), queue="work").get(timeout=30)
        if fault == "busy":
            # Twice as long as the watch waits.
            tasks = [nap.apply_async((200,), queue="work")]
        else:
            FAULTS[fault](worker, proxy)
            tasks = [nap.apply_async((0,), queue="work") for _ in range(3)]
        began = time.monotonic()

        def done() -> bool:
            worker.keep_running()
            return all(task.ready() for task in tasks)

        try:
            wait("the work", 240 if fault == "busy" else DEADLINE, done)
        except TimeoutError:
            pass
        return {
            "done": sum(task.ready() for task in tasks),
            "sent": len(tasks),
            "seconds": round(time.monotonic() - began),
            "restarts": worker.starts - 1,
            "reconnects": worker.said(": reconnecting"),
        }
    finally:
        worker.end()


def main(fault: str, watched: bool, settings: list[str]) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        server = subprocess.Popen(
            ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", ""],
            stdout=subprocess.DEVNULL,
        )
        try:
            client = redis.Redis(port=port, db=1)
            wait("the start of the server", 10, lambda: answers(client))
            if fault.startswith("beat"):
                return run_beat(fault, watched, Path(folder), client, port, settings)
            return run(fault, watched, Path(folder), port, settings)
        finally:
            server.kill()
            server.wait()


def answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


if __name__ == "__main__":
    _, fault_name, how, *further = sys.argv
    print(json.dumps(main(fault_name, how == "with", further)), flush=True)
    # Not sys.exit, because that would wait for results that never come.
    os._exit(0)
