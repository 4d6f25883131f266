from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "youju.library"
    verbose_name = "素材库"
