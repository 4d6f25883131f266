"""What the house never says, never keeps, and never depends on."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.house import HOUSE, ROOT, Source, faults, files

# Judging that something is lawful is not a program's business; it says what it saw.
NEVER_SAID = re.compile("合规(?![范则定])")  # 不合规范 and the like are other words
# Reading must know every word that people write.
READS = "prose"

# Names of columns that would keep what the house refuses to keep.
NEVER_KEPT = re.compile(
    r"(?:^|_)(?:id_?card|id_?number|identity_?(?:card|no|number)|national_?id|sfz|ssn|income|salary|wage|gps|latitude|"
    r"longitude|lat|lng|geo|face|fingerprint|biometric|diagnosis|illness|disease|medical|chat|moments|screen_?time|"
    r"points?|streak|ranking|voted_for|voter)(?:_|$)"
)

# What lives on one machine: its folders, its package indexes. The names are put together here, so that the guard
# does not find itself. /work/ alone is an address of ours: 项目与走访.
OF_ONE_MACHINE = re.compile(
    "|".join(
        [
            "/" + r"work/(?:main|shared|\.)",
            "/" + "root/",
            "pypi" + r"\.org",
            "python" + "hosted",
            "npm" + "js",
            r"/opt/" + "pypi",
        ]
    )
)
TEXTS = {".py", ".md", ".toml", ".yaml", ".html", ".css", ".js", ".txt", ".in", ".lock", ".cfg", ""}

NOT_IN_CSS = (
    "color-mix(",
    "light-dark(",
    "oklch(",
    "oklab(",
    "subgrid",
    "@layer",
    "@container",
    "@scope",
    "popover",
    "anchor-name",
)


def docstrings(tree: ast.Module) -> set[int]:
    """The ids of constants that are docstrings: they speak to us, not to a user."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, owners) and node.body]
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


def says_what_it_may_not(source: Source) -> list[str]:
    if source.room == READS:
        return []
    tree = source.tree
    silent = docstrings(tree)
    return [
        f"{source.at(node)}: says “{said[0]}”; say what was seen instead"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
        if (said := NEVER_SAID.search(node.value))
    ]


def keeps_what_it_may_not(source: Source) -> list[str]:
    """A column of a table by such a name."""
    if source.shape == "migrations" or "models" not in source.parts[-1]:
        return []
    return [
        f"{source.at(node)}: a column {target.id}; the house refuses to keep that"
        for node in source.nodes()
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Call)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and NEVER_KEPT.search(target.id)
    ]


def css_too_new(text: str) -> list[str]:
    """What a Chromium of 2020 would drop: the browsers of offices are years behind."""
    bare = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)
    found = [f"{word} is too new" for word in NOT_IN_CSS if word in bare]
    return found + ["a nested rule"] * nested(bare)


def nested(css: str) -> bool:
    """Whether a rule stands inside another; only at-rules may hold rules."""
    open_blocks: list[bool] = []  # True for an at-rule that holds rules
    for head, brace in re.findall(r"([^{}]*)([{}])", css):
        if brace == "}":
            if open_blocks:
                open_blocks.pop()
        else:
            selector = head.split(";")[-1].strip()
            if open_blocks and not open_blocks[-1]:
                return True
            open_blocks.append(selector.startswith("@") and not selector.startswith(("@font-face", "@page")))
    return False


def texts_of_the_project() -> list[Path]:
    """What is committed, as far as a walk can tell."""
    own = {".git", ".venv", ".venv.lock", "var", "build", "dist", "__pycache__", "node_modules"}
    found = []
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT).parts
        hidden = (
            any(part in own or part.endswith(("_cache", ".egg-info")) for part in inside) or ".hypothesis" in inside
        )
        if not hidden and path.suffix in TEXTS and path.is_file():
            found.append(path)
    return sorted(found)


def test_no_sentence_says_it() -> None:
    assert faults(says_what_it_may_not) == []


@pytest.mark.parametrize("path", files(".html", ".js", ".yaml"), ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_no_page_or_data_says_it(path: Path) -> None:
    if path.relative_to(HOUSE).parts[0] != READS:
        assert not NEVER_SAID.search(path.read_text(encoding="utf-8"))


def test_a_planted_word_is_seen() -> None:
    assert says_what_it_may_not(Source("audit/run.py", "message = '全部合规'"))
    assert says_what_it_may_not(Source("audit/run.py", '"""It never prints 合规."""')) == []
    assert says_what_it_may_not(Source("audit/run.py", "message = '文件不合规范'")) == []


def test_no_table_keeps_it() -> None:
    assert faults(keeps_what_it_may_not) == []


@pytest.mark.parametrize("name", ["id_card", "id_card_number", "income", "gps_lat", "face_id", "points", "voted_for"])
def test_a_planted_column_is_seen(name: str) -> None:
    assert keeps_what_it_may_not(Source("people/members/models.py", f"{name} = models.CharField()"))


@pytest.mark.parametrize("name", ["plan", "surface", "interface_name", "late", "place", "checkpoint_day"])
def test_a_harmless_column_is_let_through(name: str) -> None:
    assert keeps_what_it_may_not(Source("people/members/models.py", f"{name} = models.CharField()")) == []


@pytest.mark.parametrize("path", files(".css"), ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_styles_are_old_enough(path: Path) -> None:
    assert css_too_new(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "css",
    [
        ".a { color: color-mix(in srgb, red, blue); }",
        ".a { .b { color: red; } }",
        ".a { color: red; &:hover { color: blue; } }",
        "@media print { .a { .b { color: red } } }",
        "@layer base { .a { color: red; } }",
    ],
)
def test_a_planted_style_is_seen(css: str) -> None:
    assert css_too_new(css)


def test_old_styles_are_let_through() -> None:
    css = "/* no nesting, no @layer */ :root { --a: 1 } @media print { .a { color: red } .b { x: y } }"
    assert css_too_new(css) == []


def test_nothing_names_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in texts_of_the_project()
        if (hit := OF_ONE_MACHINE.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []


def test_a_planted_machine_is_seen() -> None:
    assert OF_ONE_MACHINE.search("cd /" + "work/main")
    assert not OF_ONE_MACHINE.search("/work/" + "projects/")
    assert OF_ONE_MACHINE.search("https://files.python" + "hosted.org/x")
    assert not OF_ONE_MACHINE.search("cd ../homework/a")
    assert ROOT / "run.py" in texts_of_the_project()
