"""The client of the plugin protocol, against the real provider where it is, and against programs that are none."""

import os
import random
import signal

import pytest

from onetake.frontends.terraform.schemas import problems
from onetake.knowledge import terraform
from onetake.knowledge.terraform.schema import Kind, ProviderSchema
from onetake.knowledge.terraform.schema_pack import every
from onetake.model.values import Span
from onetake.providers.client import Provider, errors
from onetake.providers.process import ProviderFailure
from onetake.providers.values import UNKNOWN, complete
from tests.knowledge.comparing import plain
from tests.providers.conftest import VERSION


def configured(schemas: ProviderSchema, name: str, **given: object) -> dict[str, object]:
    return complete(given, schemas.resources[name].body)


def test_the_pack_says_what_the_provider_says(schemas):
    known = terraform.provider_schema(VERSION)
    live, shipped = list(every(schemas)), list(every(known))
    assert [(one.kind, one.name) for one in live] == [(one.kind, one.name) for one in shipped]

    chosen = random.Random(os.environ.get("PYTEST_XDIST_TESTRUNUID", "")).sample(range(len(live)), 200)
    for place in chosen:
        assert plain(live[place]) == plain(shipped[place])


def test_a_refusal_is_in_the_providers_words_and_names_its_place(provider, schemas):
    config = configured(schemas, "aws_sqs_queue", visibility_timeout_seconds=43_201)

    (found,) = provider.validate(Kind.RESOURCE, "aws_sqs_queue", config)

    assert found.error
    assert found.summary == "expected visibility_timeout_seconds to be in the range (0 - 43200), got 43201"
    assert found.path == ("visibility_timeout_seconds",)


def test_places_inside_lists_have_their_numbers(provider, schemas):
    rule = {"apply_server_side_encryption_by_default": [{"sse_algorithm": "none"}]}
    config = configured(schemas, "aws_s3_bucket", server_side_encryption_configuration=[{"rule": [rule]}])

    (found,) = errors(provider.validate(Kind.RESOURCE, "aws_s3_bucket", config))

    assert found.path == (
        *("server_side_encryption_configuration", 0, "rule", 0),
        *("apply_server_side_encryption_by_default", 0, "sse_algorithm"),
    )


def test_an_older_terraform_is_refused_write_only_arguments_in_our_words(provider, schemas):
    every_one = [(name, one) for name, type_ in schemas.resources.items() for one in type_.body.attributes.values()]
    write_only = [(name, one.name) for name, one in every_one if one.write_only]
    assert write_only
    for name, argument in write_only:
        config = configured(schemas, name, **{argument: "x"})
        said = provider.validate(Kind.RESOURCE, name, config, write_only=False)
        ours = problems.write_only(argument, Span("main.tf"))
        assert (ours.summary, ours.detail) in {(one.summary, one.detail) for one in said}


def test_unknown_values_are_not_judged(provider, schemas):
    config = configured(schemas, "aws_sqs_queue", visibility_timeout_seconds=UNKNOWN)

    assert provider.validate(Kind.RESOURCE, "aws_sqs_queue", config) == ()


def test_data_sources_and_the_provider_itself_are_validated(provider, schemas):
    image = complete({"owners": []}, schemas.data_sources["aws_ami"].body)
    assert [one.summary for one in errors(provider.validate(Kind.DATA_SOURCE, "aws_ami", image))] == [
        "Not enough list items"
    ]
    settings = complete({"assume_role": [{"duration": "1 week"}]}, schemas.configuration.body)
    assert errors(provider.validate(Kind.PROVIDER, "aws", settings))


def test_a_crashed_provider_is_started_again(binary, schemas):
    config = configured(schemas, "aws_sqs_queue")
    with Provider(binary) as own:
        own.validate(Kind.RESOURCE, "aws_sqs_queue", config)
        os.kill(own.process_number or 0, signal.SIGKILL)

        with pytest.raises(ProviderFailure, match="ValidateResourceTypeConfig failed"):
            own.validate(Kind.RESOURCE, "aws_sqs_queue", config)

        assert own.validate(Kind.RESOURCE, "aws_sqs_queue", config) == ()
        assert own.starts == 2


def test_an_answer_that_does_not_come_is_a_failure(binary, schemas):
    with Provider(binary, seconds=0.0001) as own, pytest.raises(ProviderFailure, match="took more than"):
        own.validate(Kind.RESOURCE, "aws_sqs_queue", configured(schemas, "aws_sqs_queue"))


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo hello", "not a Terraform provider; it said: hello"),
        ("echo 'started by hand' >&2", "it said: started by hand"),
        ("echo '1|6|unix|/nowhere|grpc|'", "speaks plugin protocol 6"),
        ("exit 1", "it said: nothing"),
    ],
)
def test_a_program_that_is_no_provider_is_told(tmp_path, script, words):
    program = tmp_path / "terraform-provider-x"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)

    with pytest.raises(ProviderFailure, match=words):
        Provider(program).validate(Kind.RESOURCE, "x", {})


def test_a_program_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ProviderFailure, match="cannot be started: No such file"):
        Provider(tmp_path / "none").validate(Kind.RESOURCE, "x", {})
