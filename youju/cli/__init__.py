"""The commands (命令): one file per verb, each with `HELP`, `add_arguments(parser)` and `run(args) -> int`.

Here is only the dispatcher. It imports the chosen verb and nothing else, so that `youju claims` never pays for Django.
Commands ask the rooms below and print; no rule lives here.
"""

import argparse
import importlib
import io
import os
import pkgutil
import re
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol, cast

DONE, FOUND, NOT_DONE = 0, 1, 2

# What the commands share and nobody calls by name.
HELPERS = frozenset({"arguments", "background", "clock", "data_folder", "demonstration", "input_text", "reader"})

# argparse speaks English; these are the sentences a person meets.
_SENTENCES = (
    (r"the following arguments are required: (.+)", r"还缺：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+?): expected one argument", r"\1 后面要跟一个值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面至少要跟一个值"),
    (r"argument (.+?): invalid (?:\w+ )?value: (.+)", r"\1 的值不对：\2"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 没有 \2，可选：\3"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 不能与 \2 同用"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)


class Command(Protocol):
    """What the module of a verb offers."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


class Parser(argparse.ArgumentParser):
    """An argument parser whose own words are Chinese."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(NOT_DONE, f"用法不对：{in_chinese(message)}\n")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        text = super().format_help().replace("usage: ", "用法：", 1)
        text = re.sub(r"(?m)^positional arguments:$", "参数：", text)
        text = re.sub(r"(?m)^options:$", "选项：", text)
        return text.replace("show this help message and exit", "显示这段说明")


def in_chinese(message: str) -> str:
    """Argparse's complaint as a Chinese sentence; one that is not in the table stays as it is."""
    for pattern, sentence in _SENTENCES:
        if re.fullmatch(pattern, message, flags=re.DOTALL):
            return re.sub(pattern, sentence, message, flags=re.DOTALL)
    return message


def command_names() -> tuple[str, ...]:
    """The verbs, which are the files of this folder: a new command is a new file and nothing more."""
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return tuple(sorted(name for name in names if not name.startswith("_") and name not in HELPERS))


def load_command(name: str) -> Command:
    """The module of one verb."""
    return cast(Command, importlib.import_module(f"{__name__}.{name}"))


def overview() -> str:
    """What `youju --help` prints."""
    lines = [f"  {name:<10}{load_command(name).HELP}" for name in command_names()]
    head = "用法：youju 命令 [参数…]\n\n有据：一次记录，处处有据。\n\n命令：\n"
    return head + "\n".join(lines) + "\n\n每个命令的参数：youju 命令 --help\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 `audit` or `verify` found something, 2 not done. Messages go to stderr."""
    speak_utf8()
    arguments = list(sys.argv[1:] if argv is None else argv)
    verb = arguments[0] if arguments else ""
    if verb in {"-h", "--help", "help"}:
        print(overview(), end="")
        return DONE
    if verb in {"-V", "--version"}:
        from youju import __version__

        print(f"有据 {__version__}")
        return DONE
    if verb not in command_names():
        said = f"没有“{verb}”这个命令。" if verb else "请说要做什么。"
        print(f"{said}可用的命令：{'、'.join(command_names())}。说明：youju --help", file=sys.stderr)
        return NOT_DONE
    return carry_out(verb, arguments[1:])


def carry_out(verb: str, arguments: Sequence[str]) -> int:
    """Parse one verb's arguments, run it, and turn what it refuses into one sentence."""
    command = load_command(verb)
    parser = Parser(prog=f"youju {verb}", description=command.HELP)
    command.add_arguments(parser)
    try:
        code = command.run(parser.parse_args(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # `youju … | head` is no fault. Python would flush once more at exit and complain, so stdout goes nowhere now.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE
    except Exception as trouble:
        said = sentence_of(trouble)
        if said is None:
            raise
        print(said, file=sys.stderr)
        return NOT_DONE
    return code


def sentence_of(trouble: Exception) -> str | None:
    """What a person should read of an exception: refusals and faults carry a `sentence`, bugs do not."""
    sentence = getattr(trouble, "sentence", None)
    if not isinstance(sentence, str):
        return None
    # A fault in a data file says more in full: file, line and key stand before its sentence.
    return str(trouble) if hasattr(trouble, "line") else sentence


def speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page: a Chinese Windows would write GBK, a bare Linux ASCII."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
