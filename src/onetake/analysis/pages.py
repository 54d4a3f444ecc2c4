"""The pages of findings that no rule file makes: those of the readers and of the suppressions."""

from __future__ import annotations

PAGES = {
    "cloudformation-circular-dependency": (
        "Resources of a template that wait for each other.\n\n"
        "CloudFormation creates what is referred to first. In a circle there is no first, so the template is refused\n"
        "before anything is created. Move the reference that closes the circle into a resource of its own, such as a\n"
        "security group rule or a policy."
    ),
    "cloudformation-duplicate-key": (
        "A key that stands twice in one mapping of a template.\n\n"
        "Only one of the two counts, and what stands below the other is lost without a word."
    ),
    "cloudformation-unresolved-reference": (
        "A reference to something that the template does not declare.\n\n"
        "Ref, Fn::GetAtt, Fn::Sub and DependsOn may only name resources and parameters of the same template. It is\n"
        "refused before anything is created."
    ),
    "suppression-without-reason": (
        "A suppression that does not say why.\n\n"
        "``# onetake: ignore[rule-name]`` takes effect only with a reason behind it: whoever reads the program\n"
        "next has to know why a predicted failure is accepted."
    ),
    "terraform-duplicate-declaration": (
        "A variable, output, module, provider or local that is declared twice.\n\n"
        "Each may be declared once in a module, whatever file it stands in. Terraform stops at init."
    ),
    "terraform-duplicate-resource": (
        "Two resources of one type with the same name in one module.\n\n"
        "Each may be declared once, whatever file it stands in. Terraform stops at init."
    ),
    "terraform-syntax": (
        "A file that is not Terraform's language, or not its form of JSON.\n\n"
        "Nothing of the module can be used until it is; Terraform stops at init."
    ),
    "terraform-unreadable-file": (
        "A Terraform file that cannot be read.\n\n"
        "It is too large, not text, or lies outside the folder that is checked. What it declares is not known, so no\n"
        "rule that looks for something missing is asked."
    ),
    "unused-suppression": (
        "A suppression that suppresses nothing.\n\n"
        "Either the fault was mended and the comment stayed, or it stands in the wrong place, or the name in it is no\n"
        "rule. Take it away, so that it does not hide the next fault of this kind."
    ),
}
"""By name: a first line that says what it is, and what else there is to know."""
