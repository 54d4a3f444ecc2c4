"""The expression language as a hypothesis strategy: mostly well-typed expressions, and wrong ones too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from hypothesis import strategies as st

Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]
DEPTH = 3
KINDS = ("text", "number", "flag", "sequence", "mapping")

TEXTS = (
    '""', '"a"', '"12"', '"true"', '"false"', '"1.50"', '"x-y"', '"ä€😀"', '"e\\u0301"', '"a\\nb\\t\\"q\\" \\\\"', '"$${no} %%{no}"', '"$a %b $$ %%"', '"0x1F"',
    '"007"', '" s "', '"1e3"', '"<&>"', "var.name", "var.port", "local.text", "local.lines", "var.never_null", "local.prefix", "local.pieces[1]", "var.zones[0]",
    "var.tags.Name", 'var.tags["with space"]', "var.secret", "var.nothing", "local.nested.a.b.c[2].d", "local.objects[0].id", "var.config.name", "local.mixed[1]",
)  # fmt: skip
NUMBERS = (
    "0", "1", "2", "3", "-1", "7", "10", "0.1", "0.5", "1.5", "-2.5", "1e3", "1E-2", "2.50", "100000000000000000000", "12345678901234567890.5", "1e30", "0.000001", "3.14159265358979323846264338",
    '"5"', '"1.5"', "var.port", "local.half", "local.large", "var.ports[0]", "local.nested.a.b.c[0]", "local.objects[1].n", "var.rules[0].from", "var.rules[1].to", "var.buckets.data.size",
    "var.config.nested.a", "local.zone_index.a", 'local.nested["k-1"]', "length(var.zones)", "var.pair[1]",
)  # fmt: skip
FLAGS = (
    "true", "false", "true", "false", "var.on", '"true"', '"false"', "var.buckets.data.versioned", "local.mixed[2]", "var.name == \"web\"", "contains(var.zones, \"a\")", "var.nothing == null",
    "can(var.tags.missing)", "length(var.none) > 0",
)  # fmt: skip
SEQUENCES = (
    "[]", "var.zones", "var.ports", "var.none", "var.ids", "var.numbers", "local.mixed", "local.empty", "local.objects", "local.objects[*].id", "var.rules[*].from", "local.pieces",
    "local.nested.a.b.c", "var.pair", "var.some", "var.untyped", "local.numbers", "local.typed_set", "var.config.nested.b", "var.rules", "[1, 2, 3]", '["a", "b"]', '["b", "a", "b", ""]',
    '[1, "a", true]', "[[1, 2], [3]]", "[null]", 'tolist(["x", "y"])', 'toset(["x", "y"])', "toset([3, 1, 2])", '[{ id = "a" }, { id = "b" }]', '[{ a = 1 }, { b = "x" }]', "[true, false]",
    "tolist([])", "toset([])", "range(3)", "keys(var.tags)", "values(local.zone_index)", "var.anything.a", "var.no_list", "[\"a\", null]",
)  # fmt: skip
MAPPINGS = (
    "{}", "var.tags", "var.no_tags", "var.config", "var.buckets", "var.some_map", "local.nested", "local.empty_map", "local.zone_index", "local.typed_map", "local.objects[0]", "var.rules[1]",
    "var.anything", "{ a = 1 }", '{ a = 1, b = "x" }', '{ a = "1", b = "2" }', '{ "k k" = [1], b = null }', "tomap({ a = 1, b = 2 })", "tomap({})", "{ a = { b = { c = 1 } } }", "{ a = null }",
    'tomap({ a = "x" })', "{ a = true, b = true }", "{ for z in var.zones : z => upper(z) }",
)  # fmt: skip
ANY = ("null", "var.nothing", "var.anything", "local.nested", "var.rules", "local.mixed")
WRONG = (
    "var.missing", "local.missing", "local.objects[5]", "var.tags.missing", "local.nested.x", "nope(1)", "var.zones[-1]", 'local.mixed["x"]', "var.name.x", "module.none", "upper()", "local", "var.zones[1.5]",
    "each.key", "count.index", "self.x", "null[0]", "null.x", "local.objects.id", "var.ids[0]", "local.nested.a.b.c.d", "aws_x.y.id", "path.nope", '"a" + 1', "-\"x\"", "!1", "var.pair[2]",
)  # fmt: skip
UNKNOWN = {
    "text": ("local.later_id", "local.later_text", "terraform_data.one.id", "terraform_data.counted[0].id", 'terraform_data.keyed["k"].id', "local.later_map.b", "local.later_list[1]", "local.later"),
    "number": ("local.later", "length(local.later_id)", "local.later_map.a", "length(local.later_list)"),
    "flag": ('local.later_id == "x"', "local.later", "length(local.later_list) == 2", "local.later == null", "local.later_id != null"),
    "sequence": ("local.later_list", "local.later_split", "[terraform_data.one.id]", "local.later", "terraform_data.counted[*].id", "local.later_objs", "toset(local.later_list)", "local.later_objs[*].id"),
    "mapping": ("local.later_map", "{ a = terraform_data.one.id }", "terraform_data.keyed", "local.later", "local.later_objs[0]", "{ (terraform_data.one.id) = 1 }", "merge(local.later_map, { c = 1 })"),
}  # fmt: skip

CALLS = {
    "text": (
        "upper({text})", "lower({text})", "tostring({number})", "tostring({flag})", "tostring({any})", "join({text}, {sequence})", 'join(",", {sequence})', "format(\"%s-%s\", {text}, {any})",
        'format("%d", {number})', 'format("%v", {any})', "jsonencode({any})", "trimspace({text})", "replace({text}, \"a\", \"b\")", "substr({text}, 0, 2)", "coalesce({text}, {text})", "lookup({mapping}, \"a\", {text})",
        'try({wrong}, {text})', "yamlencode({any})", "title({text})", "element({sequence}, {number})", "nonsensitive({text})", "sensitive({text})", "base64encode({text})", "md5({text})", "one({sequence})",
        "trimprefix({text}, \"w\")", "chomp({text})", "strrev({text})", 'regex("[a-z]+", {text})', "type({any})",
    ),
    "number": (
        "length({sequence})", "length({mapping})", "length({text})", "tonumber({text})", "tonumber({any})", "max({number}, {number})", "min({number}, {number}, 3)", "abs({number})", "floor({number})", "ceil({number})",
        "sum({sequence})", "pow({number}, 2)", "signum({number})", "parseint({text}, 10)", "index({sequence}, {any})", "coalesce({number}, {number})", "try({number}, {number})", "log({number}, 2)",
    ),
    "flag": (
        "can({any})", "can({wrong})", "contains({sequence}, {any})", "startswith({text}, \"a\")", "tobool({text})", "tobool({any})", "alltrue({sequence})", "anytrue([{flag}, {flag}])", "issensitive({any})", "strcontains({text}, {text})",
        "try({flag}, false)", "endswith({text}, {text})",
    ),
    "sequence": (
        "tolist({sequence})", "toset({sequence})", "concat({sequence}, {sequence})", "flatten({sequence})", "flatten([{sequence}, {any}])", "distinct({sequence})", "sort({sequence})", "reverse({sequence})", "compact({sequence})",
        "keys({mapping})", "values({mapping})", "slice({sequence}, 0, 1)", "setunion({sequence}, {sequence})", "setintersection({sequence}, {sequence})", "setsubtract({sequence}, {sequence})", "chunklist({sequence}, 2)",
        "coalescelist({sequence}, {sequence})", "split(\",\", {text})", "range({number})", "setproduct({sequence}, {sequence})", "try({wrong}, {sequence})", "matchkeys({sequence}, {sequence}, {sequence})", "formatlist(\"%s!\", {sequence})",
        "tolist({any})", "toset({any})", "regexall(\"[a-z]\", {text})", "jsondecode(jsonencode({sequence}))", "sensitive({sequence})", "concat({sequence}...)", "one([{sequence}])", "csvdecode(\"a,b\\n1,2\")", "lookup({mapping}, \"a\", [])",
    ),
    "mapping": (
        "tomap({mapping})", "merge({mapping}, {mapping})", "merge({mapping}, {{ z = {any} }})", "zipmap({sequence}, {sequence})", "zipmap([\"p\", \"q\"], [{any}, {any}])", "try({wrong}, {mapping})", "jsondecode(jsonencode({mapping}))",
        "yamldecode(yamlencode({mapping}))", "merge([{mapping}, {mapping}]...)", "tomap({any})", "coalesce({mapping}, {mapping})", "transpose({mapping})", "lookup({mapping}, \"a\", {mapping})", "sensitive({mapping})",
        "element([{mapping}, {mapping}], {number})", "defaults({mapping}, {mapping})", "setproduct([{mapping}])[0]",
    ),
}  # fmt: skip


class Maker:
    """Draws one expression."""

    def __init__(self, draw: Draw, *, unknown: bool) -> None:
        self.draw = draw
        self.unknown = unknown
        self.names: list[str] = []

    def pick(self, choices: Sequence[Any]) -> Any:
        """One of ``choices``."""
        return self.draw(st.sampled_from(choices))

    def chance(self, of: int) -> bool:
        """True once in ``of`` draws."""
        return bool(self.draw(st.integers(0, of - 1)) == of // 2)

    def of(self, kind: str, depth: int) -> str:
        """An expression that should have a kind of value."""
        if self.chance(40):
            return str(self.pick(WRONG))
        if kind == "any" or self.chance(25):
            kind = self.pick(KINDS)
        if depth <= 0 or self.chance(4):
            return self.leaf(kind)
        made: str = self.pick((self.special, self.special, self.special, self.call, self.call, self.general))(
            kind, depth - 1
        )
        return made

    def leaf(self, kind: str) -> str:
        """An expression without others inside."""
        if self.names and self.chance(2):
            return str(self.pick(self.names))
        if self.unknown and self.chance(2):
            return str(self.pick(UNKNOWN[kind]))
        if self.chance(15):
            return str(self.pick(ANY))
        return str(
            self.pick(
                {"text": TEXTS, "number": NUMBERS, "flag": FLAGS, "sequence": SEQUENCES, "mapping": MAPPINGS}[kind]
            )
        )

    def call(self, kind: str, depth: int) -> str:
        """A function call."""
        pattern: str = self.pick(CALLS[kind])
        return self.filled(pattern, depth)

    def filled(self, pattern: str, depth: int) -> str:
        """``pattern`` with an expression for each kind that it names in braces."""
        made = ""
        while pattern:
            before, brace, rest = pattern.partition("{")
            made += before
            if not brace:
                break
            if rest.startswith("{"):
                made, pattern = made + "{", rest[1:]
                continue
            kind, _, pattern = rest.partition("}")
            made += str(self.pick(WRONG)) if kind == "wrong" else self.of(kind, depth)
        return made.replace("}}", "}") if "{{" in pattern else made

    def general(self, kind: str, depth: int) -> str:
        """What every kind of value can come from."""
        form = self.pick(("if", "if", "if", "index", "attribute", "parentheses", "mixed", "one", "wrapped"))
        match form:
            case "if":
                return f"{self.of('flag', depth)} ? {self.of(kind, depth)} : {self.of(kind, depth)}"
            case "mixed":
                return f"{self.of('flag', depth)} ? {self.of('any', depth)} : {self.of('any', depth)}"
            case "index":
                index = self.pick(("0", "1", '"0"', "2", "-1", "0.5", self.of("number", 0), '"a"'))
                return f"[{self.of(kind, depth)}, {self.of(kind, depth)}][{index}]"
            case "attribute":
                step = self.pick((".a", '["a"]', ".c", '["b"]', ".a", ".a"))
                return f"{{ a = {self.of(kind, depth)}, b = {self.of('any', depth)} }}{step}"
            case "one":
                return f"one([{self.of(kind, depth)}])"
            case "wrapped":
                return f'"${{{self.of(kind, depth)}}}"'
            case _:
                return f"({self.of(kind, depth)})"

    def special(self, kind: str, depth: int) -> str:
        """What this kind of value in particular comes from."""
        made: str = {
            "text": self.text,
            "number": self.number,
            "flag": self.flag,
            "sequence": self.sequence,
            "mapping": self.mapping,
        }[kind](depth)
        return made

    def number(self, depth: int) -> str:
        """Arithmetic."""
        if self.chance(8):
            return f"-{self.of('number', depth)}"
        operator = self.pick(("+", "-", "*", "/", "%"))
        left, right = self.of("number", depth), self.of("number", depth)
        return f"({left} {operator} {right})" if self.chance(2) else f"{left} {operator} {right}"

    def flag(self, depth: int) -> str:
        """Comparisons and logic."""
        form = self.pick(("==", "!=", "<", ">", "<=", ">=", "&&", "||", "!", "=="))
        match form:
            case "!":
                return f"!{self.of('flag', depth)}"
            case "==" | "!=":
                kind = self.pick((*KINDS, "any"))
                return f"{self.of(kind, depth)} {form} {self.of(kind, depth)}"
            case "&&" | "||":
                return f"{self.of('flag', depth)} {form} {self.of('flag', depth)}"
            case _:
                return f"{self.of('number', depth)} {form} {self.of('number', depth)}"

    def text(self, depth: int) -> str:
        """Templates."""
        form = self.pick(("plain", "plain", "if", "for", "heredoc", "flush", "strip"))
        match form:
            case "if":
                mark = self.pick(("", "~"))
                return f'"x%{{{mark} if {self.of("flag", depth)} {mark}}} {self.part(depth)} %{{ else }}{self.part(depth)}%{{ endif {mark}}} z"'
            case "for":
                mark = self.pick(("", "~"))
                return self.looping(
                    depth,
                    lambda names, collection: (
                        f'"%{{ for {names} in {collection} {mark}}} ${{{self.of("text", 0)}}},%{{{mark} endfor }}"'
                    ),
                )
            case "heredoc":
                return f"<<EOT\n  a ${{{self.of('any', depth)}}}\n%{{ if {self.of('flag', 0)} ~}}\n    b\n%{{~ endif }}\nEOT\n"
            case "flush":
                return f"<<-EOT\n    a ${{{self.of('text', depth)}}}\n      b\n\n   %{{ for x in {self.of('sequence', 0)} ~}}\n   ${{x}}\n   %{{ endfor ~}}\n  EOT\n"
            case "strip":
                return f'" a ${{~ {self.of("text", depth)} ~}} b ${{ {self.of("number", 0)} ~}}  "'
            case _:
                return f'"{self.part(depth)}"'

    def part(self, depth: int) -> str:
        """What may stand between quotes."""
        kind = self.pick(("text", "number", "flag", "any", "text"))
        pieces = [self.pick(("a", " ", "ü", "-", "$${x}", "\\n", "")), f"${{{self.of(kind, depth)}}}"]
        return "".join(pieces[: self.pick((1, 2, 2))]) + str(self.pick(("", "z", f"${{{self.of('text', 0)}}}")))

    def looping(self, depth: int, make: Callable[[str, str], str], *, over: str = "") -> str:
        """An expression inside of which there are one or two more names."""
        collection = self.of(over or self.pick(("sequence", "mapping", "sequence")), depth)
        names = self.pick(("v", "k, v", "k, v"))
        self.names += ["v", "k"] if "," in names else ["v"]
        try:
            return make(names, collection)
        finally:
            del self.names[-(2 if "," in names else 1) :]

    def condition(self) -> str:
        """An ``if`` clause, or none."""
        own = (f" if {self.of('flag', 1)}", f" if v == {self.of('any', 0)}")
        return str(self.pick(("", "", *own, " if v != null", ' if v != "a"')))

    def sequence(self, depth: int) -> str:
        """Lists."""
        form = self.pick(("tuple", "tuple", "for", "for", "splat", "legacy", "splat"))
        match form:
            case "for":
                kind = self.pick((*KINDS, "any", "text"))
                return self.looping(
                    depth,
                    lambda names, collection: (
                        f"[for {names} in {collection} : {self.of(kind, depth - 1)}{self.condition()}]"
                    ),
                )
            case "splat":
                rest = self.pick(("", "", ".id", ".a", "[0]", ".n", ".tags[*]", ".tags[0]", ".from", ".a.b"))
                return f"{self.atom(depth)}[*]{rest}"
            case "legacy":
                rest = self.pick(("", ".id", ".a", ".id[0]", ".n"))
                return f"{self.atom(depth)}.*{rest}"
            case _:
                kind = self.pick((*KINDS, "any"))
                return f"[{', '.join(self.of(kind if self.chance(2) else 'any', depth - 1) for _ in range(self.pick((1, 2, 2, 3))))}]"

    def atom(self, depth: int) -> str:
        """What can be followed by a splat."""
        made = self.of(self.pick(("sequence", "sequence", "mapping", "any")), depth)
        return made if made.replace(".", "").replace("_", "").isalnum() else f"({made})"

    def mapping(self, depth: int) -> str:
        """Objects and maps."""
        form = self.pick(("object", "object", "for", "for", "group"))
        if form == "object":
            keys = [
                self.pick(("a", "b", "c", '"d e"', f"({self.of('text', 0)})", "1", "true", '"${var.name}-x"'))
                for _ in range(self.pick((1, 2, 3)))
            ]
            separator = self.pick((" = ", " = ", ": "))
            return "{ " + ", ".join(f"{key}{separator}{self.of('any', depth - 1)}" for key in keys) + " }"
        dots = "..." if form == "group" else ""
        key = self.pick(("k", "v", '"${k}"', '"x${v}"', "upper(v)", "v.id", "k % 2", self.of("text", 0)))
        return self.looping(
            depth,
            lambda names, collection: (
                f"{{ for {names} in {collection} : {key} => {self.of('any', depth - 1)}{dots}{self.condition()} }}"
            ),
        )


def expressions(*, unknown: bool = False) -> st.SearchStrategy[str]:
    """Expressions; with ``unknown`` many of them hold values that are known after apply."""

    @st.composite
    def made(draw: Draw) -> str:
        maker = Maker(draw, unknown=unknown)
        return maker.of(maker.pick((*KINDS, "any")), maker.pick((1, 2, 2, DEPTH)))

    return made()


def generated(count: int, *, unknown: bool = False) -> list[str]:
    """At least so many different expressions, the same ones each time."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    found: dict[str, None] = {}

    def collect(expression: str) -> None:
        found[expression] = None

    drawn = settings(
        max_examples=2_000,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(given(expressions(unknown=unknown))(collect))
    number = 0
    while len(found) < count:
        seed(number)(drawn)()
        number += 1
    return list(found)
