"""OpenSearch Service domains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onetake.aws.view import Attribute, Blocks, ListOf, View, convert
from onetake.model.language import Language
from onetake.model.values import Known, Value


class LogPublishing(View):
    """Where a domain writes one kind of its logs."""

    group = Attribute(str, tf="cloudwatch_log_group_arn", cfn="CloudWatchLogsLogGroupArn")
    enabled = Attribute(bool, tf="enabled", cfn="Enabled", default=True)


class Domain(View):
    """A search cluster."""

    KINDS = {
        Language.TERRAFORM: ("aws_opensearch_domain", "aws_elasticsearch_domain"),
        Language.CLOUDFORMATION: ("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"),
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="domain_name", cfn="DomainName")
    subnets = ListOf(str, tf="vpc_options.subnet_ids", cfn="VPCOptions.SubnetIds")
    tf_logs = Blocks(LogPublishing, tf="log_publishing_options", cfn=None)
    cfn_logs = Attribute(dict, tf=None, cfn="LogPublishingOptions")
    zone_awareness = Attribute(
        bool, tf="cluster_config.zone_awareness_enabled", cfn="ClusterConfig.ZoneAwarenessEnabled"
    )

    @property
    def logs(self) -> tuple[LogPublishing, ...]:
        """The kinds of logs that are published, as far as they are known."""
        return tuple(self._logs())

    def _logs(self) -> Iterator[LogPublishing]:
        yield from self.tf_logs
        match self.cfn_logs:
            case Known(kinds):
                for value in kinds.values():
                    options: Value[object] = convert(value, dict)
                    match options:
                        case Known(Mapping() as body, where):
                            yield LogPublishing(self.resource, self.stack, body, where)
