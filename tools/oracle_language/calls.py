# tables are easier to read in long lines
"""The calls that are put to Terraform: ordinary ones, edges, and wrong ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TypeAlias

from onetake.frontends.terraform.functions.table import TABLE
from tools.oracle_language.inputs import (
    CIDRS,
    CSVS,
    DATES,
    DURATIONS,
    FORMATS,
    JSONS,
    LISTS,
    MAPS,
    NUMBERS,
    PATTERNS,
    STAMPS,
    SUBJECTS,
    TEXTS,
    TREES,
    VALUES,
    YAMLS,
    S,
)

Calls: TypeAlias = Iterator[tuple[str, tuple[object, ...]]]


def special() -> Calls:
    """Calls that are worth asking, by topic."""
    for topic in (_texts, _values, _lists, _maps, _numbers, _several_collections, _formats, _patterns, _networks, _times, _encodings, _paths):  # fmt: skip
        yield from topic()


def several(name: str, calls: Iterable[tuple[object, ...]]) -> Calls:
    """One function with several lists of arguments."""
    return ((name, arguments) for arguments in calls)


def singly(name: str, values: Iterable[object]) -> Calls:
    """One function with one argument at a time."""
    return ((name, (value,)) for value in values)


def _texts() -> Calls:
    for text in (*TEXTS, "İ", "ŉ", "ǆ", "Σς", "x'y o'neil", "a.b", "e\u0301", "ﬁ", "a_b 1c", "don't-do", "\u00a0x\u00a0"):  # fmt: skip
        for name in ("lower", "upper", "title", "chomp", "trimspace", "strrev", "length", "base64encode", "urlencode",
                     "md5", "sha1", "sha256", "sha512", "base64sha256", "base64sha512", "jsonencode", "basename", "dirname"):  # fmt: skip
            yield name, (text,)
    for text, part in product(TEXTS[:9], ("", "a", " ", ",", "Hello", "\n", "ü", "aH")):
        for name in ("split", "trim", "trimprefix", "trimsuffix", "startswith", "endswith", "strcontains"):
            yield name, (part, text) if name == "split" else (text, part)
    for text, offset, size in product(("hello", "日本語", ""), (0, 1, -2, 9, -9), (0, 2, -1, 99, -2)):
        yield "substr", (text, offset, size)
    yield from several("substr", (("a", 1.5, 1), ("a", 0, 1.5), ("a\r\nb", 1, 1)))
    for spaces, text in product((0, 2, -1, 1.5, "2"), ("a\nb\n", "a", "")):
        yield "indent", (spaces, text)
    for text in (*TEXTS, "0", "false", "1", "True", "1e400", "-1.5e-3", "1e", "..", "٣", "1 ", "0b1", "Infinity", "NaN", "1e-400"):  # fmt: skip
        yield from (("tonumber", (text,)), ("tobool", (text,)))


def _values() -> Calls:
    for value in VALUES:
        for name in ("tostring", "tonumber", "tobool", "tolist", "toset", "tomap", "jsonencode", "length", "keys", "values", "flatten",
                     "distinct", "sort", "compact", "reverse", "sum", "one", "alltrue", "anytrue", "coalesce", "merge", "transpose",
                     "setunion", "nonsensitive", "issensitive", "yamlencode", "format"):  # fmt: skip
            yield name, ("%v", value) if name == "format" else (value,)


def _lists() -> Calls:
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


def _maps() -> Calls:
    for mapping in MAPS:
        for key in ("a", "x", "x y", 1, None):
            yield from (("lookup", (mapping, key)), ("lookup", (mapping, key, "d")), ("lookup", (mapping, key, None)))
        yield from (
            ("merge", (mapping, {"a": 9, "z": [1]})),
            ("merge", (None, mapping)),
            ("keys", (mapping,)),
            ("values", (mapping,)),
        )


def _numbers() -> Calls:
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
    yield from several("parseint", ((1, 10), (True, 2), ("1", "2")))
    yield from several("range", (
        (), (3,), (-3,), (0,), (1, 4), (4, 1), (0, 1, 0.25), (0, 10, 3), (10, 0, -4), (0, 1, 0), (0, 5, -1), (5, 0, 1), (1024,), (1025,),
        (1, 2, 3, 4), (0.5, 3), ("1", "3"), (1, 1), (0, 0.3, 0.1), (2.5,), (0, -1, -0.3)))  # fmt: skip
    yield from singly("sum", ([0.1, 0.2], ["1", 2], [1, "x"], [1, None], {}, "x", [[1]], [1e30, 1], [True], S([1, 2])))


def _several_collections() -> Calls:
    yield from several("coalesce", (
        (), (None,), ("", "a"), (None, 1), ("", None), (1, "a"), ([], [1]), (None, [1]), ({}, {"a": 1}), (True, "x"), (0, 1), (None, ""), ([1], "a"),
        (None, None, {"a": 1}), (False, True), (1, True)))  # fmt: skip
    yield from several(
        "coalescelist", ((), ([], []), (None, [1]), ([], ["a"]), ("a",), (S([]), [1]), ([1], None), ({}, [1]), (None,))
    )
    mixed: list[tuple[object, ...]] = [
        (), (["a"],), (["a"], []), ([1], ["b"], [True]), (S(["b", "a"]), ["x"]), ([[1], [2]], ["x"]), ([1, "a"], [2]), (["a", [1]], ["x"]), ({"a": 1},)]  # fmt: skip
    for name in ("setproduct", "setunion", "concat", "merge", "max", "min", "join", "formatlist"):
        yield from several(name, mixed)
    yield from several(
        "zipmap",
        (
            (["a"], [1]),
            (["a", "a"], [1, 2]),
            ([], []),
            ([1, 2], ["x", [1]]),
            (["a"], {"b": 1}),
            ([None], [1]),
            (["a", "b"], [1]),
        ),
    )
    yield from several("matchkeys", (
        (["a", "b"], ["x", "y"], ["y"]), (["a"], ["x", "y"], ["x"]), ([1, 2], [1, 2], ["2"]), (["a"], [[1]], ["x"]), ([], [], []), (["a", "b"], [1, None], [1]), (["a"], ["x"], [])))  # fmt: skip
    yield from singly(
        "transpose",
        (
            {"a": ["x", "y"], "b": ["x"]},
            {"a": []},
            {"a": [None]},
            {"a": None},
            {"a": "x"},
            {"b": [1], "a": ["1"]},
        ),
    )


def _formats() -> Calls:
    yield from several("format", FORMATS)
    yield from several("formatlist", (
        ("%s", []), ("%s-%d", ["a", "b"], [1, 2]), ("%s-%d", ["a", "b"], [1]), ("%s",), ("x",), ("%d", ["x"]), ("%s", None), ("%v", {"a": 1}), ("%s%s", [], "a"), ("%s", S(["b", "a"])),
        ("%s", "a", "b"), ("%s", [["a"]]), ("%v", [["a"]]), ("%%",), ("x", ["a", "b"]), ("%s", [None]), ("%s-%s", [1], [2, 3], [4]), ("%v%v", ["a"], None)))  # fmt: skip


def _patterns() -> Calls:
    yield from several("regex", product(PATTERNS, SUBJECTS[:5]))
    yield from several("regexall", product(PATTERNS, SUBJECTS))
    for pattern in PATTERNS:
        yield from (("replace", (subject, f"/{pattern}/", "<$1|${0}|$x|$$>")) for subject in SUBJECTS[:4])
    yield from several(
        "replace", product(("a.b.a", "", "日本", "a/b"), ("a", "", ".", "/", "//", "/a", "a.", "//b/"), ("", "X", "$0"))
    )
    yield from (
        ("replace", ("2024-01", "/(?P<y>\\d+)-(\\d+)/", text))
        for text in ("$2-$y", "${y}x", "$yx", "$", "$$1", "${", "${1", "$1$", "\\1", "$01", "${ 1}", "$é", "$-")
    )


def _networks() -> Calls:
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


def _times() -> Calls:
    yield from several("formatdate", product(DATES, STAMPS[:4]))
    yield from (("formatdate", ("YYYY", stamp)) for stamp in STAMPS)
    yield from several("timeadd", product(STAMPS[:4], DURATIONS))
    yield from (("timeadd", (stamp, "1h")) for stamp in STAMPS)
    yield from several("timecmp", product(STAMPS[:6], STAMPS[:5]))


def _encodings() -> Calls:
    yield from singly("jsondecode", JSONS)
    yield from singly("yamldecode", YAMLS)
    yield from singly("yamlencode", TREES)
    yield from singly("jsonencode", TREES)
    yield from singly("csvdecode", CSVS)
    yield from singly(
        "base64decode",
        (
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
        ),
    )
    yield from singly("base64gzip", ("", "hello"))
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
    yield from several(
        "textdecodebase64",
        product(
            ("aGVsbG8=", "aGVsbG8", "YQDpAA==", "gg==", "/w=="),
            ("UTF-16LE", "UTF-8", "ISO-8859-1", "windows-1252", "Shift_JIS", "nonsense"),
        ),
    )
    yield from (("uuidv5", (space, name)) for space in ("dns", "url", "oid", "x500", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "x", "", "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8",
                "{6ba7b810-9dad-11d1-80b4-00c04fd430c8}", "6ba7b8109dad11d180b400c04fd430c8", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "6ba7b810-9dad-11d1-80b4-00c04fd430cz", "DNS") for name in ("a.example", ""))  # fmt: skip
    for path in ("text.txt", "folder/deep.txt", "missing.txt", "folder", "binary.dat", "", "./text.txt", "bom.txt", "folder/../text.txt"):  # fmt: skip
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


def _paths() -> Calls:
    for path in ("a/b/c.txt", "/a/b/", "/", "", ".", "a", "../a", "a//b", "a/./b/../c", "//a/b", "a/b/..", "./x", "/..", "a/"):  # fmt: skip
        yield from (("basename", (path,)), ("dirname", (path,)))
    yield from (("fileset", (path, pattern)) for path in (".", "folder", "missing", "", "./folder/") for pattern in (
        "*", "**", "*.txt", "**/*.txt", "{text,bom}.txt", "t?xt.txt", "[tb]*", "folder/*", "[", "x/**", "*.none", "{a", "[!t]*", "./*", ""))  # fmt: skip


def wrong() -> Calls:
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
