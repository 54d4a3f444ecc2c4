"""What is refused of AppStream and WorkSpaces."""

from onetake.frontends.terraform.schemas.plan.conditions import equal, every, given, lacking
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet


def _needed(name: str, type_: str) -> Refusal:
    return Refusal(
        name,
        every(equal("workspace_type", type_), lacking(name)),
        f"`{name}` must be set when `workspace_type` is set to `{type_}`",
        f"is for {type_} workspaces and sets no {name}",
        f"Set {name}.",
    )


def _excluded(name: str, type_: str, said: str = "cannot be set when") -> Refusal:
    return Refusal(
        name,
        every(equal("workspace_type", type_), given(name)),
        f"`{name}` {said} `workspace_type` is set to `{type_}`",
        f"is for {type_} workspaces and sets {name}",
        f"Take {name} away.",
    )


_POOLS_ONLY = ("workspace_directory_name", "workspace_directory_description")
_CREATION = ("enable_maintenance_mode", "user_enabled_as_local_administrator")

SHEETS = (
    Sheet(
        ("aws_appstream_stack",),
        "internal/service/appstream/stack.go",
        (
            Refusal(
                "application_settings",
                every(given("application_settings.enabled"), lacking("application_settings.settings_group")),
                "application_settings.settings_group must be set when application_settings.enabled is true",
                "keeps application settings without naming their group",
                "Set settings_group in the block application_settings.",
            ),
            Refusal(
                "application_settings.settings_group",
                every(lacking("application_settings.enabled"), given("application_settings.settings_group")),
                "application_settings.settings_group must not be set when application_settings.enabled is false",
                "keeps no application settings and names a group for them",
                "Take settings_group away, or set enabled = true.",
            ),
        ),
    ),
    Sheet(
        ("aws_workspaces_directory",),
        "internal/service/workspaces/directory.go",
        (
            _needed("directory_id", "PERSONAL"),
            *(_excluded(name, "PERSONAL") for name in _POOLS_ONLY),
            Refusal(
                "workspace_creation_properties.default_ou",
                every(
                    equal("workspace_type", "POOLS"),
                    given("workspace_creation_properties.default_ou"),
                    lacking("active_directory_config"),
                ),
                "`workspace_creation_properties.default_ou` can only be set if `active_directory_config` is set and "
                "`workspace_type` is set to `POOLS`",
                "names an organizational unit without an Active Directory",
                "Give a block active_directory_config, or take default_ou away.",
            ),
            _excluded("directory_id", "POOLS"),
            *(_needed(name, "POOLS") for name in _POOLS_ONLY),
            _excluded("self_service_permissions", "POOLS"),
            *(
                _excluded(f"workspace_creation_properties.{name}", "POOLS", "cannot be set when when")
                for name in _CREATION
            ),
        ),
        {"workspace_type": "PERSONAL"},
    ),
)
