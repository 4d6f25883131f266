from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "youju.reports"
    verbose_name = "述职报告"
