from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "youju.duties"
    verbose_name = "应做"
