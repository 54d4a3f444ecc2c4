"""The values that arguments of providers were probed with; each is there to tell formats apart.

Their order is that of the bits in ``Constraint.refused``: new ones go to the end.
"""

from __future__ import annotations

import base64

ACCOUNT = "123456789012"
ENORMOUS = "z" * 20_001
POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}'

STRINGS: dict[str, str] = {
    "nonsense": "zq7-nonsense_Value",
    "empty": "",
    "enormous": ENORMOUS,
    "long": "z" * 300,
    "letter": "a",
    "space": "two words",
    "punctuation": "!$%&?=~",
    "upper": "UPPERCASE",
    "lower": "lowercase",
    "hyphens": "-starts--and-ends-",
    "underscore": "under_score",
    "slash": "/path/to/it",
    "digits": "1234567",
    "digit": "5",
    "negative": "-1",
    "unicode": "grün☃",
    "ipv4": "10.1.2.3",
    "ipv6": "2001:db8::1",
    "cidr": "10.1.0.0/16",
    "cidr_host": "10.1.2.3/16",
    "cidr6": "2001:db8::/56",
    "arn_role": f"arn:aws:iam::{ACCOUNT}:role/example",
    "arn_bucket": "arn:aws:s3:::example-bucket",
    "arn_key": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn_broken": "arn:aws:nothing",
    "json_object": "{}",
    "json_array": "[]",
    "json_broken": '{"a": ',
    "policy": POLICY,
    "rfc3339": "2030-01-02T03:04:05Z",
    "date": "2030-01-02",
    "http": "http://example.com/path",
    "https": "https://example.com/path",
    "s3": "s3://example-bucket/key",
    "domain": "www.example.com",
    "email": "someone@example.com",
    "account": ACCOUNT,
    "region": "us-east-1",
    "zone": "us-east-1a",
    "cron": "cron(0 12 * * ? *)",
    "rate": "rate(5 minutes)",
    "window_daily": "04:00-05:00",
    "window_weekly": "sun:04:00-sun:05:00",
    "duration": "1h30m",
    "base64": base64.b64encode(b"some bytes of no meaning").decode(),
    "uuid": "1234abcd-12ab-34cd-56ef-1234567890ab",
    "yaml": "a: [1\nb: }",
    "xml": "<a><b/></a>",
    "true": "true",
}

NUMBERS: dict[str, int | float] = {
    "minus_million": -1_000_000,
    "minus_one": -1,
    "zero": 0,
    "one": 1,
    "two": 2,
    "seven": 7,
    "thirty": 30,
    "hundred": 100,
    "year": 365,
    "thousand": 1000,
    "hour": 3600,
    "port": 65_535,
    "hundred_thousand": 100_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "half": 1.5,
}
