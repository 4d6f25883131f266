from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "youju.accounts"
    verbose_name = "登录账号"
