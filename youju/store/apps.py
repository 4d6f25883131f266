from django.apps import AppConfig


class StoreConfig(AppConfig):
    name = "youju.store"
    verbose_name = "文件库"
