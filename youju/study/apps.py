from django.apps import AppConfig


class StudyConfig(AppConfig):
    name = "youju.study"
    verbose_name = "学习"
