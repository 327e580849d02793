"""What the code of the program never does, read from its syntax: each absence is a requirement of the ASVS."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.rules.house import ROOT, modules, shown

COMPILED = {
    "triage/assess/compiled/compiling.py", "triage/assess/compiled/writing.py", "triage/routing/compiling.py",
}  # fmt: skip
CALLS = {
    "eval": {"triage/assess/compiled/tables.py"},
    "exec": COMPILED, "compile": COMPILED, "render_template_string": set(),
    "Markup": {
        "triage/simulation/reports/page.py", "triage/web/flows/gallery.py", "triage/sheets/html.py",
        "triage/web/forms/drawing.py", "triage/web/shared/language.py",
    },
}  # fmt: skip
"""Calls that open a door, and the modules that may make them: what is compiled was written by our own grammar, and what
is marked as safe is a drawing, a field, a text of our catalogues, or an information sheet of our own texts, that the
program made, with what it puts into them escaped."""
IMPORTS = {
    "pickle", "marshal", "shelve", "dill", "xml.etree", "xml.dom", "xml.sax.expatreader", "lxml", "ldap3", "memcache",
    "pty", "telnetlib",
    "ftplib", "imaplib", "websockets", "socketio", "graphene", "saml2", "onelogin",
}  # fmt: skip
CHANCE = {"triage/simulation", "triage/routing", "triage/proof", "triage/checks", "triage/cli"}
"""Rooms that draw synthetic people and answers; nothing that protects anybody is drawn there."""


@cache
def trees(folder: str = "triage") -> tuple[tuple[str, ast.Module], ...]:
    return tuple((shown(ROOT, path), ast.parse(path.read_text(encoding="utf-8"))) for path in modules(ROOT, folder))


def called(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                yield function.id, node
            elif isinstance(function, ast.Attribute):
                yield f".{function.attr}", node


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("name", ["eval", "exec", "compile", "render_template_string", "Markup"])
def test_no_text_becomes_code_or_a_template(name: str) -> None:
    found = {module for module, tree in trees() for one, _call in called(tree) if one == name}
    assert found <= CALLS[name], found - CALLS[name]


def test_no_command_of_the_system_is_run() -> None:
    names = {".system", ".popen", ".Popen", ".execve", ".check_output"}
    found = {module for module, tree in trees() for one, _call in called(tree) if one in names}
    assert found <= {"triage/cli/serve.py"}
    starts = {module for module, tree in trees() if "subprocess" in set(imported(tree))}
    assert starts == {"triage/checks/pictures/graphviz.py"}  # a fixed program, no shell, and the text on its input
    assert "shell=" not in (ROOT / starts.pop()).read_text()


def test_nothing_is_parsed_that_can_call_or_load() -> None:
    found = {
        (module, name) for module, tree in trees() for name in imported(tree) if {name, name.split(".")[0]} & IMPORTS
    }
    assert not found
    loads = {
        module for module, tree in trees() for name, _call in called(tree) if name in {".unsafe_load", ".full_load"}
    }
    assert not loads


def test_one_module_sends_mail_and_gives_every_header_to_the_library() -> None:
    """Whose headers refuse a line feed (tests/casework/messages): nobody writes a message as text."""
    sends = {module for module, tree in trees() if "smtplib" in set(imported(tree))}
    assert sends == {"triage/casework/messages/mail.py"}
    written = {name for module, tree in trees() if module in sends for name, _call in called(tree)}
    assert ".send_message" in written
    assert ".sendmail" not in written


def test_no_statement_of_sql_is_made_from_text_that_came_in() -> None:
    makers = {"text", ".exec_driver_sql", ".execute"}
    made = {
        f"{module}:{call.lineno}"
        for module, tree in trees("triage/store")
        for name, call in called(tree)
        if name in makers and call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    }
    allowed = {
        one
        for one in made
        if one.startswith(("triage/store/migrations/", "triage/store/engines/", "triage/store/schema.py"))
    }
    assert made == allowed, made - allowed
    elsewhere = {module for module, tree in trees() if "sqlalchemy" in {one.split(".")[0] for one in imported(tree)}}
    assert all(module.startswith("triage/store/") for module in elsewhere), elsewhere


def test_secrets_are_drawn_by_the_system_and_never_by_a_game_of_dice() -> None:
    found = {module for module, tree in trees() if {"random", "numpy.random"} & set(imported(tree))}
    assert all(any(module.startswith(room) for room in CHANCE) for module in found), found
    token, code = (ROOT / "triage/casework/accounts/tokens.py").read_text(), 32**24
    assert "secrets.token_urlsafe(32)" in token
    assert "secrets.choice" in token
    assert code >= 2**112


def test_no_outdated_hash_or_cipher_is_named() -> None:
    old = re.compile(r"\b(md5|sha1|MD5|SHA1|DES|RC4|Blowfish|ECB|CBC|PKCS1v15)\b")
    found = {module for module, tree in trees() for node in ast.walk(tree) if _names(node, old)}
    assert not found


def _names(node: ast.AST, old: re.Pattern[str]) -> bool:
    if isinstance(node, ast.Attribute):
        return bool(old.fullmatch(node.attr))
    return isinstance(node, ast.Name) and bool(old.fullmatch(node.id))


def test_what_is_secret_is_compared_in_constant_time() -> None:
    secret = re.compile(r"(mac|digest|token_hash|secret|seal)$")
    found = {
        module
        for module, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq)
        for side in (node.left, *node.comparators)
        if isinstance(side, ast.Attribute) and secret.search(side.attr) and not _is_column(side)
    }
    assert found <= {"triage/web/flows/proof_page.py"}  # whether the flows changed since: no secret


def _is_column(side: ast.Attribute) -> bool:
    """Whether this is a column of a statement, which the database compares."""
    return isinstance(side.value, ast.Attribute) and side.value.attr == "c"


def test_scripts_keep_nothing_in_the_browser_and_write_no_markup() -> None:
    telling = re.compile(
        r"localStorage|sessionStorage|indexedDB|document\.cookie|innerHTML|outerHTML|insertAdjacentHTML|document\.write|"
        r"\beval\(|new Function|postMessage|WebSocket|RTCPeerConnection|Object\.assign\(.*prototype"
    )
    scripts = list((ROOT / "static").glob("*.js"))
    assert scripts
    assert not [path.name for path in scripts if telling.search(path.read_text(encoding="utf-8"))]


def test_no_page_loads_anything_from_elsewhere() -> None:
    elsewhere = re.compile(r"""(src|href|action)=["'](https?:)?//""")
    found = [shown(ROOT, path) for path in (ROOT / "templates").rglob("*.html") if elsewhere.search(path.read_text())]
    assert not found


def test_every_package_is_locked_by_its_hash_and_tests_need_their_own() -> None:
    served, tried = (_packages(ROOT / name) for name in ("requirements.txt", "requirements-dev.txt"))
    assert set(served) < set(tried)
    assert not {"pytest", "hypothesis", "playwright"} & set(served)
    assert all(served.values())
    assert all(tried.values())


def _packages(path: Path) -> dict[str, bool]:
    """Each package of a lock file, and whether it has a version and a hash."""
    blocks = re.split(r"^(?=[a-z0-9])", path.read_text(), flags=re.MULTILINE | re.IGNORECASE)
    names = (re.match(r"([A-Za-z0-9._-]+)(\[[^\]]*\])?==[^ ]+", block) for block in blocks)
    return {name[1]: "--hash=sha256:" in block for name, block in zip(names, blocks, strict=True) if name}
