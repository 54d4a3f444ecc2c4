"""Every function: the module that has it, and its parameters.

A parameter is ``name:type``, with ``?`` where null is allowed and ``*`` where any number of arguments follow.
Functions that Terraform hides behind a namespace are written with it.
"""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    name: (module, parameters)
    for module, functions in {
        "text": {
            "chomp": "str:string",
            "endswith": "str:string suffix:string",
            "indent": "spaces:number str:string",
            "join": "separator:string lists:list(string)*",
            "lower": "str:string",
            "split": "separator:string str:string",
            "startswith": "str:string prefix:string",
            "strcontains": "str:string substr:string",
            "strrev": "str:string",
            "substr": "str:string offset:number length:number",
            "templatestring": "template:string vars:any",
            "title": "str:string",
            "trim": "str:string cutset:string",
            "trimprefix": "str:string prefix:string",
            "trimspace": "str:string",
            "trimsuffix": "str:string suffix:string",
            "upper": "str:string",
        },
        "patterns": {
            "regex": "pattern:string string:string",
            "regexall": "pattern:string string:string",
            "replace": "str:string substr:string replace:string",
        },
        "formatting": {
            "format": "format:string args:any?*",
            "formatlist": "format:string args:any?*",
        },
        "numbers": {
            "abs": "num:number",
            "ceil": "num:number",
            "floor": "num:number",
            "log": "num:number base:number",
            "max": "numbers:number*",
            "min": "numbers:number*",
            "parseint": "number:any base:number",
            "pow": "num:number power:number",
            "range": "params:number*",
            "signum": "num:number",
            "sum": "list:any",
        },
        "collections": {
            "alltrue": "list:list(bool)",
            "anytrue": "list:list(bool)",
            "chunklist": "list:list(any) size:number",
            "coalesce": "vals:any?*",
            "coalescelist": "vals:any?*",
            "compact": "list:list(string)",
            "concat": "seqs:any*",
            "contains": "list:any value:any",
            "distinct": "list:list(any)",
            "element": "list:any index:number",
            "flatten": "list:any",
            "index": "list:any value:any",
            "length": "value:any",
            "one": "list:any",
            "reverse": "list:any",
            "slice": "list:any start_index:number end_index:number",
            "sort": "list:list(string)",
        },
        "mappings": {
            "keys": "inputMap:any",
            "lookup": "inputMap:any key:string default:any?*",
            "matchkeys": "values:list(any) keys:list(any) searchset:list(any)",
            "merge": "maps:any?*",
            "transpose": "values:map(list(string))",
            "values": "mapping:any",
            "zipmap": "keys:list(string) values:any",
        },
        "sets": {
            "setintersection": "first_set:set(any) other_sets:set(any)*",
            "setproduct": "sets:any*",
            "setsubtract": "a:set(any) b:set(any)",
            "setunion": "first_set:set(any) other_sets:set(any)*",
        },
        "types": {
            "tobool": "v:any?",
            "tolist": "v:any?",
            "tomap": "v:any?",
            "tonumber": "v:any?",
            "toset": "v:any?",
            "tostring": "v:any?",
        },
        "marks": {
            "ephemeralasnull": "value:any?",
            "issensitive": "value:any?",
            "nonsensitive": "value:any?",
            "sensitive": "value:any?",
        },
        "json_text": {
            "jsondecode": "str:string",
            "jsonencode": "val:any?",
        },
        "yaml_decoding": {"yamldecode": "src:string"},
        "yaml_encoding": {"yamlencode": "value:any?"},
        "encoding": {
            "base64decode": "str:string",
            "base64encode": "str:string",
            "base64gunzip": "str:string",
            "base64gzip": "str:string",
            "csvdecode": "str:string",
            "textdecodebase64": "source:string encoding:string",
            "textencodebase64": "string:string encoding:string",
            "urldecode": "str:string",
            "urlencode": "str:string",
        },
        "hashing": {
            "base64sha256": "str:string",
            "base64sha512": "str:string",
            "md5": "str:string",
            "sha1": "str:string",
            "sha256": "str:string",
            "sha512": "str:string",
            "uuidv5": "namespace:string name:string",
        },
        "network": {
            "cidrcontains": "containing_prefix:string contained_ip_or_prefix:string",
            "cidrhost": "prefix:string hostnum:number",
            "cidrnetmask": "prefix:string",
            "cidrsubnet": "prefix:string newbits:number netnum:number",
            "cidrsubnets": "prefix:string newbits:number*",
        },
        "time": {
            "formatdate": "format:string time:string",
            "timeadd": "timestamp:string duration:string",
            "timecmp": "timestamp_a:string timestamp_b:string",
        },
        "files": {
            "basename": "path:string",
            "dirname": "path:string",
            "file": "path:string",
            "filebase64": "path:string",
            "filebase64sha256": "path:string",
            "filebase64sha512": "path:string",
            "fileexists": "path:string",
            "filemd5": "path:string",
            "fileset": "path:string pattern:string",
            "filesha1": "path:string",
            "filesha256": "path:string",
            "filesha512": "path:string",
            "templatefile": "path:string vars:any",
        },
        "arns": {
            "provider::aws::arn_build": (
                "partition:string service:string region:string account_id:string resource:string"
            ),
            "provider::aws::arn_parse": "arn:string",
            "provider::aws::trim_iam_role_path": "arn:string",
        },
        # What depends on the machine, the moment or a private key.
        "": {
            "abspath": "path:string",
            "bcrypt": "str:string cost:number*",
            "pathexpand": "path:string",
            "plantimestamp": "",
            "rsadecrypt": "ciphertext:string privatekey:string",
            "timestamp": "",
            "uuid": "",
        },
    }.items()
    for name, parameters in functions.items()
}

NEEDS_FILES = frozenset(name for name, (module, _) in TABLE.items() if module == "files") - {"basename", "dirname"}
NEEDS_TEMPLATE = frozenset({"templatefile", "templatestring"})
