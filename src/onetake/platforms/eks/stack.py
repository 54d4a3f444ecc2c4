"""Microservices on EKS and Fargate."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from constructs import Construct

from onetake.mechanisms.catalogues import Phase, current_eks_versions, eks_version
from onetake.platforms import parameters
from onetake.platforms.constructs import (
    Certificate,
    Network,
    Outputs,
    Role,
    SecurityGroup,
    WebAcl,
    access_logs,
    certificate,
    statement,
)
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.eks import controller, manifests
from onetake.platforms.eks.cluster import COREDNS, SYSTEM_NAMESPACES, Cluster
from onetake.platforms.eks.keys import Keys
from onetake.platforms.eks.observability import Observability
from onetake.platforms.eks.services import SERVICES, Services
from onetake.platforms.parameters import Environment
from onetake.platforms.profiles import Overrides
from onetake.platforms.refusals import Refused, one_of
from onetake.platforms.stack import Platform, State

ENDPOINTS: Final = ("ecr.api", "ecr.dkr", "sts", "logs", "elasticloadbalancing", "secretsmanager")
_PRINCIPAL: Final = re.compile(r"arn:aws(-cn|-us-gov)?:iam::\d{12}:(role|user)/[\w+=,.@/-]+")


class EksMicroservices(Platform):
    """A private EKS cluster on Fargate with three microservices, their repositories, queues, secrets and roles.

    Args:
        scope: the app.
        environment_suffix: in the name of every resource: 2 to 12 lower-case letters, digits and hyphens.
        environment: ``dev``, ``staging`` or ``prod``; derived from the suffix if not given.
        aws_region: where it stands.
        state: where Terraform keeps its state; beside the program if not given.
        default_tags: more tags for everything.
        overrides: settings that differ from the environment's profile.
        alarm_email: where alarms go; prod needs one.
        manage_account_singletons: whether it sets how the region's registry scans, which a region has once.
        kubernetes_version: of the cluster; it has to be in standard support.
        allow_extended_support: whether a version in extended support, which costs six times as much, is taken too.
        as_of: the day for which support is judged; today if not given.
        compute: ``fargate``, or ``fargate+nodes`` for add-ons and pods that need instances.
        node_image: ``al2023`` or ``bottlerocket``, for the instances.
        public_endpoint_cidrs: in dev, address blocks from which the cluster's endpoint may be reached.
        admin_principals: ARNs of roles or users that administer the cluster; prod needs one.
        reader_principals: ARNs of roles or users that may look at it.
        certificate_arn: the certificate of the services' load balancer; prod needs it, or the next two.
        domain_name: for which a certificate is issued.
        hosted_zone_id: the zone of that name.
        cache_public_images: whether public images are pulled through the account's registry.
        vpc_cidr: addresses of the network, a /16.

    Raises:
        Refused: a parameter is missing or wrong.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        environment_suffix: str,
        environment: Environment | None = None,
        aws_region: str = "us-east-1",
        state: State | None = None,
        default_tags: Mapping[str, str] | None = None,
        overrides: Overrides | None = None,
        alarm_email: str | None = None,
        manage_account_singletons: bool = False,
        kubernetes_version: str = "1.35",
        allow_extended_support: bool = False,
        as_of: datetime.date | None = None,
        compute: Literal["fargate", "fargate+nodes"] = "fargate",
        node_image: Literal["al2023", "bottlerocket"] = "al2023",
        public_endpoint_cidrs: Sequence[str] = (),
        admin_principals: Sequence[str] = (),
        reader_principals: Sequence[str] = (),
        certificate_arn: str | None = None,
        domain_name: str | None = None,
        hosted_zone_id: str | None = None,
        cache_public_images: bool = False,
        vpc_cidr: str = "10.40.0.0/16",
    ) -> None:
        chosen = parameters.environment(environment, parameters.suffix(environment_suffix))
        parameters.chosen("compute", compute, ("fargate", "fargate+nodes"))
        parameters.chosen("node_image", node_image, ("al2023", "bottlerocket"))
        parameters.flag("cache_public_images", cache_public_images)
        self._judge_version(
            kubernetes_version, parameters.flag("allow_extended_support", allow_extended_support), as_of
        )
        cidrs = parameters.cidrs("public_endpoint_cidrs", public_endpoint_cidrs)
        if cidrs and chosen != "dev":
            raise Refused("public_endpoint_cidrs", public_endpoint_cidrs, f"the endpoint is private in {chosen}")
        admins = _principals("admin_principals", admin_principals)
        readers = _principals("reader_principals", reader_principals)
        if chosen == "prod" and not admins:
            raise Refused("admin_principals", admin_principals, "prod needs one: its creator gets no access")
        if set(admins) & set(readers):
            raise Refused("reader_principals", reader_principals, "a principal is either an admin or a reader")
        certificate.judge(chosen, certificate_arn, domain_name, hosted_zone_id)
        super().__init__(
            scope,
            prefix="eks",
            title="eks-microservices",
            data_class="confidential",
            environment_suffix=environment_suffix,
            environment=environment,
            aws_region=aws_region,
            state=state,
            default_tags=default_tags,
            overrides=overrides,
            alarm_email=alarm_email,
            manage_account_singletons=manage_account_singletons,
        )
        name = self.context.names.of("cluster", "cluster")
        self.keys = Keys(self, "keys", context=self.context, cluster=name)
        self._build_network(vpc_cidr, name)
        self._build_cluster(name, kubernetes_version, cidrs, admins, readers)
        self.services = Services(
            self,
            "services",
            context=self.context,
            cluster=self.cluster,
            key=self.keys.data,
            scans_registry=self.manages_singletons,
            caches_public_images=cache_public_images,
        )
        if compute == "fargate+nodes":
            from onetake.platforms.eks.nodes import Nodes

            Nodes(
                self,
                "nodes",
                context=self.context,
                cluster=self.cluster,
                network=self.network,
                key=self.keys.data,
                image=node_image,
            )
        self._build_ingress(certificate_arn, domain_name, hosted_zone_id)
        Observability(
            self,
            "observability",
            context=self.context,
            cluster=name,
            pod_log=self.cluster.pod_log,
            dead_letters=self.services.dead_letters,
            key=self.keys.notifications,
            email=self.alarm_email,
        )
        self._write_manifests()
        self._build_outputs()

    @staticmethod
    def _judge_version(version: object, extended: bool, as_of: object) -> None:
        if as_of is not None and not isinstance(as_of, datetime.date):
            raise Refused("as_of", as_of, "it has to be a date")
        day = as_of or datetime.date.today()
        current = current_eks_versions(day)
        phase = eks_version(version, day).phase if isinstance(version, str) else Phase.UNLISTED
        if phase is Phase.DEPRECATED:
            if not extended:
                told = f"its standard support ended before {day}; take {current[0]}, or allow_extended_support=True"
                raise Refused("kubernetes_version", version, told)
        elif phase is not Phase.SUPPORTED:
            raise Refused("kubernetes_version", version, f"on {day}, " + one_of(current))

    def _build_network(self, cidr: str, cluster: str) -> None:
        shared = {f"kubernetes.io/cluster/{cluster}": "shared"}
        self.network = Network(
            self,
            "network",
            context=self.context,
            cidr=cidr,
            key=self.keys.logs,
            tiers=("public", "app"),
            endpoints=ENDPOINTS,
            subnet_tags={
                "public": {"kubernetes.io/role/elb": "1"} | shared,
                "app": {"kubernetes.io/role/internal-elb": "1"} | shared,
            },
        )

    def _build_cluster(
        self, name: str, version: str, cidrs: Sequence[str], admins: Sequence[str], readers: Sequence[str]
    ) -> None:
        self.cluster = Cluster(
            self,
            "cluster",
            context=self.context,
            cluster=name,
            version=version,
            network=self.network,
            logs_key=self.keys.logs,
            secrets_key=self.keys.cluster,
            public_cidrs=cidrs,
        )
        for number, principal in enumerate(admins):
            self.cluster.admit(f"admin_{number}", principal, "AmazonEKSClusterAdminPolicy")
        for number, principal in enumerate(readers):
            self.cluster.admit(f"reader_{number}", principal, "AmazonEKSViewPolicy")
        system = self.cluster.profile("kube-system", [{"namespace": one} for one in SYSTEM_NAMESPACES])
        for service in SERVICES:
            self.cluster.profile(service, [{"namespace": service, "labels": manifests.LABEL}])
        # Its pods have nowhere to run before that profile exists.
        self.cluster.addon("coredns", after=[system], settings=COREDNS)

    def _build_ingress(self, certificate_arn: str | None, domain_name: str | None, hosted_zone_id: str | None) -> None:
        context = self.context
        self.logs = access_logs(self, context=context, statements=self._access_logs)
        self.acl = WebAcl(self, "web", context=context, component="web", key=self.keys.logs)
        self.balancer = SecurityGroup(
            self,
            "balancer",
            context=context,
            component="balancer",
            description="Load balancers of the services",
            vpc_id=self.network.id,
        )
        for port in (80, 443):
            self.balancer.admit(
                f"world_{port}", port=port, cidr="0.0.0.0/0", description="Clients; 80 only redirects to 443"
            )
        self.balancer.reach(
            "pods", port=8080, peer=self.cluster.group_id, description="Pods of the services, by their own addresses"
        )
        self._admit_balancer()
        self.controller: Role = self.cluster.service_account_role(
            "kube-system", "aws-load-balancer-controller", "balancers", "The AWS Load Balancer Controller"
        )
        self.controller.allow("balancers", controller.statements(context, self.cluster.name))
        self.certificate_arn = certificate_arn
        if domain_name is not None and hosted_zone_id is not None:
            self.certificate_arn = Certificate(
                self, "certificate", context=context, domain_name=domain_name, hosted_zone_id=hosted_zone_id
            ).arn

    def _admit_balancer(self) -> None:
        from onetake.platforms.constructs import declare

        declare(
            self,
            "aws_vpc_security_group_ingress_rule",
            "cluster_from_balancer",
            security_group_id=self.cluster.group_id,
            ip_protocol="tcp",
            from_port=8080,
            to_port=8080,
            description="Load balancers of the services",
            referenced_security_group_id=self.balancer.id,
        )

    def _access_logs(self, arn: str) -> list[Statement]:
        place = [f"{arn}/*/AWSLogs/{self.context.account}/*"]
        service = [self.context.service("logdelivery.elasticloadbalancing")]
        return [statement("AccessLogs", ["s3:PutObject"], place, services=service)]

    def _write_manifests(self) -> None:
        root: Any = self.node.root
        files = manifests.render(self.context, SERVICES, self.controller.name, self.context.names.path("pods"))
        self.manifests = manifests.write(Path(root.outdir) / "stacks" / str(self.node.id) / manifests.FOLDER, files)

    def _build_outputs(self) -> None:
        context, cluster = self.context, self.cluster.cluster
        filled = (
            f"AWS_ACCOUNT_ID={context.account} AWS_PARTITION={context.partition} AWS_REGION={context.region} "
            f"sh -c 'cat {manifests.FOLDER}/*.yaml | envsubst | kubectl apply -f -'"
        )
        login = f"aws eks update-kubeconfig --name {self.cluster.name} --region {context.region}"
        values: dict[str, tuple[str | Sequence[str], str]] = {
            "cluster_name": (cluster.name, "Cluster"),
            "cluster_endpoint": (cluster.endpoint, "Endpoint of its API"),
            "cluster_ca": (cluster.certificate_authority.get(0).data, "Certificate authority of its API, base64"),
            "oidc_provider_arn": (self.cluster.provider.arn, "Who vouches for service accounts"),
            "controller_role_arn": (self.controller.arn, "Role of the load balancer controller"),
            "web_acl_arn": (self.acl.arn, "Web ACL for load balancers of the services"),
            "balancer_group_id": (self.balancer.id, "Security group for load balancers of the services"),
            "access_log_bucket": (self.logs.name, "Bucket for access logs of load balancers"),
            "public_subnet_ids": (self.network.subnet_ids("public"), "Subnets for load balancers"),
            "app_subnet_ids": (self.network.subnet_ids("app"), "Subnets of pods"),
            "update_kubeconfig": (login, "Lets kubectl talk to the cluster"),
            "apply_manifests": (filled, "Applies the manifests, in the folder of the stack"),
        }
        if self.certificate_arn is not None:
            values["certificate_arn"] = (self.certificate_arn, "Certificate for load balancers of the services")
        for service in SERVICES:
            key = service.replace("-", "_")
            values[f"{key}_role_arn"] = (self.services.roles[service].arn, f"Role of {service}")
            values[f"{key}_repository"] = (self.services.repositories[service].repository_url, f"Images of {service}")
        Outputs(self, "outputs", context=context, values=values)


def _principals(parameter: str, given: Sequence[str]) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise Refused(parameter, given, "it has to be a list of ARNs")
    allowed = "it has to be the ARN of a role or user"
    return tuple(parameters.text(parameter, one, _PRINCIPAL, allowed) for one in given)
