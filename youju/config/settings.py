"""One settings file. Everything that differs between machines comes from the environment or the data folder."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from youju.config.environment import data_folder, database, env_flag, env_list, secret_key

DATA = data_folder()
FILES = DATA / "files"

SECRET_KEY = secret_key(DATA)
DEBUG = env_flag("YOUJU_DEBUG", False)
ALLOWED_HOSTS = env_list(
    "YOUJU_HOSTS", ["*"]
)  # an intranet box is reached by whatever name or address the unit gives it
CSRF_TRUSTED_ORIGINS = env_list("YOUJU_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "youju.journal",
    "youju.accounts",
    "youju.store",
    "youju.people",
    "youju.library",
    "youju.records",
    "youju.study",
    "youju.duties",
    "youju.reports",
    "youju.audit",
    "youju.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a page is open to strangers only where it says so
    "django.contrib.messages.middleware.MessageMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "youju.web.shared.refusals.ShellMiddleware",
]

ROOT_URLCONF = "youju.config.urls"
WSGI_APPLICATION = "youju.config.wsgi.application"

# Each job of youju.web keeps its own templates and static files; a new folder needs no line here.
_WEB = Path(__file__).resolve().parent.parent / "web"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(_WEB.glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "youju.web.shared.shell.shell",
            ],
            "builtins": ["django.templatetags.static", "youju.web.shared.templatetags.youju"],
        },
    },
]

DATABASES = {"default": database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False  # each action opens its own transaction; reading needs none

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env_flag("YOUJU_HTTPS", False)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = (
    None  # plain HTTP on an intranet: the header is ignored there and only fills the console
)

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = sorted(_WEB.glob("*/static"))
WHITENOISE_USE_FINDERS = True  # files are served from where they lie; nothing is collected
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000  # a roster of 2,000 members sends two fields a person
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # each stands open until its page was answered; more go into a ZIP
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "youju.web.shared.bounded.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

SILENCED_SYSTEM_CHECKS: list[str] = []

CSRF_FAILURE_VIEW = "youju.web.shared.views.stale_form"

# allauth signs in: by login name only, no e-mail, nobody signs up by himself. Its limits count wrong passwords for each
# login name; a whole office may share one address, so the limit for an address is wide.
ACCOUNT_ADAPTER = "youju.web.login.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # the session lasts its eight hours, also when the browser is closed in between
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/300s/key"}

# Nothing from elsewhere and nothing inline: no page of ours has a style or script in its text.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
