"""Where a project says that its Python is formatted, what it leaves alone, with which settings; with near misses."""

from pathlib import Path

import pytest

import onetake

FORMATTED = """from cdktn import TerraformStack
from cdktn_provider_aws.sqs_queue import SqsQueue


class Stack(TerraformStack):
    def __init__(self, scope, id, environment_suffix):
        super().__init__(scope, id)
        SqsQueue(self, "jobs", name=f"jobs-{environment_suffix}")
"""
LOOSE = FORMATTED.replace("scope, id)", "scope,id)")
SINGLE = FORMATTED.replace('"jobs"', "'jobs'")
TABS = FORMATTED.replace("    ", "\t")
BLACK = "[tool.black]\n"
HOOK = "repos:\n  - repo: https://example.com/black\n    rev: '1'\n    hooks:\n      - id: {}\n"


def told(folder: Path, files: dict[str, str], *, repository: bool = True) -> list[str]:
    """What is said of formatting in a project with these files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    if repository:
        (folder / ".git").mkdir(exist_ok=True)
    report = onetake.check(folder, root=folder, config=False, only=["project-python-not-formatted"])
    assert not report.crashes
    return [f"{one.file}:{one.line}: {one.finding.message}" for one in report.findings]


@pytest.mark.parametrize(
    ("name", "text", "formatter"),
    [
        ("pyproject.toml", BLACK, "Black"),
        ("pyproject.toml", "[tool.ruff.format]\nline-ending = 'lf'\n", "Ruff"),
        ("ruff.toml", "[format]\n", "Ruff"),
        (".ruff.toml", "[format]\n", "Ruff"),
        (".pre-commit-config.yaml", HOOK.format("black"), "Black"),
        (".pre-commit-config.yaml", HOOK.format("ruff-format"), "Ruff"),
        (".pre-commit-config.yaml", HOOK.format("black") + "        args: [-S, --check]\n", "Black"),
        ("Makefile", "format:\n\t$(BIN)/ruff format --check .\n", "Ruff"),
        ("Makefile", "lint:\n\t@echo lint && poetry run black --check lib\n", "Black"),
        ("Makefile", "lint:\n\t$(PYTHON) -m black -l 100 .\n", "Black"),
        ("scripts/check.sh", "set -e\nuv run --frozen ruff format --diff\n", "Ruff"),
        ("tox.ini", "[testenv:lint]\ncommands = black --check --line-length=100 lib\n", "Black"),
        ("noxfile.py", "def lint(session):\n    session.run('black', '--check', '.')\n", "Black"),
        ("Pipfile", '[scripts]\nformat = "black lib"\n', "Black"),
        (".gitlab-ci.yml", "lint:\n  script:\n    - ruff format --check\n", "Ruff"),
        ("buildspec.yml", "phases:\n  build:\n    commands:\n      - black --check .\n", "Black"),
        (".github/workflows/lint.yml", "jobs:\n  lint:\n    steps:\n      - run: black --check .\n", "Black"),
        (".github/workflows/lint.yml", "jobs:\n  lint:\n    steps:\n      - uses: psf/black@stable\n", "Black"),
        (
            ".github/workflows/lint.yml",
            "steps:\n  - uses: astral-sh/ruff-action@v3\n    with:\n      args: 'format --check'\n",
            "Ruff",
        ),
    ],
)
def test_who_says_that_python_is_formatted(tmp_path: Path, name: str, text: str, formatter: str) -> None:
    found = told(tmp_path, {"lib/stack.py": LOOSE, name: text})

    says = f"{formatter} would change line 7 (a space before id); {name} says that the project uses it"
    assert found == [f"lib/stack.py:7: {says}"]
    assert told(tmp_path, {"lib/stack.py": FORMATTED}) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements-dev.txt", "black==24.1.0\nruff\n"),
        ("pyproject.toml", "[dependency-groups]\ndev = ['black', 'ruff']\n\n[tool.ruff]\nline-length = 100\n"),
        ("pyproject.toml", "[tool.black\n"),
        ("Makefile", "install:\n\tpip install black\n\techo ruff format\n"),
        ("Makefile", "lint:\n\truff check .\n\t# ruff format .\n"),
        ("Makefile", "format:\n\truff format tools\n\tblack $(SOURCES)\n\tblack --version\n"),
        ("Makefile", "format:\n\tcd tools && black .\n"),
        ("scripts/check.sh", 'cd "$(dirname "$0")/../tools"\nblack .\n'),
        (
            "noxfile.py",
            "def lint(session):\n    session.run('black', *session.posargs)\n    session.install('black')\n",
        ),
        (".pre-commit-config.yaml", HOOK.format("black") + "        files: ^tools/\n"),
        (".pre-commit-config.yaml", "exclude: ^lib/\n" + HOOK.format("black")),
        (".pre-commit-config.yaml", HOOK.format("black") + "        stages: [manual]\n"),
        (".pre-commit-config.yaml", HOOK.format("ruff")),
        (".pre-commit-config.yaml", "repos: [\n"),
        (".github/workflows/lint.yml", "steps:\n  - run: black .\n    working-directory: tools\n"),
        (".github/workflows/lint.yml", "steps:\n  - uses: psf/black@stable\n    with:\n      src: ./tools\n"),
        (".github/workflows/lint.yml", "steps:\n  - uses: astral-sh/ruff-action@v3\n"),
    ],
)
def test_what_does_not_say_so(tmp_path: Path, name: str, text: str) -> None:
    assert told(tmp_path, {"lib/stack.py": LOOSE, name: text}) == []


@pytest.mark.parametrize(
    ("settings", "text", "rows"),
    [
        (BLACK, SINGLE, [8]),
        (BLACK + "skip-string-normalization = true\n", SINGLE, []),
        (BLACK + "preview = true\n", SINGLE, [8]),
        (BLACK + "extend-exclude = '/lib/'\n", LOOSE, []),
        (BLACK + "force-exclude = '''\n(\n  ^/lib/.*\n)\n'''\n", LOOSE, []),
        (BLACK + "include = 'tools/.*'\n", LOOSE, []),
        (BLACK + "exclude = '/tools/'\n", LOOSE, [7]),
        (BLACK, TABS, [6]),
        ("[tool.ruff.format]\nindent-style = 'tab'\n", TABS, []),
        ("[tool.ruff.format]\nindent-style = 'tab'\n", FORMATTED, [6]),
        ("[tool.ruff.format]\nquote-style = 'single'\n", SINGLE.replace('f"', "f'").replace('}"', "}'"), []),
        ("[tool.ruff.format]\nquote-style = 'single'\n", FORMATTED, [8]),
        ("[tool.ruff.format]\nquote-style = 'preserve'\n", SINGLE, []),
        ("[tool.ruff]\nextend-exclude = ['lib']\n[tool.ruff.format]\n", LOOSE, []),
        ("[tool.ruff.format]\nexclude = ['lib/*.py']\n", LOOSE, []),
        ("[tool.ruff]\nextend = '../ruff.toml'\n[tool.ruff.format]\n", LOOSE, []),
        ("[tool.ruff]\nindent-width = 2\n[tool.ruff.format]\n", FORMATTED.replace("    ", "  "), []),
        (BLACK, "# generated by a tool, do not edit\n" + LOOSE, []),
        (BLACK, "# fmt: off\n" + LOOSE, []),
        (BLACK, LOOSE.replace("id)\n        S", "id)  # fmt: skip\n        S"), []),
        (BLACK, LOOSE + "    )\n", []),
        (BLACK, LOOSE.replace("\n", "\r\n"), [7]),
    ],
)
def test_settings(tmp_path: Path, settings: str, text: str, rows: list[int]) -> None:
    found = told(tmp_path, {"pyproject.toml": settings, "lib/stack.py": text})

    assert [int(one.split(":")[1]) for one in found] == rows


def test_the_width_that_a_call_gives_is_that_of_the_call(tmp_path: Path) -> None:
    text = FORMATTED.replace('"jobs", name', '"jobs",\n            name').replace("self, ", "\n            self, ")
    text = text.replace("(\n            self, scope", "(self, scope").replace('}")\n', '}"\n        )\n')
    text = text.replace('self, "jobs",', 'self,\n            "jobs",')

    (wide,) = told(tmp_path, {"lib/stack.py": text, "Makefile": "f:\n\tblack -l 88 .\n"})
    (narrow,) = told(tmp_path, {"Makefile": "f:\n\tblack -l 50 .\n"})
    assert "line 8 (a statement that fits on one row)" in wide
    assert "line 6 (a statement that is too long for one row)" in narrow


def test_settings_may_lie_above_a_folder_that_is_no_repository(tmp_path: Path) -> None:
    files = {"Makefile": "format:\n\tblack .\n", "one.py": SINGLE, "two.py": LOOSE}

    assert [one.split(":")[0] for one in told(tmp_path, files, repository=False)] == ["two.py"]
    assert [one.split(":")[0] for one in told(tmp_path, files)] == ["one.py", "two.py"]


def test_what_is_above_the_folder_speaks_of_it(tmp_path: Path) -> None:
    told(tmp_path, {"pyproject.toml": BLACK, "infra/stack.py": LOOSE, ".gitignore": "imports/\n"})
    (tmp_path / "infra" / "imports").mkdir()
    (tmp_path / "infra" / "imports" / "made.py").write_text(LOOSE, encoding="utf-8")
    report = onetake.check(tmp_path / "infra", root=tmp_path, config=False, project=True)

    found = [one.file for one in report.findings if one.finding.rule == "project-python-not-formatted"]
    assert found == ["infra/stack.py"]
