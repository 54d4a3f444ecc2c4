"""Which programs lie under a path, what is not read and why."""

from pathlib import Path

import pytest

from onetake.frontends.files import Options, Unreadable
from onetake.frontends.programs import Found, Kind, find, read
from onetake.model.values import Span

TEMPLATE = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n"
QUEUE = 'resource "aws_sqs_queue" "q" {}\n'


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def found(folder: Path, *paths: str, exclude: tuple[str, ...] = ()) -> Found:
    return find([folder / path for path in paths or (".",)], Options(root=folder), exclude)


def names(everything: Found) -> list[tuple[str, str]]:
    return [(program.kind.value, program.name) for program in everything.programs]


def notes(everything: Found) -> list[tuple[str, str]]:
    return [(note.where.file, note.message) for note in everything.notes]


def test_every_kind_of_program_is_found(tmp_path: Path):
    write(
        tmp_path,
        {
            "app/cdktf.out/manifest.json": '{"version": "0.20.12", "stacks": {}}',
            "app/cdktf.out/stacks/prod/cdk.tf.json": "{}",
            "app/main.py": "from cdktf import App\n",
            "cdk/cdk.out/manifest.json": '{"version": "36.0.0", "artifacts": {}}',
            "cdk/cdk.out/App.template.json": '{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}',
            "lone/cdk.tf.json": "{}",
            "live/main.tf": QUEUE,
            "live/more.tf.json": "{}",
            "open/main.tofu": QUEUE,
            "template.yaml": TEMPLATE,
            "values.yaml": "image: x\n",
        },
    )
    everything = found(tmp_path)

    assert names(everything) == [
        ("cloudformation", "template.yaml"),
        ("cdktf", "app/cdktf.out"),
        ("cdk", "cdk/cdk.out"),
        ("terraform", "live"),
        ("cdktf", "lone/cdk.tf.json"),
        ("terraform", "open"),
    ]
    assert notes(everything) == []


LOOPS = (
    "%{ for name in names ~}\n  ${name}: {Type: AWS::SQS::Queue}\n%{ endfor }\n",
    "{% for n in names %}\n  a: 1\n{% end %}\n",
)


@pytest.mark.parametrize("loop", LOOPS)
def test_the_text_of_which_a_template_is_made_is_none_yet(tmp_path: Path, loop: str):
    write(tmp_path, {"made.yaml": TEMPLATE + loop})

    assert names(found(tmp_path)) == []
    with pytest.raises(Unreadable):
        read(found(tmp_path, "made.yaml").programs[0], Options(root=tmp_path))


def test_resources_of_the_serverless_framework_are_no_template_of_their_own(tmp_path: Path):
    named = '    Properties:\n      QueueName: "q-${%s}"\n'
    write(
        tmp_path,
        {"roles.yaml": TEMPLATE + named % "opt:stage, self:provider.stage", "own.yaml": TEMPLATE + named % "A"},
    )

    assert names(found(tmp_path)) == [("cloudformation", "own.yaml")]


@pytest.mark.parametrize("loop", LOOPS)
def test_a_template_may_hold_a_script_with_directives_and_one_that_is_broken_is_told(tmp_path: Path, loop: str):
    script = "    Metadata:\n      Script: |\n" + "".join(f"        {line}\n" for line in loop.splitlines())
    write(tmp_path, {"good.yaml": TEMPLATE + script, "broken.yaml": TEMPLATE + "  {\n"})

    assert names(found(tmp_path)) == [("cloudformation", "broken.yaml"), ("cloudformation", "good.yaml")]


def test_hidden_folders_and_installed_packages_are_not_entered(tmp_path: Path):
    skipped = (".terraform/modules/a", "node_modules/b", ".venv/lib", ".git/c", "venv/d", "__pycache__/e")
    write(tmp_path, {f"{folder}/main.tf": QUEUE for folder in skipped})

    assert names(found(tmp_path)) == []


def test_a_folder_that_serves_as_a_module_is_no_program_of_its_own(tmp_path: Path):
    write(
        tmp_path,
        {
            "live/prod/main.tf": 'module "net" {\n  source = "../../modules/net"\n}\n',
            "live/test/main.tf.json": '{"module": {"net": {"source": "../../modules/net"}}}',
            "modules/net/main.tf": 'module "sub" {\n  source = "./subnets"\n}\n',
            "modules/net/subnets/main.tf": QUEUE,
            "modules/unused/main.tf": QUEUE,
        },
    )
    everything = found(tmp_path)

    assert names(everything) == [
        ("terraform", "live/prod"),
        ("terraform", "live/test"),
        ("terraform", "modules/unused"),
    ]
    assert notes(everything) == [
        ("modules/net", "read as a module of live/prod"),
        ("modules/net/subnets", "read as a module of live/prod"),
    ]


def test_a_module_that_is_asked_for_by_name_is_read(tmp_path: Path):
    write(tmp_path, {"a/main.tf": 'module "b" {\n  source = "../b"\n}\n', "b/main.tf": QUEUE})

    assert names(found(tmp_path, "a", "b")) == [("terraform", "a"), ("terraform", "b")]


def test_modules_that_only_call_each_other_are_not_all_dropped(tmp_path: Path):
    write(
        tmp_path,
        {name: f'module "m" {{\n  source = "../{other}"\n}}\n' for name, other in (("a/m.tf", "b"), ("b/m.tf", "a"))},
    )

    assert names(found(tmp_path)) == [("terraform", "a")]


@pytest.mark.parametrize(
    ("files", "note"),
    [
        ({"main.py": "from cdktf import App\n"}, ("main.py", "CDKTF source", "cdktf synth")),
        ({"main.py": "import cdktn\n"}, ("main.py", "CDKTF source", "cdktf synth")),
        (
            {"main.go": 'import "github.com/hashicorp/terraform-cdk-go/cdktf"\n'},
            ("main.go", "CDKTF source", "cdktf synth"),
        ),
        ({"cdktf.json": "{}", "main.ts": ""}, ("cdktf.json", "CDKTF source", "cdktf synth")),
        ({"app.py": "import aws_cdk as cdk\n"}, ("app.py", "CDK source", "cdk synth")),
        ({"cdk.json": "{}"}, ("cdk.json", "CDK source", "cdk synth")),
    ],
)
def test_a_source_without_synthesized_output_is_told(tmp_path: Path, files: dict[str, str], note: tuple[str, str, str]):
    write(tmp_path, files)
    file, source, command = note

    assert notes(found(tmp_path)) == [(file, f"{source} without synthesized output: run {command} and check again")]


def test_languages_that_are_not_read_are_told(tmp_path: Path):
    write(tmp_path, {"Pulumi.yaml": "name: x\n"})

    assert notes(found(tmp_path)) == [("Pulumi.yaml", "Pulumi programs are not read")]


def test_a_file_is_read_whatever_lies_beside_it(tmp_path: Path):
    write(tmp_path, {"fails.tf": QUEUE, "passes.tf": QUEUE, "other.tf": QUEUE})
    everything = found(tmp_path, "fails.tf")

    assert names(everything) == [("terraform", "fails.tf")]
    assert notes(everything) == [
        ("fails.tf", "read alone, without other.tf and 1 more beside it; give the folder to check them together")
    ]


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("stack.json", '{"Resources": {}}', Kind.CLOUDFORMATION),
        ("stack.json", '{"resource": {"aws_sqs_queue": {"q": {}}}}', Kind.TERRAFORM),
        ("stack.template", TEMPLATE, Kind.CLOUDFORMATION),
        ("broken.yaml", "a: [", Kind.CLOUDFORMATION),
        ("cdk.tf.json", "{}", Kind.CDKTF),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_name_and_content(tmp_path: Path, name: str, text: str, kind: Kind):
    write(tmp_path, {name: text})

    assert names(found(tmp_path, name)) == [(kind.value, name)]


def test_the_manifest_stands_for_its_folder(tmp_path: Path):
    write(tmp_path, {"out/manifest.json": '{"version": "0.20.12", "stacks": {}}'})

    assert names(found(tmp_path, "out/manifest.json")) == [("cdktf", "out")]


@pytest.mark.parametrize(
    ("name", "text", "message", "remedy"),
    [
        ("main.ts", 'import {App} from "cdktf"', "main.ts is source, which is not executed", "cdktf synth"),
        ("notes.txt", "", "notes.txt is no infrastructure program that onetake reads", "give a Terraform"),
    ],
)
def test_a_file_that_is_no_program_is_unreadable(tmp_path: Path, name: str, text: str, message: str, remedy: str):
    write(tmp_path, {name: text})
    (error,) = found(tmp_path, name).unreadable

    assert error.message == message
    assert remedy in error.remedy


def test_what_lies_outside_the_root_is_unreadable(tmp_path: Path):
    write(tmp_path, {"in/x.tf": QUEUE, "out/main.tf": QUEUE})
    (tmp_path / "in" / "link").symlink_to(tmp_path / "out")
    everything = find([tmp_path / "in" / "link"], Options(root=tmp_path / "in"))

    assert [error.message for error in everything.unreadable] == ["link leads outside the folder that is checked"]
    assert everything.programs == []


def test_links_to_folders_are_not_followed(tmp_path: Path):
    write(tmp_path, {"a/main.tf": QUEUE})
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    everything = found(tmp_path)

    assert names(everything) == [("terraform", "a")]
    assert notes(everything) == [
        ("b", "not read: it is a link to a folder"),
        ("a/loop", "not read: it is a link to a folder"),
    ]


def test_excluded_paths_are_not_looked_at(tmp_path: Path):
    write(tmp_path, {"live/main.tf": QUEUE, "legacy/old/main.tf": QUEUE, "a.yaml": TEMPLATE})

    assert names(found(tmp_path, exclude=("legacy/", "*.yaml"))) == [("terraform", "live")]


def test_a_folder_of_endless_files_is_given_up(tmp_path: Path):
    write(tmp_path, {f"{number}.txt": "" for number in range(5)})
    options = Options(root=tmp_path)
    limited = Options(root=tmp_path, limits=type(options.limits)(files=3))

    assert notes(find([tmp_path], limited)) == [(".", "not read: too many files or folders; name a smaller folder")]


def test_the_same_program_is_read_once(tmp_path: Path):
    write(tmp_path, {"live/main.tf": QUEUE})

    assert names(found(tmp_path, ".", "live")) == [("terraform", "live")]


def test_a_reader_is_chosen_by_kind(tmp_path: Path):
    write(tmp_path, {"template.yaml": TEMPLATE})
    (program,) = found(tmp_path).programs
    asked: list[Path] = []

    def reader(path: Path, options: Options) -> list[object]:
        asked.append(path)
        raise Unreadable(Span("template.yaml"), "no", "yes")

    with pytest.raises(Unreadable):
        read(program, Options(root=tmp_path), {Kind.CLOUDFORMATION: reader})  # type: ignore[dict-item]
    assert asked == [tmp_path / "template.yaml"]
