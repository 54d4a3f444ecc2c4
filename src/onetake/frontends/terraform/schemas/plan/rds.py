"""What is refused of databases."""

from onetake.frontends.terraform.schemas.plan.conditions import every, given, that, unlike
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet

_UPDATED_BLUE_GREEN = ("mariadb", "mysql", "postgres")

SHEETS = (
    Sheet(
        ("aws_db_instance",),
        "internal/service/rds/instance.go",
        (
            Refusal(
                "blue_green_update.enabled",
                every(given("blue_green_update.enabled"), unlike("engine", *_UPDATED_BLUE_GREEN)),
                '"blue_green_update.enabled" cannot be set when "engine" is "{engine}".',
                "is updated blue-green, which is for MariaDB, MySQL and PostgreSQL only",
                "Take blue_green_update away.",
            ),
            Refusal(
                "blue_green_update.enabled",
                every(given("blue_green_update.enabled"), given("replicate_source_db")),
                '"blue_green_update.enabled" cannot be set when "replicate_source_db" is set.',
                "is a replica that is updated blue-green",
                "Take blue_green_update away.",
            ),
            Refusal(
                "replicate_source_db",
                every(
                    given("db_subnet_group_name"),
                    that("replicate_source_db", lambda value: bool(value) and not str(value).startswith("arn:")),
                ),
                '"replicate_source_db" must be an ARN when "db_subnet_group_name" is set.',
                "replicates a database of the same region and names a subnet group",
                "Take db_subnet_group_name away, or name the source by its ARN.",
            ),
        ),
    ),
)
