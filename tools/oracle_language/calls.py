"""The calls that are put to Terraform: ordinary ones, edges, and wrong ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from onetake.frontends.terraform.functions import TerraformSet
from onetake.frontends.terraform.functions.table import TABLE

S = TerraformSet
TEXTS = [
    "",
    "a",
    "Hello World",
    "a,b,,c",
    "  x \n",
    "äöü",
    "ßé",
    "foo-bar_baz qux",
    "a\r\nb\n",
    "<&>'\"\\",
    "日本",
    "1.50",
]
LISTS: list[object] = [
    [], [1], ["a", "b", "c"], ["b", "a", "b", ""], [1, "1", True], [None], ["a", None], [[1], [2, [3]], []],
    [{"a": 1}, {"a": 2}], [{"a": 1}, {"b": "x"}], [1.5, 2, -3], [True, False], S(["z", "a"]), S([3, 1, 2]),
    [["a"], ["b", "c"]], [S(["a"]), ["b"]], ["true", False], [0, "0"], S([]), [{"a": [1]}, {"a": ["x", 2]}],
]  # fmt: skip
MAPS: list[object] = [
    {}, {"a": 1}, {"b": "x", "a": "y"}, {"a": 1, "b": "x"}, {"a": [1], "b": ["x", "y"]}, {"a": None},
    {"x y": True, "1": 2}, {"a": {"b": {"c": 1}}}, {"a": ["x"], "b": [1, "x"]},
]  # fmt: skip
VALUES: list[object] = [
    None, True, 0, 7, -2.5, 1e30, "x", "12", "true", "1e3", "0x1F", " 1", "", "007", "-0", "+5", ".5", "5.", "1_000",
    *LISTS, *MAPS,
]  # fmt: skip
NUMBERS: list[object] = [0, 1, -1, 2.5, -2.5, 10, 1e21, 12345678901234567890, 0.1, "3", "x", 0.000001]
CIDRS = ["10.0.0.0/8", "10.1.2.3/16", "192.168.0.0/24", "10.0.0.0/32", "0.0.0.0/0", "fd00::/48", "2001:db8::1/64",
         "::/0", "10.0.0.0", "10.0.0/8", "010.001.0.0/16", "10.0.0.0/33", "", "fd00::/129", "::ffff:10.0.0.0/112",
         "10.0.0.256/8", "fe80::1%eth0/64", "10.0.0.0/ 8", "10.0.0.0/08"]  # fmt: skip
PATTERNS = [
    "a", "[a-z]+", "(\\d+)-(\\d+)", "(?P<y>\\d{4})-(?P<m>\\d\\d)", "(?<y>\\d+)", "^$", "", "(a)|(b)", "a*", "\\bfoo\\b",
    "(?i)HELLO", "(?i:h)ello", "[[:alpha:]]+", "[^[:space:]]+", "\\Aabc\\z", "a{2,3}?", "x{,5}", "a**", "a{1001}", "(",
    ")", "(?=a)", "(?<!a)b", "\\1", "[z-a]", "[a", "*a", "(?P<n>a)(b)", "\\Qa.b\\E", "\\x41", "\\x{e4}", "\\Z", "a++",
    "(?s).+", "(?m)^b$", "(?U)a+", "^arn:aws[a-z-]*:iam::(\\d{12}):role/(.+)$", "([a-z]+-)*x$", "(a|ab)(c|bcd)(d*)",
    "(?P<a>x)(?P<a>y)", "(?P<>x)", "(?z)", "\\", "[\\d-]+", "[\\W]", "\\p", "a|", "|a", "(|a)+", "$", "(?:a?)*?b", "[]a]",
    "[^]a]", "\\/", "\\_", "\\-", "\\é", "\\07", "\\8", "x{2}{3}", "x*?+", "{", "a{b", "a{1", "}", "]", "(?i)ß", "[[:foo:]]",
    "(?P=n)", "(?#c)", "(?>a)", "a{2,1}", "[a-\\d]", "\\S+", "\\D", "[^\\D]", "^[0-9A-Za-z]+$", "\\t", "[\\n]", "\\v",
]  # fmt: skip
SUBJECTS = [
    "aaa foo ab",
    "2024-01 12-34",
    "hello\nb\n",
    "arn:aws:iam::123456789012:role/a/b",
    "a-b-x",
    "abcd",
    "",
    "äÄ_.b8",
]
FORMATS: list[tuple[object, ...]] = [
    ("%s", "a"), ("%s", 1), ("%s", 1.5), ("%s", True), ("%s", None), ("%s", ["a"]), ("%d", 3), ("%d", "3"), ("%d", 1.5),
    ("%d", "x"), ("%d", True), ("%5d|", 42), ("%-5d|", 42), ("%05d|", 42), ("%05d|", -42), ("%+d", 5), ("% d", 5),
    ("%x", 255), ("%X", 255), ("%#x", 255), ("%o", 8), ("%#o", 8), ("%b", 5), ("%#b", 5), ("%08b", 5), ("%x", -255),
    ("%e", 12345.678), ("%E", 0.00012), ("%f", 1.5), ("%.2f", 1.005), ("%8.2f|", 3.14159), ("%-8.2f|", 3.14159),
    ("%08.2f|", -3.14159), ("%g", 100000), ("%g", 1e21), ("%g", 1e-7), ("%G", 1e-7), ("%.3g", 1234.5), ("%g", 0.1),
    ("%v", "a"), ("%v", 1), ("%v", 1.25), ("%v", True), ("%v", None), ("%v", [1, "a"]), ("%v", {"a": 1}), ("%#v", "a"),
    ("%#v", 12), ("%#v", {"b": [1], "a": None}), ("%#v", None), ("%q", "a\"b\n<"), ("%q", 1), ("%t", True), ("%t", "false"),
    ("%t", "x"), ("%t", 1), ("%10s|", "abc"), ("%-10s|", "abc"), ("%010s|", "abc"), ("%.2s|", "abcdef"), ("%5.1s|", "abc"),
    ("%.0s|", "abc"), ("%.s|", "abc"), ("%%",), ("100%",), ("%",), ("a%b%c", 1), ("%s %s", "a"), ("%s", "a", "b"), ("plain", 1),
    ("%[2]s %[1]s", "a", "b"), ("%[1]s %[1]s", "a"), ("%[3]s", "a"), ("%[0]s", "a"), ("%z", 1), ("%*d", 5, 1), ("% ", 1), ("%!", 1),
    ("%s%%%d", "a", 2), ("%5q|", "a"), ("%-6t|", True), ("%6t|", True), ("%v", 1e30), ("%s", 1e30), ("%d", 1e30), ("%v", 0.1),
    ("%5v|", "é"), ("%é", 1), ("%.10f", 0.1), ("%5.3d|", 7), ("%+.1f", 2.25), ("%[1]d %d", 1, 2), ("%03s", 7), ("%x", "ff"), ("%s", ""),
    ("%c", 65), ("%u", 1), ("%i", 1), ("%1$s", "a"), ("% x", 5), ("%#X", 255), ("%-05d|", 4), ("%+v", 5), ("%05v", 5), ("%.2v", 5.123),
    ("%v", S(["b", "a"])), ("%s", {"a": 1}), ("%d", None), ("%f", "1e3"), ("%e", 0), ("%g", 123456789), ("%.0f", 0.5), ("%.0f", 1.5),
    ("%f", 1e22), ("%g", 1234567.5), ("%G", 1e100), ("%.3e", 9.9999), ("%v", 1e21), ("%v", 1e-7), ("%v", 123456789.125), ("%+x", 10),
]  # fmt: skip
STAMPS = [
    "2024-02-29T13:04:05Z", "2023-12-31T23:59:59.999Z", "2024-01-02T00:00:00+02:30", "2024-01-02T00:00:00-08:00",
    "2024-02-30T00:00:00Z", "2024-01-02", "2024-01-02 00:00:00Z", "2024-01-02T25:00:00Z", "2024-01-02T00:00Z", "x", "",
    "2024-1-02T00:00:00Z", "2024-01-02T00:00:00", "2024-13-02T00:00:00Z", "2024-01-02T00:60:00Z", "2024-01-02t00:00:00z",
    "2024-01-02T00:00:60Z", "2024-01-02T00:00:00,5Z", "2024-01-02T00:00:00+0100", "2024-01-02T00:00:00+25:00",
]  # fmt: skip
DATES = ["YYYY-MM-DD", "DD MMM YYYY hh:mm ZZZ", "EEEE, DD-MMM-YY hh:mm:ss ZZZ", "h'h'mm", "HH:mm AA", "H aa", "M/D/YY",
         "'it''s' s", "''", "'open", "YYY", "MMMMM", "DDD", "E", "hhh", "HHH", "A", "aaa", "mmm", "sss", "ZZ", "Q", "Z", "ZZZZ",
         "ZZZZZ", "MMMM", "EEE", "", "2024", "YYYYMMDDhhmmss", "'", "ZZZZZZ", "b", "é YYYY"]  # fmt: skip
DURATIONS = ["1h", "-1h30m", "1.5h", "10", "1d", "", "0", "100ms", "-0.5s", "1h1", "+2m", "1µs", "999999999h", ".5m", ".m", "-",
             "1 h", "24h0m0s", "5s5s", "h"]  # fmt: skip
JSONS = [
    "1", "1.0", "1e3", "1.50", "true", "null", '"a"', '{"a":1}', '{"a":[1,null,{"b":"c"}]}', "[]", "{}", "[1,\"a\"]", "", " ", "{",
    "[1,]", "{'a':1}", "nul", '{"a":1}x', '{"a":1} {"b":2}', '{"a":1,"a":2}', '"\\u00e4\\ud83d\\ude00"', '"\n"', "01", "+1", "-0", "1.",
    "\ufeff1", '{"a"}', '{"a":}', "[1 2]", '"a', "NaN", "Infinity", "-", "1e400", "123456789012345678901234567890", "\t[ 1 ]\n",
    '{"a":{"b":', "[", "]", "}", "tru", '"\\x"', '"\\ud800"', "[[[[]]]]", '{"b":1,"a":2}', "0.1", "1E-2", "// c\n1",
]  # fmt: skip
YAMLS = [
    "a: 1", "- 1\n- x\n", "", "~", "a: yes", "a: Off", "a: 'yes'", "1.5", "0x1F", "0o17", "010", "1_000", "2024-01-02", "a: 2024-01-02T03:04:05Z",
    "2024-01-02 03:04:05", "a: &x 1\nb: *x", "a: &x {b: 1}\nc:\n  <<: *x\n  d: 2", "a: |\n  x\n  y\n", "a: >\n  x\n  y\n", "a: b: c", "a:\n\t- b",
    "---\na: 1\n---\nb: 2", "---\na: 1\n...", "{a: 1, b: [x, ~]}", "? [a]\n: 1", "1: a\ntrue: b", "null: a", "a: !!str 1", "a: !!int \"1\"", "a: !foo 1",
    "a: .inf", "a: .nan", "a: 1e3", "a: +1", "a: -.5", "a: 1.", "a: \"x\\ny\"", "'it''s'", "a: *x", "&a [*a]", "a: 1\na: 2", "- - 1\n  - 2",
    "a: y", "a: N", "a:", "a: ''", "# c", "key: value # c", "%YAML 1.1\n---\na: 1", "a: !!binary aGk=", "a: 12:30", "a: 0b11", "@a", "`a", "a: [1", "a: 08",
    "<<: {a: 1}", "a: 1\n<<: {a: 2}", "<<: [{a: 1}, {b: 2}]", "<<: 1", "\"a\": 1", "- a: 1\n  b: 2\n- c", "!!map {a: 1}", "!!set {a}", "x: 1.0", "x: 100000000000000000000",
    "x: 2024-13-45", "x: -", "x: +", "x: .", "x: NULL", "x: True", "x: TRUE", "x: tRue", "a: 'b", "x: 1e", "- ", "a: 2001-1-2",
]  # fmt: skip
TREES: list[object] = [
    {"a": "x\ny"}, {"a": "x\ny\n"}, {"a": "x\n\n"}, {"a": "\nx"}, {"a": " x\ny"}, {"a": "x \ny"}, {"a": "\n"}, ["x\ny\n"], "x\ny\n", [[1, 2], [3]],
    [[[1]]], {"a": {"b": [1, {"c": None, "d": [{}]}]}}, [{"a": 1, "b": 2}, {"c": [1]}], {"a": []}, {"a": {}}, [], {}, "", "yes", {"yes": "no"},
    "a: b", "#", "ä", "<b>&", "a\tb", "a\u2028b", "a\\b", '"', "x" * 200, "word " * 40, {"k" * 130: 1}, {"a b": [True, 1.5, None]}, [[], {}], {"a": [[1, 2]]},
    {"a": "x\r\ny"}, {"a": ["x\ny", {"b": "p\nq\n"}]}, "\u0007", "\x7f", "a\nb\u2028c", "tab\t\nx", {"": 1}, {"a\nb": 1}, S(["b", "a"]), "\U0001f600", 1e30, -0.5,
    "x" * 100 + "\n" + "y", " ", "x ", "\ufeff", [None], [["a\nb"]], {"a": {"b": "c\nd\n\n\n"}},
]  # fmt: skip
CSVS = ["a,b\n1,2\n3,4\n", "a\n1", "a,b", "", "a,a\n1,2", "a,b\n1", "a,b\n1,2,3", 'a\n"x,y"\n', 'a\n"x""y"', 'a\n"x\ny"\n', 'a\nx"y', 'a\n"x"y', "a\n\n1\n\n",
        "a,b\r\n1,2\r\n", 'a\n"x', " a , b \n 1 , 2 ", ",\n1,2", "a,\n1,2", "a\n,\n", '"a","b"\n"",""', "\n\na\n1", 'a,b\n1,"', "a;b\n1;2"]  # fmt: skip


def special() -> Iterator[tuple[str, tuple[object, ...]]]:
    """Calls that are worth asking, by function."""
    for text in (
        *TEXTS,
        "İ",
        "ŉ",
        "ǆ",
        "Σς",
        "x'y o'neil",
        "a.b",
        "e\u0301",
        "ﬁ",
        "a_b 1c",
        "don't-do",
        "\u00a0x\u00a0",
    ):
        for name in ("lower", "upper", "title", "chomp", "trimspace", "strrev", "length", "base64encode", "urlencode",
                     "md5", "sha1", "sha256", "sha512", "base64sha256", "base64sha512", "jsonencode", "basename", "dirname"):  # fmt: skip
            yield name, (text,)
    for text, part in product(TEXTS[:9], ("", "a", " ", ",", "Hello", "\n", "ü", "aH")):
        for name in ("split", "trim", "trimprefix", "trimsuffix", "startswith", "endswith", "strcontains"):
            yield name, (part, text) if name == "split" else (text, part)
    for text, offset, size in product(("hello", "日本語", ""), (0, 1, -2, 9, -9), (0, 2, -1, 99, -2)):
        yield "substr", (text, offset, size)
    yield from (("substr", args) for args in (("a", 1.5, 1), ("a", 0, 1.5), ("a\r\nb", 1, 1)))
    for spaces, text in product((0, 2, -1, 1.5, "2"), ("a\nb\n", "a", "")):
        yield "indent", (spaces, text)
    for value in VALUES:
        for name in ("tostring", "tonumber", "tobool", "tolist", "toset", "tomap", "jsonencode", "length", "keys", "values", "flatten",
                     "distinct", "sort", "compact", "reverse", "sum", "one", "alltrue", "anytrue", "coalesce", "merge", "transpose",
                     "setunion", "nonsensitive", "issensitive", "yamlencode", "format"):  # fmt: skip
            yield name, ("%v", value) if name == "format" else (value,)
    for text in (
        *TEXTS,
        "0",
        "false",
        "1",
        "True",
        "1e400",
        "-1.5e-3",
        "1e",
        "..",
        "٣",
        "1 ",
        "0b1",
        "Infinity",
        "NaN",
        "1e-400",
    ):
        yield from (("tonumber", (text,)), ("tobool", (text,)))
    for items in LISTS:
        for index in (0, 1, -1, 5, 1.5, "1", "x"):
            yield "element", (items, index)
        for start, end in ((0, 1), (1, 1), (1, 0), (-1, 1), (0, 9), (4, 4), (0.5, 1), (0, 1.5), (0, -1)):
            yield "slice", (items, start, end)
        for size in (0, 1, 2, -1, 1.5):
            yield "chunklist", (items, size)
        for value in ("a", 1, "1", True, None, {"a": 1}, ["b", "c"]):
            yield from (("contains", (items, value)), ("index", (items, value)))
        yield from (
            ("join", ("-", items)),
            ("join", ("", items, ["x"])),
            ("concat", (items, ["x"])),
            ("coalescelist", (items, [1])),
        )
        yield from (
            ("formatlist", ("%s!", items)),
            ("formatlist", ("%s-%s", "k", items)),
            ("setproduct", (items, ["x", "y"])),
        )
        yield from (
            ("zipmap", (["a", "b", "c"], items)),
            ("zipmap", (items, [1, 2, 3])),
            ("matchkeys", (items, items, ["a", 1])),
        )
        for other in (["a", "b"], [1, 2], S(["a"]), [], [[1]]):
            for name in ("setunion", "setintersection", "setsubtract", "setsymmetricdifference"):
                yield name, (items, other)
    for mapping in MAPS:
        for key in ("a", "x", "x y", 1, None):
            yield from (("lookup", (mapping, key)), ("lookup", (mapping, key, "d")), ("lookup", (mapping, key, None)))
        yield from (
            ("merge", (mapping, {"a": 9, "z": [1]})),
            ("merge", (None, mapping)),
            ("keys", (mapping,)),
            ("values", (mapping,)),
        )
    yield from _more()


def _more() -> Iterator[tuple[str, tuple[object, ...]]]:
    for number in NUMBERS:
        for name in ("abs", "ceil", "floor", "signum", "tostring", "jsonencode"):
            yield name, (number,)
        for other in (2, 10, 0, 0.5, -1, 1):
            yield from (
                ("log", (number, other)),
                ("pow", (number, other)),
                ("max", (number, other)),
                ("min", (number, other, 3)),
            )
    for text, base in product(
        ("10", "ff", "FF", "-7", "+7", "zZ", "", "1_0", "0x1f", "12.5", " 1", "9" * 40),
        (2, 10, 16, 36, 62, 1, 63, 10.5),
    ):
        yield "parseint", (text, base)
    yield from (("parseint", args) for args in ((1, 10), (True, 2), ("1", "2")))
    yield from (("range", args) for args in (
        (), (3,), (-3,), (0,), (1, 4), (4, 1), (0, 1, 0.25), (0, 10, 3), (10, 0, -4), (0, 1, 0), (0, 5, -1), (5, 0, 1), (1024,), (1025,),
        (1, 2, 3, 4), (0.5, 3), ("1", "3"), (1, 1), (0, 0.3, 0.1), (2.5,), (0, -1, -0.3)))  # fmt: skip
    yield from (
        ("sum", (items,))
        for items in ([0.1, 0.2], ["1", 2], [1, "x"], [1, None], {}, "x", [[1]], [1e30, 1], [True], S([1, 2]))
    )
    yield from (("coalesce", args) for args in (
        (), (None,), ("", "a"), (None, 1), ("", None), (1, "a"), ([], [1]), (None, [1]), ({}, {"a": 1}), (True, "x"), (0, 1), (None, ""), ([1], "a"),
        (None, None, {"a": 1}), (False, True), (1, True)))  # fmt: skip
    yield from (
        ("coalescelist", args)
        for args in ((), ([], []), (None, [1]), ([], ["a"]), ("a",), (S([]), [1]), ([1], None), ({}, [1]), (None,))
    )
    yield from ((name, args) for name in ("setproduct", "setunion", "concat", "merge", "max", "min", "join", "formatlist") for args in (
        (), (["a"],), (["a"], []), ([1], ["b"], [True]), (S(["b", "a"]), ["x"]), ([[1], [2]], ["x"]), ([1, "a"], [2]), (["a", [1]], ["x"]), ({"a": 1},)))  # fmt: skip
    yield from (
        ("zipmap", args)
        for args in (
            (["a"], [1]),
            (["a", "a"], [1, 2]),
            ([], []),
            ([1, 2], ["x", [1]]),
            (["a"], {"b": 1}),
            ([None], [1]),
            (["a", "b"], [1]),
        )
    )
    yield from (("matchkeys", args) for args in (
        (["a", "b"], ["x", "y"], ["y"]), (["a"], ["x", "y"], ["x"]), ([1, 2], [1, 2], ["2"]), (["a"], [[1]], ["x"]), ([], [], []), (["a", "b"], [1, None], [1]), (["a"], ["x"], [])))  # fmt: skip
    yield from (
        ("transpose", (value,))
        for value in (
            {"a": ["x", "y"], "b": ["x"]},
            {"a": []},
            {"a": [None]},
            {"a": None},
            {"a": "x"},
            {"b": [1], "a": ["1"]},
        )
    )
    yield from (("format", args) for args in FORMATS)
    yield from (("formatlist", args) for args in (
        ("%s", []), ("%s-%d", ["a", "b"], [1, 2]), ("%s-%d", ["a", "b"], [1]), ("%s",), ("x",), ("%d", ["x"]), ("%s", None), ("%v", {"a": 1}), ("%s%s", [], "a"), ("%s", S(["b", "a"])),
        ("%s", "a", "b"), ("%s", [["a"]]), ("%v", [["a"]]), ("%%",), ("x", ["a", "b"]), ("%s", [None]), ("%s-%s", [1], [2, 3], [4]), ("%v%v", ["a"], None)))  # fmt: skip
    yield from (("regex", args) for args in product(PATTERNS, SUBJECTS[:5]))
    yield from (("regexall", args) for args in product(PATTERNS, SUBJECTS))
    for pattern in PATTERNS:
        yield from (("replace", (subject, f"/{pattern}/", "<$1|${0}|$x|$$>")) for subject in SUBJECTS[:4])
    yield from (
        ("replace", args)
        for args in product(
            ("a.b.a", "", "日本", "a/b"), ("a", "", ".", "/", "//", "/a", "a.", "//b/"), ("", "X", "$0")
        )
    )
    yield from (
        ("replace", ("2024-01", "/(?P<y>\\d+)-(\\d+)/", text))
        for text in ("$2-$y", "${y}x", "$yx", "$", "$$1", "${", "${1", "$1$", "\\1", "$01", "${ 1}", "$é", "$-")
    )
    for prefix in CIDRS:
        yield from (("cidrnetmask", (prefix,)), ("cidrsubnets", (prefix, 4, 4, 8)), ("cidrsubnets", (prefix,)))
        yield from (("cidrhost", (prefix, number)) for number in (0, 1, 255, 256, -1, -256, -257, 2**64, 1.5, "2"))
        yield from (
            ("cidrsubnet", (prefix, bits, number))
            for bits, number in (
                (8, 1),
                (8, 255),
                (8, 256),
                (0, 0),
                (0, 1),
                (-1, 0),
                (16, -1),
                (2, 1.5),
                (32, 0),
                (8, "3"),
                (64, 5),
                (128, 2),
            )
        )
    yield from (
        ("cidrsubnets", ("10.0.0.0/16", *bits))
        for bits in ((8, 8), (1, 1, 1), (4, 8, 4, 8), (0,), (-1,), (17,), (33,), (1.5,), (2, 1, 2), (16,))
    )
    yield from (("cidrsubnets", ("fd00::/16", *bits)) for bits in ((8, 33), (32,), (112,), (113,)))
    yield from (("formatdate", args) for args in product(DATES, STAMPS[:4]))
    yield from (("formatdate", ("YYYY", stamp)) for stamp in STAMPS)
    yield from (("timeadd", args) for args in product(STAMPS[:4], DURATIONS))
    yield from (("timeadd", (stamp, "1h")) for stamp in STAMPS)
    yield from (("timecmp", args) for args in product(STAMPS[:6], STAMPS[:5]))
    yield from (("jsondecode", (text,)) for text in JSONS)
    yield from (("yamldecode", (text,)) for text in YAMLS)
    yield from (("yamlencode", (tree,)) for tree in TREES)
    yield from (("jsonencode", (tree,)) for tree in TREES)
    yield from (("csvdecode", (text,)) for text in CSVS)
    yield from (
        ("base64decode", (text,))
        for text in (
            "aGVsbG8=",
            "aGVsbG8",
            "a",
            "",
            "/w==",
            "aGVs\nbG8=",
            "aGVs bG8=",
            "_w==",
            "====",
            "aGVsbG9=",
            "aGVsbG8=aGVsbG8=",
        )
    )
    yield from (("base64gzip", (text,)) for text in ("", "hello"))
    for text, encoding in product(
        ("aé", "日本", "€"),
        (
            "UTF-16LE",
            "UTF-8",
            "utf-16be",
            "ISO-8859-1",
            "windows-1252",
            "Shift_JIS",
            "GBK",
            "Big5",
            "EUC-JP",
            "UTF-16",
            "US-ASCII",
            "nonsense",
            "",
        ),
    ):
        yield "textencodebase64", (text, encoding)
    yield from (
        ("textdecodebase64", args)
        for args in product(
            ("aGVsbG8=", "aGVsbG8", "YQDpAA==", "gg==", "/w=="),
            ("UTF-16LE", "UTF-8", "ISO-8859-1", "windows-1252", "Shift_JIS", "nonsense"),
        )
    )
    yield from (("uuidv5", (space, name)) for space in ("dns", "url", "oid", "x500", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "x", "", "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                "{6ba7b810-9dad-11d1-80b4-00c04fd430c8}", "6ba7b8109dad11d180b400c04fd430c8", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "6ba7b810-9dad-11d1-80b4-00c04fd430cz", "DNS") for name in ("a.example", ""))  # fmt: skip
    for path in (
        "a/b/c.txt",
        "/a/b/",
        "/",
        "",
        ".",
        "a",
        "../a",
        "a//b",
        "a/./b/../c",
        "//a/b",
        "a/b/..",
        "./x",
        "/..",
        "a/",
    ):
        yield from (("basename", (path,)), ("dirname", (path,)))
    for path in (
        "text.txt",
        "folder/deep.txt",
        "missing.txt",
        "folder",
        "binary.dat",
        "",
        "./text.txt",
        "bom.txt",
        "folder/../text.txt",
    ):
        yield from (
            (name, (path,))
            for name in (
                "file",
                "filebase64",
                "filebase64sha256",
                "filebase64sha512",
                "fileexists",
                "filemd5",
                "filesha1",
                "filesha256",
                "filesha512",
            )
        )
    yield from (("fileset", (path, pattern)) for path in (".", "folder", "missing", "", "./folder/") for pattern in (
        "*", "**", "*.txt", "**/*.txt", "{text,bom}.txt", "t?xt.txt", "[tb]*", "folder/*", "../*", "[", "x/**", "*.none", "{a", "[!t]*", "./*", ""))  # fmt: skip


def wrong() -> Iterator[tuple[str, tuple[object, ...]]]:
    """For every function: too few and too many arguments, null, and values of every other kind."""
    for name, (module, signature) in TABLE.items():
        if not module or "::" in name:
            continue
        parameters = signature.split()
        usual = [_usual(parameter) for parameter in parameters]
        yield name, ()
        yield name, tuple(usual[:-1])
        yield name, (*usual, "x", "y", "z")
        for position in range(len(usual)):
            for value in (None, [1], {"a": 1}, "x", True, [[1]], 2.5, S(["a"]), ["a", {"b": 1}]):
                yield name, (*usual[:position], value, *usual[position + 1 :])
    yield from (
        (name, ("a",))
        for name in (
            "uper",
            "to_string",
            "list",
            "map",
            "jsonencod",
            "core::upper",
            "core::nope",
            "aws::x",
            "Upper",
            "strlen",
            "foreach",
        )
    )


def _usual(parameter: str) -> object:
    kind = parameter.partition(":")[2].rstrip("?*")
    return {"string": "a", "number": 1, "any": ["a"], "map(list(string))": {"a": ["b"]}}.get(kind, ["true"])
