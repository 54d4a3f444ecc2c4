"""Security groups whose rules are resources of their own, and name their peers rather than address ranges."""

from __future__ import annotations

from typing import Any

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.context import Context
from onetake.platforms.parameters import whole
from onetake.platforms.refusals import Refused

ANYWHERE = "0.0.0.0/0"
_PUBLIC_PORTS = (80, 443)


class SecurityGroup(Construct):
    """A security group that admits nothing until it is told to.

    Args:
        component: part of its name.
        description: what it is for; AWS cannot change it later.
        vpc_id: where it stands.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, component: str, description: str, vpc_id: str
    ) -> None:
        super().__init__(scope, name)
        named = context.names.of(component, "security group")
        self._context = context
        self.group = declare(
            self,
            "aws_security_group",
            OWN,
            name=named,
            description=description,
            vpc_id=vpc_id,
            tags={"Name": named},
            provider=context.provider,
        )
        self.id: str = self.group.id

    def admit(
        self,
        name: str,
        *,
        port: int,
        description: str,
        peer: SecurityGroup | str | None = None,
        cidr: str | None = None,
        prefix_list: str | None = None,
    ) -> Any:
        """Let a peer connect to a TCP port.

        Raises:
            Refused: not exactly one peer is given, or the whole world is let in elsewhere than to 80 and 443.
        """
        if cidr == ANYWHERE and port not in _PUBLIC_PORTS:
            raise Refused(
                "cidr", cidr, f"port {port} is not open to the world; only 80 and 443 of a load balancer may be"
            )
        return self._rule("ingress", name, port=port, description=description, to=_peer(peer, cidr, prefix_list))

    def reach(
        self,
        name: str,
        *,
        port: int,
        description: str,
        peer: SecurityGroup | str | None = None,
        cidr: str | None = None,
        prefix_list: str | None = None,
    ) -> Any:
        """Let it connect to a TCP port of a peer.

        Raises:
            Refused: not exactly one peer is given, or the whole world may be reached on another port than 443.
        """
        if cidr == ANYWHERE and port != 443:
            raise Refused("cidr", cidr, f"port {port} of the world is not reached; only 443 is, through a NAT gateway")
        return self._rule("egress", name, port=port, description=description, to=_peer(peer, cidr, prefix_list))

    def _rule(self, direction: str, name: str, *, port: int, description: str, to: dict[str, str | None]) -> Any:
        if not description:
            raise Refused("description", description, "a rule says what it is for")
        whole("port", port, 1, 65_535)
        return declare(
            self,
            f"aws_vpc_security_group_{direction}_rule",
            name,
            security_group_id=self.id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            description=description,
            provider=self._context.provider,
            **to,
        )


def _peer(peer: SecurityGroup | str | None, cidr: str | None, prefix_list: str | None) -> dict[str, str | None]:
    """Exactly one peer, as a rule writes it."""
    if sum(one is not None for one in (peer, cidr, prefix_list)) != 1:
        raise Refused("peer", peer, "give exactly one of peer, cidr and prefix_list")
    group = peer.id if isinstance(peer, SecurityGroup) else peer
    return {"referenced_security_group_id": group, "cidr_ipv4": cidr, "prefix_list_id": prefix_list}
