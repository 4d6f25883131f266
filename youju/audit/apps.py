from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "youju.audit"
    verbose_name = "核对"
