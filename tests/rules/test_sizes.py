"""Short modules and short functions: talk at 250 and 30 lines, stop at 400 and 50."""

from pathlib import Path

from tests.rules.house import ROOT, functions, modules, shown, templates, write

LONGEST_MODULE = 400
LONGEST_FUNCTION = 50
LONGEST_TEMPLATE = 150
MOST_MODULES = 20

# What may be longer, each with its reason. A line that is no longer needed fails too.
MODULES_ALLOWED: dict[str, str] = {}
FUNCTIONS_ALLOWED: dict[str, str] = {}
TEMPLATES_ALLOWED: dict[str, str] = {}


def long_modules(root: Path) -> list[str]:
    """The modules with too many lines."""
    return [shown(root, path) for path in modules(root) if _lines(path) > LONGEST_MODULE]


def long_functions(root: Path) -> list[str]:
    """The functions with too many lines."""
    return [
        f"{function.module}:{function.name}"
        for path in modules(root)
        for function in functions(root, path)
        if function.lines > LONGEST_FUNCTION
    ]


def long_templates(root: Path) -> list[str]:
    """The templates with too many lines."""
    return [shown(root, path) for path in templates(root) if _lines(path) > LONGEST_TEMPLATE]


def crowded_folders(root: Path) -> list[str]:
    """The folders of the package that hold too many modules."""
    folders = {path.parent for path in modules(root, "triage")}
    return [shown(root, folder) for folder in sorted(folders) if len(list(folder.glob("*.py"))) > MOST_MODULES]


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_is_too_long() -> None:
    assert long_modules(ROOT) == sorted(MODULES_ALLOWED)


def test_no_function_is_too_long() -> None:
    assert long_functions(ROOT) == sorted(FUNCTIONS_ALLOWED)


def test_no_template_is_too_long() -> None:
    assert long_templates(ROOT) == sorted(TEMPLATES_ALLOWED)


def test_no_folder_is_crowded() -> None:
    assert crowded_folders(ROOT) == []


def test_every_exception_has_a_reason() -> None:
    allowed = MODULES_ALLOWED | FUNCTIONS_ALLOWED | TEMPLATES_ALLOWED
    assert [name for name, reason in allowed.items() if len(reason.split()) < 4] == []


def test_a_long_module_a_long_function_and_a_long_template_are_found(tmp_path: Path) -> None:
    body = "def long() -> None:\n" + "    print()\n" * 401
    write(tmp_path, "triage/attic/dust.py", body)
    write(tmp_path, "templates/attic.html", "<p>\n" * 151)
    assert long_modules(tmp_path) == ["triage/attic/dust.py"]
    assert long_functions(tmp_path) == ["triage/attic/dust.py:long"]
    assert long_templates(tmp_path) == ["templates/attic.html"]


def test_a_docstring_does_not_make_a_function_long(tmp_path: Path) -> None:
    write(tmp_path, "triage/attic/dust.py", 'def told() -> None:\n    """' + "Words.\n" * 60 + '    """\n    print()\n')
    assert long_functions(tmp_path) == []
