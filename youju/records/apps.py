from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "youju.records"
    verbose_name = "台账"
