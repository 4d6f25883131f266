"""`youju account`: who can sign in, kept on the machine itself: the first one, further ones, a new password, an end."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from youju.cli.clock import now, today
from youju.cli.data_folder import add_folder_arguments, open_folder
from youju.kit.refusal import Refusal

if TYPE_CHECKING:
    from youju.accounts.models import User

HELP = "账号：首次启用、新建、改密码、停用、列出"
DONE = 0
ROLES = ("clerk", "secretary", "committee", "member", "superior", "site_admin")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="做什么")
    first = verbs.add_parser("first", help="首次启用：建支部和第一个账号", description="首次启用：建支部和第一个账号")
    first.add_argument("login", metavar="LOGIN", help="登录名")
    first.add_argument("--name", metavar="N", required=True, help="姓名")
    first.add_argument("--branch", metavar="全称", required=True, help="党支部全称")
    first.add_argument("--short", metavar="简称", default="", help="党支部简称，不给就用全称")
    first.add_argument("--above", metavar="全称", default="", help="上级组织全称（选填）")
    add = verbs.add_parser("add", help="新建账号", description="新建账号，并给它一项权限")
    add.add_argument("login", metavar="LOGIN", help="登录名")
    add.add_argument("--name", metavar="N", required=True, help="姓名")
    add.add_argument("--unit", metavar="U", required=True, help="组织：编号、代码或名称中独有的一段")
    add.add_argument("--role", choices=ROLES, required=True, help="权限：" + "、".join(ROLES))
    password = verbs.add_parser("password", help="改密码", description="给账号换一个密码")
    close = verbs.add_parser("close", help="停用账号", description="停用账号：不能再登录，做过的事还在留痕里")
    for one in (password, close):
        one.add_argument("login", metavar="LOGIN", help="登录名")
    for one in (first, add, password):
        one.add_argument("--password-stdin", action="store_true", help="从标准输入读密码（第一行），不在终端里问")
    for one in (first, add, password, close, verbs.add_parser("list", help="列出账号", description="列出账号")):
        add_folder_arguments(one)


def run(args: argparse.Namespace) -> int:
    open_folder(args, create=args.verb == "first")
    return {"first": _first, "add": _add, "password": _password, "close": _close, "list": _list}[args.verb](args)


def _first(args: argparse.Namespace) -> int:
    from youju.upkeep.founding import FOUNDED, Founder, found, is_founded

    if is_founded():  # before a password is asked for in vain
        raise Refusal("", FOUNDED)
    founder = Founder(
        branch=args.branch, short_name=args.short, above=args.above, name=args.name, username=args.login,
        password=_asked(args),
    )  # fmt: skip
    user = found(founder=founder, at=now())
    print(f"已启用：{args.branch.strip()}。{user.name}（{user.username}）是党务工作者兼站点管理员，可以登录了。")
    return DONE


def _add(args: argparse.Namespace) -> int:
    from youju.people.access.actions import open_account
    from youju.people.roles.rules import Role
    from youju.people.units.queries import find_unit
    from youju.upkeep.founding import is_founded

    if not is_founded():
        raise Refusal("unit", "这里还没有启用。请先用 youju account first 建支部和第一个账号，或在本机打开网页启用。")
    unit, role = find_unit(args.unit), Role(args.role)
    user = open_account(
        username=args.login, name=args.name, password=_asked(args), unit=unit, role=role, since=today(), link=False,
        by=None, at=now(),
    )  # fmt: skip
    print(f"已建立账号 {user.username}：{user.name}，{unit.name}的{role.zh}。")
    return DONE


def _password(args: argparse.Namespace) -> int:
    from youju.upkeep.keys import set_password_for

    user = _user(args.login)
    set_password_for(user=user, password=_asked(args), by=None, at=now())
    print(f"账号 {user.username} 的密码已更换。" + ("" if user.is_active else "这个账号是停用的，仍不能登录。"))
    return DONE


def _close(args: argparse.Namespace) -> int:
    from youju.accounts.actions import close_account

    user = _user(args.login)
    close_account(user=user, by=None, at=now())
    print(f"账号 {user.username} 已停用。")
    return DONE


def _list(args: argparse.Namespace) -> int:
    from youju.accounts.models import User
    from youju.people.models import Grant
    from youju.people.roles.rules import Role

    held: dict[int, list[str]] = {}
    for row in Grant.objects.on(today()).select_related("unit").order_by("unit__path", "pk"):
        held.setdefault(row.user_id, []).append(f"{row.unit.short_name}·{Role(row.role).zh}")
    for user in User.objects.order_by("-is_active", "username"):
        state = "可登录" if user.is_active else "已停用"
        print("\t".join((user.username, user.name, state, "、".join(held.get(user.pk, ["没有权限"])))))
    return DONE


def _user(login: str) -> User:
    from youju.accounts.models import User

    user = User.objects.filter(username__iexact=login).first()
    if user is None:
        raise Refusal("login", f"没有“{login}”这个账号。列出账号：youju account list")
    return user


def _asked(args: argparse.Namespace) -> str:
    """The password: typed twice without being shown, or the first line of what is piped in."""
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Refusal("password", "这里不是终端，问不了密码。请加 --password-stdin，从标准输入给。")
    try:
        password = getpass.getpass("密码：")
        again = getpass.getpass("再输一次：")
    except EOFError as error:
        raise Refusal("password", "没有输入密码，什么也没有做。") from error
    if password != again:
        raise Refusal("password", "两次输入的密码不一样，什么也没有做。")
    return password
