from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "youju.people"
    verbose_name = "组织与党员"
