"""`youju serve`: opens the pages. Here too is the server itself, which `youju demo` uses with its own words."""

from __future__ import annotations

import argparse
import contextlib
import errno
import gc
import importlib
import importlib.util
import os
import signal
import socket
import threading
import time
from collections.abc import Callable

from youju.cli.background import beside, end_with_parent
from youju.cli.data_folder import add_folder_arguments, open_folder
from youju.kit.refusal import Refusal

HELP = "打开网页"
DONE = 0
HOST, PORT = "127.0.0.1", 8000
APPLICATION = "youju.config.wsgi:application"
WORKERS, BACKLOG = 2, 1024
TO_END = 15  # seconds for the pages being answered; who sends the end to every process at once may need it


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_folder_arguments(parser)
    parser.add_argument("--host", metavar="H", default=HOST, help=f"在哪个地址上服务（默认 {HOST}，只限本机）")
    add_port(parser)


def add_port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", metavar="P", type=a_port, default=PORT, help=f"端口（默认 {PORT}）")


def a_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"“{text}”不是端口，请写 1 到 65535 之间的数")
    return int(text)


def run(args: argparse.Namespace) -> int:
    require_free(args.host, args.port, verb="serve")
    folder = open_folder(args, create=True)
    address = address_of(args.host, args.port)
    serve(
        args.host,
        args.port,
        when_open=lambda: print(f"有据已打开：{address}\n数据目录：{folder}\n按 Ctrl-C 停止。", flush=True),
    )
    return DONE


def address_of(host: str, port: int) -> str:
    """The address a browser on this machine opens."""
    if host in {"0.0.0.0", "::", ""}:
        host = HOST
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


# -- the port ----------------------------------------------------------------------------------------------------------


def require_free(host: str, port: int, *, verb: str) -> None:
    """Raises Refusal unless the port can be taken now. The server itself would silently share a port with another."""
    trouble = _trouble_with(host, port)
    if trouble is None:
        return
    if trouble.errno in {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1)}:
        other = next((p for p in range(port + 1, min(port + 50, 65536)) if _trouble_with(host, p) is None), None)
        hint = f"换一个端口：youju {verb} --port {other}" if other else "请换一个端口（--port）"
        raise Refusal("port", f"{host} 的端口 {port} 已经有程序在用。{hint}")
    if isinstance(trouble, PermissionError):
        raise Refusal("port", f"没有权限使用端口 {port}，请用 1024 以上的端口（--port）。")
    raise Refusal("host", f"不能在 {host} 上服务：{trouble.strerror or trouble}。")


def _trouble_with(host: str, port: int) -> OSError | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as door:
            if os.name == "posix":  # a port just left is free; on Windows this option would take a port from its owner
                door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
    except OSError as trouble:
        return trouble
    return None


# -- the server --------------------------------------------------------------------------------------------------------


def serve(host: str, port: int, *, when_open: Callable[[], None]) -> None:
    """Serves until Ctrl-C or SIGTERM, with a worker beside it (`youju work`); its processes end with it. ``when_open`` is
    called once a browser may come."""
    from django.db import connections

    load_pages()
    connections.close_all()  # the workers open their own
    threading.Thread(target=_tell, args=(host, port, when_open), daemon=True).start()
    with beside():
        if importlib.util.find_spec("granian"):
            _granian(host, port)
        elif importlib.util.find_spec("gunicorn") and os.name == "posix":
            _gunicorn(host, port)
        else:
            raise Refusal("", "没有装网页服务器（granian 或 gunicorn）。请运行 python3 run.py setup。")


def load_pages() -> None:
    """Loads every page, and with it every data file, before anything is opened: a worker would do so at its first request
    only, and answer a wrong file with a broken page. Raises DataFault naming file, line and key."""
    importlib.import_module("youju.config.urls")


def _tell(host: str, port: int, when_open: Callable[[], None]) -> None:
    door = (HOST if host in {"0.0.0.0", ""} else "::1" if host == "::" else host, port)
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(door, timeout=1):
            when_open()
            return
        time.sleep(0.1)


def in_worker() -> object:
    """The application, in a worker process that ends when its parent does, however that ended: no worker outlives its links."""
    leave_ctrl_c_to_the_server()
    end_with_parent()
    module, _, name = APPLICATION.partition(":")
    application: object = getattr(importlib.import_module(module), name)
    # What is loaded by now stays for good: without it the collector walks it again and again, while a page waits.
    gc.collect()
    gc.freeze()
    return application


def leave_ctrl_c_to_the_server() -> None:
    """A terminal sends Ctrl-C to every process, and the server then ends its workers: told twice at once, one of granian's
    waits for itself and never ends. Called before the worker has threads of its own, which do as it does."""
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def threads() -> int:
    """For each of the two processes. On SQLite one: more would only wait for the one writer. PostgreSQL commits several at once."""
    return 8 if os.environ.get("YOUJU_DATABASE_URL") else 1


def _granian(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        f"{__name__}:{in_worker.__name__}",
        factory=True, address=host, port=port, interface=Interfaces.WSGI, workers=WORKERS, blocking_threads=threads(),
        backlog=BACKLOG, websockets=False, log_level=LogLevels.warning, workers_kill_timeout=TO_END,
    ).serve()  # fmt: skip


def _gunicorn(host: str, port: int) -> None:
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
    from gunicorn.util import import_app  # type: ignore[import-untyped]

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            for key, value in {
                "bind": bind,
                "workers": WORKERS,
                "threads": threads(),
                "backlog": BACKLOG,
                "loglevel": "warning",
            }.items():
                self.cfg.set(key, value)

        def load(self) -> object:
            loaded: object = import_app(APPLICATION)
            return loaded

    with contextlib.suppress(SystemExit):  # its way to say that it was told to stop
        Server().run()
