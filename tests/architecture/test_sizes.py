"""A file fits one sentence of description, and a function one look."""

import ast

from tests.architecture.house import Source, faults

LONGEST_FILE = 500
LONGEST_FUNCTION = 60


def too_long(source: Source) -> list[str]:
    if source.shape == "migrations":
        return []
    found = []
    lines = len(source.text.splitlines())
    if lines > LONGEST_FILE:
        found.append(f"youju/{source.place}: {lines} lines; split it by noun or page")
    for node in source.nodes():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                found.append(f"{source.at(node)}: {node.name} has {length} lines; name its parts")
    return found


def imports_inside_functions(source: Source) -> list[str]:
    """An import in a function cures a cycle by hiding it. Commands import late on purpose: each pays for itself."""
    if source.room in {"cli", "config"} or source.parts[-1] == "apps.py" or source.shape == "migrations":
        return []
    return [
        f"{source.at(inner)}: an import inside {node.name}; the thing lives in the wrong room"
        for node in source.nodes()
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom) and is_ours(inner)
    ]


def is_ours(node: ast.Import | ast.ImportFrom) -> bool:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    return any(name.split(".")[0] == "youju" for name in names)


def test_nothing_is_too_long() -> None:
    assert faults(too_long) == []


def test_what_is_too_long_is_seen() -> None:
    body = "    x = 1\n"
    assert too_long(Source("web/today/views.py", "def f():\n" + body * LONGEST_FUNCTION))
    assert too_long(Source("web/today/views.py", "def f():\n" + body * (LONGEST_FUNCTION - 1))) == []
    assert too_long(Source("web/today/views.py", "x = 1\n" * (LONGEST_FILE + 1)))


def test_imports_stand_at_the_top() -> None:
    assert faults(imports_inside_functions) == []


def test_a_hidden_import_is_seen() -> None:
    line = "def f():\n    from youju.records.models import Activity\n"
    assert imports_inside_functions(Source("people/units/queries.py", line))
    assert imports_inside_functions(Source("cli/audit.py", line)) == []
    assert imports_inside_functions(Source("paper/reading/pdf.py", "def f():\n    import pypdf\n")) == []
