"""The data folder (数据目录) a command works on: where it is, whether it is there, and Django made ready to read it."""

import argparse
import os
from pathlib import Path
from typing import Any

from youju.kit.refusal import Refusal

DEFAULT = Path("var/data")


def add_folder_arguments(parser: argparse.ArgumentParser, *, reader: bool = False) -> None:
    """`--data DIR` for every command that opens a ledger, and `--as LOGIN` for those that answer as somebody."""
    parser.add_argument("--data", metavar="DIR", type=Path, help="数据目录（也可用环境变量 YOUJU_DATA）")
    if reader:
        parser.add_argument(
            "--as", dest="login", metavar="LOGIN", help="以这个账号的权限回答；不给则以数据目录主人的身份"
        )


def named_folder(args: argparse.Namespace) -> Path | None:
    """The folder that `--data` or YOUJU_DATA names, or None where neither does."""
    given = getattr(args, "data", None) or os.environ.get("YOUJU_DATA")
    return Path(given).expanduser().resolve() if given else None


def has_ledger(folder: Path) -> bool:
    """Whether a ledger lives there; one on PostgreSQL keeps only its files in the folder."""
    return (folder / "youju.sqlite3").is_file() or (bool(os.environ.get("YOUJU_DATABASE_URL")) and folder.is_dir())


def open_folder(args: argparse.Namespace, *, create: bool = False) -> Path:
    """Point the settings at the folder and start Django; with `create`, a missing folder is made and migrated.

    Without it a missing folder, or one written by another version, is refused with a sentence.
    """
    folder = named_folder(args) or DEFAULT.resolve()
    if not create and not has_ledger(folder):
        raise Refusal(
            "data", f"{folder} 里没有台账。请用 --data 指明数据目录，或先运行 youju demo、youju serve 建一个。"
        )
    if create:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as trouble:
            raise Refusal("data", f"建不了数据目录 {folder}：{trouble.strerror}。") from trouble
    os.environ["YOUJU_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
    start_django()
    if half_laid():
        raise Refusal(
            "data",
            f"{folder} 里的表不全：它是 0.1.0 发布以前的开发版中途建的，或者新建时断了。什么也没有改动。"
            "有记录的，请先备份，用发布前最后的开发版 youju serve --data 打开一次，再用这一版；新建时断了的，请换一个目录。",
        )
    if create:
        migrate()
    elif pending_migrations():
        raise Refusal("data", f"{folder} 是别的版本建的，请先备份，再用 youju serve --data 打开一次，它会升级数据。")
    return folder


def start_django() -> None:
    """Load the settings and the rooms."""
    import django

    django.setup()


def migrate() -> None:
    """Bring the folder's database to this version's tables."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def half_laid() -> bool:
    """Whether a room has seen only some of the migrations that its first one replaces, whose files are gone. Django would
    leave the whole room out then, and find nothing pending."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    known = loader.graph.nodes.keys()
    return any(key not in known and known.isdisjoint(one.replaces) for key, one in loader.replacements.items())


def pending_migrations() -> list[Any]:
    """Migrations of this version that the folder's database has not seen."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return list(executor.migration_plan(executor.loader.graph.leaf_nodes()))
