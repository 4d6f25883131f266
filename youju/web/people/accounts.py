"""账号: who can sign in and what he may do where, for the site admin (站点管理员). No record and no roster is shown here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.accounts.actions import close_account
from youju.accounts.models import User
from youju.kit.refusal import NotYours, Refusal
from youju.people.access.actions import link_namesake, open_account
from youju.people.access.queries import Account, account_kept_by, accounts_kept_by, require_whole
from youju.people.models import Grant, Member, Unit
from youju.people.roles.actions import grant, withdraw
from youju.people.roles.rules import Right, Role
from youju.upkeep.keys import set_password_for
from youju.web.people.forms import AccountForm, GrantForm, WithdrawForm
from youju.web.shared import clock, place
from youju.web.shared.fields import typed
from youju.web.shared.refusals import put_in

reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])
#: Signs that nobody mistakes for another when he copies them from paper.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class AccountsPage:
    unit: Unit
    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class AccountPage:
    """``whole``: all that the account holds is in reach, so its password and its end are too."""

    account: Account
    whole: bool
    own: bool
    linked: bool


@dataclass(frozen=True)
class AccountFormPage:
    heading: str
    verb: str
    hint: str
    back: str
    back_to: str
    unit: Unit
    user: User | None = None


@dataclass(frozen=True)
class PasswordPage:
    """Shown once: the password is kept nowhere in words."""

    user: User
    password: str
    fresh: bool


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    unit = place.unit_of(request, Right.MANAGE_ACCOUNTS)
    accounts = tuple(accounts_kept_by(request.user, on=clock.today()))
    return render(request, "people/accounts.html", {"page": AccountsPage(unit, accounts)})


@never_cache
@reads_and_posts
def new(request: HttpRequest) -> HttpResponse:
    """A new account with its first role; its first password is shown on the answer and nowhere again."""
    unit = place.unit_of(request, Right.MANAGE_ACCOUNTS)
    form = AccountForm(typed(request), units=_reach(request), initial={"unit": unit.pk, "since": clock.today()})
    if form.is_valid():
        password = _password()
        try:
            user = open_account(**form.account, password=password, by=_keeper(request), at=clock.now())
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            return render(request, "people/account_password.html", {"page": PasswordPage(user, password, True)})
    page = AccountFormPage(
        heading="新建账号", verb="建立账号", hint="密码由这里生成，下一页只显示一次。", back=reverse("people:accounts"),
        back_to="账号", unit=unit,
    )  # fmt: skip
    return _form(request, page, form)


@require_safe
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    kept = _account(request, account_id)
    try:
        require_whole(request.user, kept.user, on=clock.today())
        whole = True
    except Refusal:
        whole = False
    linked = Member.objects.filter(user=kept.user).exists()
    page = AccountPage(kept, whole=whole, own=kept.user == request.user, linked=linked)
    return render(request, "people/account.html", {"page": page})


@reads_and_posts
def grant_role(request: HttpRequest, account_id: int) -> HttpResponse:
    """授予权限, in a unit of the reader's own reach."""
    kept = _account(request, account_id)
    units = _reach(request)
    here = next((row.unit for row in kept.grants if row.unit in units), units[0])
    form = GrantForm(typed(request), units=units, initial={"unit": here.pk, "since": clock.today()})
    if form.is_valid():
        role, since = Role(form.cleaned_data["role"]), form.cleaned_data["since"]
        try:
            if not kept.user.is_active:
                raise Refusal("", f"账号 {kept.user.username} 已停用，不能再授予权限。")
            grant(user=kept.user, unit=form.chosen, role=role, since=since, by=request.user, at=clock.now())
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            messages.success(request, f"{kept.user.name}现在是{form.chosen.short_name}的{role.zh}，已留痕。")
            return redirect("people:account", account_id)
    page = AccountFormPage(
        heading="授予权限", verb="授予", hint="", back=reverse("people:account", args=[account_id]),
        back_to=kept.user.name, unit=here, user=kept.user,
    )  # fmt: skip
    return _form(request, page, form)


@reads_and_posts
def withdraw_role(request: HttpRequest, account_id: int, grant_id: int) -> HttpResponse:
    """收回权限 from a day on."""
    kept = _account(request, account_id)
    row = next((row for row in (*kept.grants, *kept.past) if row.pk == grant_id), None)
    if row is None:
        raise NotYours("没有这项权限。")
    form = WithdrawForm(typed(request), initial={"until": clock.today()})
    if form.is_valid():
        try:
            _not_his_own_key(request, row)
            withdraw(row=row, on=form.cleaned_data["until"], by=request.user, at=clock.now())
        except Refusal as refusal:
            put_in(form, refusal)
        else:
            messages.success(request, "权限已收回，已留痕。")
            return redirect("people:account", account_id)
    page = AccountFormPage(
        heading=f"收回{Role(row.role).zh}权限", verb="收回", hint="", back=reverse("people:account", args=[account_id]),
        back_to=kept.user.name, unit=row.unit, user=kept.user,
    )  # fmt: skip
    return _form(request, page, form)


@reads_and_posts
def close(request: HttpRequest, account_id: int) -> HttpResponse:
    """停用, asked once more: there is no way back."""
    kept = _account(request, account_id)
    if request.method != "POST":
        page = AccountFormPage(
            heading="停用账号", verb="停用", hint="停用后马上不能再登录，也不能恢复；他做过的事还在留痕里。",
            back=reverse("people:account", args=[account_id]), back_to=kept.user.name,
            unit=(*kept.grants, *kept.past)[0].unit, user=kept.user,
        )  # fmt: skip
        return _form(request, page, forms.Form())
    try:
        if kept.user == request.user:
            raise Refusal("", "不能停用自己的账号，请别的站点管理员来办。")
        require_whole(request.user, kept.user, on=clock.today())
        close_account(user=kept.user, by=_keeper(request), at=clock.now())
        messages.success(request, f"账号 {kept.user.username} 已停用；他做过的事还在留痕里。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("people:account", account_id)


@never_cache
@require_POST
def reset_password(request: HttpRequest, account_id: int) -> HttpResponse:
    """A new password instead of a forgotten one, shown once."""
    kept = _account(request, account_id)
    password = _password()
    try:
        if kept.user == request.user:
            raise Refusal("", "自己的密码请在“更多”里更改。")
        require_whole(request.user, kept.user, on=clock.today())
        set_password_for(user=kept.user, password=password, by=_keeper(request), at=clock.now())
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("people:account", account_id)
    return render(request, "people/account_password.html", {"page": PasswordPage(kept.user, password, False)})


@require_POST
def link(request: HttpRequest, account_id: int) -> HttpResponse:
    """关联 with the member of the same name."""
    kept = _account(request, account_id)
    try:
        require_whole(request.user, kept.user, on=clock.today())
        link_namesake(user=kept.user, by=request.user, at=clock.now())
        messages.success(request, f"已关联名册里的{kept.user.name}，他登录后能看到自己的记录。")
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("people:account", account_id)


def _account(request: HttpRequest, account_id: int) -> Account:
    kept = account_kept_by(request.user, account_id, on=clock.today())
    place.stand_in(request, (*kept.grants, *kept.past)[0].unit)
    return kept


def _reach(request: HttpRequest) -> list[Unit]:
    return list(place.desks_of(request, Right.MANAGE_ACCOUNTS).open_on(clock.today()))


def _keeper(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # he passed a right, so he is signed in
    return request.user


def _not_his_own_key(request: HttpRequest, row: Grant) -> None:
    """Who withdraws what lets him in here could leave a folder that nobody keeps."""
    if row.user == request.user and row.role == Role.SITE_ADMIN:
        raise Refusal("", "不能收回自己的站点管理员权限，请别的站点管理员来办。")


def _password() -> str:
    """Twelve signs in groups of four: some 59 bits."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))


def _form(request: HttpRequest, page: AccountFormPage, form: forms.Form) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "people/account_form.html", {"page": page, "form": form}, status=status)
