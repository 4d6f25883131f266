from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "youju.journal"
    verbose_name = "留痕"
