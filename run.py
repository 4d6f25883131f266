"""有据的前门：python3 run.py setup · demo · serve · test · check · bench 名字 · youju 参数…

Only the standard library, one file, every system. It makes `.venv` from the hashed locks, keeps it fresh, and passes
the rest on. Run it with any Python from 3.11 on.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

OLDEST = (3, 11)
WINDOWS = os.name == "nt"
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "youju-stamp.json"
HOLD = ROOT / ".venv.lock"
LOG = ROOT / "var" / "setup.log"
LOCKS = {"runtime": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}

USAGE = """用法：python3 run.py 命令 [参数…]

  demo  [参数]     建演示数据并打开网页（参数同 youju demo）
  serve [参数]     打开网页（参数同 youju serve）
  test  [参数]     跑测试：先 SQLite，再 PostgreSQL（参数同 pytest）
  check            代码规范、类型、房间次序、迁移、测试；--no-tests 不跑测试
  bench [名字]     量速度
  setup [--dev]    只装依赖，不做别的
  youju 参数…      任何 youju 命令
"""

OFFLINE = re.compile(
    r"name resolution|Name or service not known|getaddrinfo failed|NewConnectionError|ConnectTimeout|Max retries|"
    r"Network is unreachable|Connection refused|No matching distribution|Could not find a version|ProxyError|"
    r"Read timed out"
)

# How pip speaks of one package: from an index, already there, or from a folder of wheels.
PACKAGE = re.compile(r"(?:Collecting |Requirement already satisfied: |Processing \S*[/\\])([\w.-]+?)(?:==|-)(\d[\w.]*)")


class Trouble(Exception):
    """Something that stops us, said in one sentence."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# --- the virtual environment ------------------------------------------------------------------------------------------


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def wanted(*, dev: bool) -> dict[str, str]:
    """What the stamp says when nothing is left to do. The development lock holds every pin of the other."""
    stamp = {
        "python": f"{sys.version_info[0]}.{sys.version_info[1]} {ROOT}",
        "runtime": digest(LOCKS["runtime"]),
        "project": digest(ROOT / "pyproject.toml"),
    }
    if dev:
        stamp["dev"] = digest(LOCKS["dev"])
    return stamp


def stamped() -> dict[str, str]:
    """What was installed last, or nothing where that is not known."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and PYTHON.exists() else {}


def missing(*, dev: bool) -> set[str]:
    """The parts of the environment that are not as wanted."""
    there = stamped()
    return {part for part, value in wanted(dev=dev).items() if there.get(part) != value}


def ensure(*, dev: bool = False) -> None:
    """Make `.venv` what the locks say. A second caller waits for the first and then finds nothing left to do."""
    if not missing(dev=dev):
        return
    take_hold()
    try:
        if missing(dev=dev):
            install(dev=dev)
    finally:
        shutil.rmtree(HOLD, ignore_errors=True)


def take_hold() -> None:
    """One installation at a time: a folder is made by one process only, on every system."""
    told = False
    while True:
        try:
            HOLD.mkdir()
        except FileExistsError:
            if abandoned():
                shutil.rmtree(HOLD, ignore_errors=True)
                continue
            if not told:
                say("另一个 run.py 正在安装依赖，等它装完……")
                told = True
            time.sleep(0.5)
        else:
            (HOLD / "pid").write_text(str(os.getpid()), encoding="ascii")
            return


def abandoned() -> bool:
    """Whether the installer that holds the lock is gone."""
    try:
        age = time.time() - HOLD.stat().st_mtime
        pid = int((HOLD / "pid").read_text(encoding="ascii"))
    except FileNotFoundError:
        # Let go this moment, or taken this moment and not yet signed.
        return HOLD.exists() and time.time() - HOLD.stat().st_mtime > 10
    except (OSError, ValueError):
        return False
    if WINDOWS:  # os.kill would end the process there instead of asking after it
        return age > 1800
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def install(*, dev: bool) -> None:
    """Install what is missing, one line a package. One broken off leaves no stamp, so the next begins anew."""
    began = time.monotonic()
    there = stamped()
    dev = dev or "dev" in there
    parts = missing(dev=dev)
    if "python" in parts:
        make_venv()
        parts = set(wanted(dev=dev))
    STAMP.unlink(missing_ok=True)
    LOG.unlink(missing_ok=True)
    if parts & {"runtime", "dev"}:
        install_lock(LOCKS["dev" if dev else "runtime"], began)
    pip(["--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    STAMP.write_text(json.dumps(wanted(dev=dev)), encoding="utf-8")
    say(f"依赖装好了，用时 {time.monotonic() - began:.0f} 秒。")


def make_venv() -> None:
    """A new `.venv` of this Python. Debian keeps ensurepip in a package of its own; its pip can serve instead."""
    for module in ("venv", "pip"):
        if importlib.util.find_spec(module) is None and importlib.util.find_spec("ensurepip") is None:
            raise Trouble(
                "这台机器的 Python 没有 venv 或 pip。Debian、Ubuntu：apt-get install python3-venv python3-pip"
            )
    say("正在建 .venv ……")
    if VENV.exists():
        shutil.rmtree(VENV, ignore_errors=True)
    alone = importlib.util.find_spec("ensurepip") is None
    made = subprocess.run([sys.executable, "-m", "venv", *(["--without-pip"] if alone else []), str(VENV)], check=False)
    if made.returncode:
        raise Trouble("建不了 .venv（原因见上）。Debian、Ubuntu：apt-get install python3-venv")


def pip_command() -> list[str]:
    """The environment's own pip, or this Python's pip working on the environment."""
    if any(VENV.glob("lib/*/site-packages/pip")) or (VENV / "Lib/site-packages/pip").exists():
        return [str(PYTHON), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def install_lock(lock: Path, began: float) -> None:
    """Install one lock, telling each package as it comes."""
    total = len(re.findall(r"(?m)^[\w.-]+==", lock.read_text(encoding="utf-8")))
    say(f"正在安装 {total} 个依赖包（{lock.name}）……")
    seen = 0

    def tell(line: str) -> None:
        nonlocal seen
        if found := re.match(PACKAGE, line):
            seen += 1
            say(f"  [{time.monotonic() - began:3.0f} 秒] {seen}/{total} {found[1]} {found[2]}")
        elif line.startswith("Installing collected packages"):
            say(f"  [{time.monotonic() - began:3.0f} 秒] 都取到了，正在写入 ……")

    pip(["--no-deps", "--require-hashes", "--requirement", str(lock)], tell)


def pip(arguments: list[str], tell: Callable[[str], None] = lambda line: None) -> None:
    """Run `pip install`, keep its words in a log, and say in one sentence why it failed."""
    quiet = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off", "--retries", "2", "--timeout", "20"]
    command = [*pip_command(), "install", *quiet, *arguments]
    LOG.parent.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    )
    said: list[str] = []
    with LOG.open("a", encoding="utf-8") as log:
        for line in process.stdout or ():
            said.append(line)
            log.write(line)
            tell(line)
    if process.wait():
        last = "".join(said[-40:])
        if OFFLINE.search(last):
            raise Trouble(f"取不到依赖包：连不上软件包索引。请检查网络，或先给 pip 设好可用的镜像。详情：{LOG}")
        raise Trouble(f"依赖没有装成。详情：{LOG}\n{last.strip().splitlines()[-1] if last.strip() else ''}")


# --- running things ---------------------------------------------------------------------------------------------------


def surroundings(**more: str) -> dict[str, str]:
    """The environment of what we start: UTF-8 everywhere, whatever the console speaks."""
    return {**os.environ, "PYTHONUTF8": "1", **more}


def outlast(process: subprocess.Popen[bytes]) -> int:
    """Wait for a child to the end. Ctrl-C reached it as well; it says goodbye itself."""
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue
        return code if code >= 0 else 128 - code


def call(arguments: list[str], **more: str) -> int:
    """Run the environment's Python in the checkout and give back its exit code."""
    return outlast(subprocess.Popen([str(PYTHON), *arguments], cwd=ROOT, env=surroundings(**more)))


def become(arguments: list[str]) -> int:
    """Turn into the environment's Python, so that signals and the exit code are its own. Paths stay the caller's."""
    if not WINDOWS:
        sys.stdout.flush()
        os.execve(PYTHON, [str(PYTHON), *arguments], surroundings())
    return outlast(subprocess.Popen([str(PYTHON), *arguments], env=surroundings()))


def youju(arguments: list[str]) -> int:
    """Any command of Youju."""
    ensure()
    return become(["-m", "youju.cli", *arguments])


def setup(arguments: list[str]) -> int:
    """Only install."""
    ensure(dev="--dev" in arguments)
    say(f"就绪。命令在 {PYTHON.parent / 'youju'}")
    return 0


def bench(arguments: list[str]) -> int:
    """Run one measurement of bench/."""
    names = sorted(file.stem for file in (ROOT / "bench").glob("[!_]*.py"))
    if not arguments or arguments[0] not in names:
        say(f"可以量的：{'、'.join(names) or '（还没有）'}")
        return 2
    ensure(dev=True)
    return call([str(ROOT / "bench" / f"{arguments[0]}.py"), *arguments[1:]])


# --- tests and checks -------------------------------------------------------------------------------------------------

NO_TESTS = 5  # pytest's exit code where nothing was collected


def postgresql() -> tuple[str | None, str]:
    """The URL of a server on which tests may make a database, or None and the reason."""
    probe = subprocess.run(
        [str(PYTHON), str(ROOT / "tests" / "house" / "postgres.py")],
        capture_output=True, encoding="utf-8", errors="replace", env=surroundings(), check=False,
    )  # fmt: skip
    return (probe.stdout.strip() or None), (probe.stderr.strip().splitlines() or [""])[-1]


def pytest(arguments: list[str], account: Path, **more: str) -> int:
    """One run of the tests, whose account is added to the file."""
    spread = [] if any(word.startswith(("-n", "--pdb")) for word in arguments) else ["-n", "auto"]
    return call(["-m", "pytest", *spread, *arguments], YOUJU_TEST_ACCOUNT=str(account), **more)


def pytest_patiently(arguments: list[str], account: Path, **more: str) -> int:
    """One run; on CI what failed is tried once more by itself, and it is said when only company made it fail."""
    code = pytest(arguments, account, **more)
    if code != 1 or not os.environ.get("CI"):
        return code
    say("— 没有通过的，单独再跑一遍 —")
    alone = ["-n", "0", "--last-failed", "--last-failed-no-failures", "none"]
    code = pytest([*arguments, *alone], account, **more)
    if code == 0:
        say("先前没有通过的，单独跑都通过了：它们受了同时在跑的测试牵连，请留意。")
        *before, first, second = account.read_text(encoding="utf-8").splitlines()
        mended = json.dumps({**json.loads(first), "failed": 0}, ensure_ascii=False)
        account.write_text("\n".join([*before, mended, second]) + "\n", encoding="utf-8")
    return code


def test(arguments: list[str]) -> int:
    """SQLite always, PostgreSQL where there is one, and at the end what was not run and why."""
    ensure(dev=True)
    with tempfile.TemporaryDirectory(prefix="youju-account-") as folder:
        account = Path(folder) / "account.jsonl"
        say("— 在 SQLite 上 —")
        codes = [pytest_patiently(arguments, account)]
        url, why = postgresql()
        if url:
            say("— 在 PostgreSQL 上（只跑用到数据库的测试）—")
            code = pytest_patiently(arguments, account, YOUJU_TEST_ON="postgresql", YOUJU_TEST_DATABASE_URL=url)
            codes.append(0 if code == NO_TESTS else code)
        lines = account.read_text(encoding="utf-8").splitlines() if account.exists() else []
        runs = [json.loads(line) for line in lines]
    close_account(runs, without_postgresql=None if url else why)
    return max(codes)


def close_account(runs: list[dict[str, Any]], *, without_postgresql: str | None) -> None:
    """The last lines: what was not run, each with its reason, then the sum."""
    reasons: dict[str, int] = {}
    for run in runs:
        for why, number in run["not_run"].items():
            reasons[why] = reasons.get(why, 0) + number
    if without_postgresql is not None:
        reasons[
            f"PostgreSQL 上的全部测试：{without_postgresql or '没有服务器'}（可用 YOUJU_TEST_DATABASE_URL 指明）"
        ] = 1
    passed, failed = (sum(run[kind] for run in runs) for kind in ("passed", "failed"))
    print(f"\n未运行：{sum(reasons.values())} 项")
    for why, number in sorted(reasons.items()):
        print(f"  {number} 项：{why}")
    print(f"{passed} passed, {failed} failed, {sum(reasons.values())} skipped", flush=True)


CHECKS = {
    "代码规范": ["-m", "ruff", "check", "."],
    "排版": ["-m", "ruff", "format", "--check", "."],
    "类型": ["-m", "mypy"],
    "房间次序": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    "迁移": ["manage.py", "makemigrations", "--check", "--dry-run"],
}


def check(arguments: list[str]) -> int:
    """Every check, all of them even where one fails; then the tests."""
    ensure(dev=True)
    failed = []
    with tempfile.TemporaryDirectory(prefix="youju-check-") as folder:
        for name, command in CHECKS.items():
            began = time.monotonic()
            say(f"— {name} —")
            if call(command, YOUJU_DATA=folder):
                failed.append(name)
            say(f"  {time.monotonic() - began:.1f} 秒")
    say(f"没有通过：{'、'.join(failed)}" if failed else "检查都通过了。")
    if "--no-tests" in arguments:
        return 1 if failed else 0
    return test([word for word in arguments if word != "--no-tests"]) or (1 if failed else 0)


VERBS: dict[str, Callable[[list[str]], int]] = {
    "setup": setup,
    "demo": lambda arguments: youju(["demo", *arguments]),
    "serve": lambda arguments: youju(["serve", *arguments]),
    "youju": youju,
    "test": test,
    "check": check,
    "bench": bench,
}


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.version_info < OLDEST:
        say(f"有据需要 Python 3.11 以上，这是 {sys.version.split()[0]}。请换一个 Python，例如：python3.11 run.py demo")
        return 2
    verb, arguments = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    if verb not in VERBS:
        say(USAGE)
        return 0 if verb in {"-h", "--help", "help"} else 2
    try:
        return VERBS[verb](arguments)
    except Trouble as trouble:
        say(str(trouble))
        return 2
    except KeyboardInterrupt:
        say("已中断。")
        return 130


if __name__ == "__main__":
    sys.exit(main())
