"""Texts of the kinds that arguments of AWS resources take: some argument or other accepts each."""

from __future__ import annotations

_ACCOUNT = "123456789012"
_HEX = "0123456789abcdef0"
_UUID = "1234abcd-12ab-34cd-56ef-1234567890ab"
_REGIONAL = f"arn:aws:{{}}:us-east-1:{_ACCOUNT}:{{}}"


def _identifiers() -> list[str]:
    prefixes = (
        "vpc subnet sg ami i vol snap eni rtb igw nat eipalloc lt pcx tgw tgw-attach tgw-rtb vpce vgw cgw vpn acl fs "
        "fsmt fsap fsvol fsvol-backup svm pb mw ni pl dopt ipam ipam-pool ipam-scope cvpn-endpoint rslvr-in rslvr-out "
        "rslvr-rr rslvr-rrset fr h lgw cagw sgw vol-attach asg cr r ou a p rt ruleset nhi core-network attachment "
        "global-network device link site svc svcarn sn tg listener rule dom custom d db cluster lag dxcon dxvif "
        "dxlag ws wsb st s as c e q j key env eipassoc ssoins ps d- ccoe backup file task loc agent rcp"
    )
    return [f"{prefix}-{_HEX}" for prefix in prefixes.split()]


def _arns() -> list[str]:
    resources = (
        "sns:topic|sqs:queue|lambda:function:example|lambda:function:example:1|lambda:layer:example:1|"
        "kms:alias/example|ec2:instance/i-0123456789abcdef0|ec2:subnet/subnet-0123456789abcdef0|"
        "ec2:vpc/vpc-0123456789abcdef0|ec2:transit-gateway/tgw-0123456789abcdef0|rds:db:example|"
        "rds:cluster:example|secretsmanager:secret:example-AbCdEf|ssm:parameter/example|"
        "logs:log-group:example|logs:log-group:example:*|kinesis:stream/example|firehose:deliverystream/example|"
        "dynamodb:table/example|states:stateMachine:example|ecs:cluster/example|ecs:service/example/example|"
        "elasticloadbalancing:loadbalancer/app/example/0123456789abcdef|events:event-bus/example|"
        "elasticloadbalancing:targetgroup/example/0123456789abcdef|events:rule/example|"
        "acm:certificate/1234abcd-12ab-34cd-56ef-1234567890ab|codestar-connections:connection/1234abcd|"
        "autoscaling:autoScalingGroup:1234abcd-12ab-34cd-56ef-1234567890ab:autoScalingGroupName/example|"
        "cognito-idp:userpool/us-east-1_AbCdEfGhI|datasync:location/loc-0123456789abcdef0|"
        "datasync:agent/agent-0123456789abcdef0|imagebuilder:image-recipe/example/1.0.0|"
        "imagebuilder:infrastructure-configuration/example|imagebuilder:distribution-configuration/example|"
        "imagebuilder:component/example/1.0.0/1|imagebuilder:container-recipe/example/1.0.0|"
        "evidently:project/example|kafka:cluster/example/1234abcd-12ab-34cd-56ef-1234567890ab-1|"
        "elasticfilesystem:file-system/fs-0123456789abcdef0|elasticfilesystem:access-point/fsap-0123456789abcdef0|"
        "storagegateway:gateway/sgw-12A3456B|s3-outposts:outpost/op-0123456789abcdef0/accesspoint/example|"
        "wafv2:regional/webacl/example/1234abcd|sagemaker:model/example|sagemaker:image/example|"
        "apigateway:/restapis/abcdef1234|backup:backup-vault:example|glue:database/example|ivs:channel/AbCdEf|"
        "mediaconnect:flow:1-2:example|servicediscovery:service/srv-0123|vpc-lattice:service/svc-0123456789abcdef0|"
        "resource-groups:group/example|airflow:environment/example|codebuild:project/example|"
        "codepipeline:example|codecommit:example|opensearch:domain/example|es:domain/example"
    )
    found = [_REGIONAL.format(*text.split(":", 1)) for text in resources.split("|")]
    return [
        *found,
        f"arn:aws:iam::{_ACCOUNT}:user/example",
        f"arn:aws:iam::{_ACCOUNT}:group/example",
        f"arn:aws:iam::{_ACCOUNT}:instance-profile/example",
        f"arn:aws:iam::{_ACCOUNT}:server-certificate/example",
        f"arn:aws:iam::{_ACCOUNT}:saml-provider/example",
        f"arn:aws:iam::{_ACCOUNT}:root",
        f"arn:aws:iam::{_ACCOUNT}:federated-user/example",
        f"arn:aws:sts::{_ACCOUNT}:assumed-role/example/session",
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "arn:aws:s3:::example-bucket/key",
        "arn:aws:s3:::example-bucket/*",
        "arn:aws:automate:us-east-1:ec2:stop",
        "arn:aws:automate:us-east-1:ec2:recover",
        f"arn:aws:swf:us-east-1:{_ACCOUNT}:action/actions/AWS_EC2.InstanceId.Stop/1.0",
        f"arn:aws:organizations::{_ACCOUNT}:organization/o-abcdefghij",
        f"arn:aws:organizations::{_ACCOUNT}:ou/o-abcdefghij/ou-abcd-12345678",
        "arn:aws:sso:::instance/ssoins-0123456789abcdef",
        "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef",
        f"arn:aws:globalaccelerator::{_ACCOUNT}:accelerator/1234abcd",
        f"arn:aws:networkmanager::{_ACCOUNT}:global-network/global-network-0123456789abcdef0",
        f"arn:aws-us-gov:iam::{_ACCOUNT}:role/example",
        "arn:aws:cloudwatch::123456789012:alarm:example",
        "arn:aws:imagebuilder:us-east-1:aws:component/amazon-cloudwatch-agent-linux/1.0.0",
        "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2-x86/x.x.x",
        "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2",
    ]


TYPICAL: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *_identifiers(),
            *_arns(),
            *("example", "Example", "EXAMPLE", "example-name", "example_name", "example.name", "ExampleName1", "e1"),
            *("my-example-name-1", "example/name", "/example/name", "/example/", "//example", "example:name", "ex"),
            *("ab", "abc", "abcd", "abcde", "abcdefghij", "0123456789", "0", "1", "10", "100", "65535", "1024-2048"),
            *("80", "443", "80-90", "1.0", "1.0.0", "1.2.3", "1.2.x", "x.x.x", "v1.2.3", "12.34", "5.7", "8.0.mysql"),
            *("alias/example", "alias/aws/s3", "custom-oracle-ee", "custom-sqlserver-se", "$LATEST", "$default"),
            *("mrk-1234abcd12ab34cd56ef1234567890ab", "1234abcd12ab34cd56ef1234567890ab", _UUID.upper()),
            *("us-east-1_AbCdEfGhI", f"us-east-1:{_UUID}", f"{_ACCOUNT}", "us-east-1:example", "us-west-2", "use1-az1"),
            *("+15555550100", "+1 555 555 0100", "555-0100", "US", "us", "USA", "en-US", "en", "eng", "UTC"),
            *("America/New_York", "2030-01-02T03:04:05", "2030-01-02 03:04:05", "2030-01-02T03:04:05.678Z", "03:04"),
            *("03:04:05", "Mon:03:04", "mon:03:04-mon:05:06", "MON", "JAN", "1d", "30m", "PT1H", "P1D", "P1Y2M", "1h"),
            *("cron(0 12 ? * MON *)", "rate(1 day)", "at(2030-01-02T03:04:05)", "0 12 * * *", "rate(1 hour)"),
            *("example.com", "example.com.", "*.example.com", "a.b.example.com", "_acme.example.com", "localhost"),
            *("https://example.com", "http://example.com:8080", "https://example.com/path?query=1", "redis://h:6379"),
            *("s3://example-bucket", "s3://example-bucket/", "s3://example-bucket/a/b/", "example-bucket/key", "git@x"),
            *("example--use1-az1--x-s3", "aws:ec2:stop-instances", "aws.partner/example.com/1", "aws.ec2", "aws/s3"),
            *("AWS::EC2::Instance", "AWS::S3::Bucket", "Example::Service::Type", "AWS::S3::Bucket::MODULE", "AWS/EC2"),
            *("lambda:InvokeFunction", "s3:GetObject", "s3:*", "*", "ec2:*", "iam:PassRole", "lambda:*"),
            *("dzd_abcdefghij", "dzd-abcdefghij", "ou-abcd-12345678", "r-abcd", "o-abcdefghij", "s-0123456789abcdef0"),
            *("t3.micro", "db.t3.micro", "cache.t3.micro", "ml.t3.medium", "dc2.large", "m5", "c5.large.search"),
            *("10.0.0.0/8", "10.0.0.0/28", "169.254.6.0/29", "169.254.0.0/16", "192.168.0.0/16", "fd00::/125", "::1"),
            *("224.0.0.1", "0.0.0.0/0", "::/0", "10.0.0.1-10.0.0.9", "10.0.0.1@tcp", "1.2.3.4:80", "65000", "64512.1"),
            *("rest/abc", "integration.request.header.X", "method.request.querystring.x", "$.body", "$request.body.x"),
            *("ROOT", "PERCENT_OF_TOTAL", "BATCH_JOB", "Owner", "Key=Value", "key=value", "key:value", "tag:Name"),
            *("SELECT 1", "string", "int", "bigint", "text", "frozen<list<int>>", "map<text,int>", "decimal(10,2)"),
            *("Your code is {####}", "code {####} for {username}", "{username} {####}", "{##Click##}", "${aws:x}"),
            *("aa:bb:cc:dd:ee:ff", "AA-BB", "#ff0000", "ff0000", "0x1f", "50%", "1.5", "-0.5", "1e3", "true", "false"),
            *(
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ x",
            ),
            *(
                "first line\nsecond line",
                "Example text, with signs.",
                "a b",
                "two words here",
                "A1!bcdefgh",
                "Passw0rd!",
            ),
            *("spot(8)", "r5.large", "prod", "dev", "test-1", "team.A", "user@example.com", "User <user@example.com>"),
            *("dkr.ecr.us-east-1.amazonaws.com/x:latest", f"{_ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/x:1", "nginx:1"),
            *(
                "index.html",
                "key.json",
                "a/b/c.txt",
                "/mnt/data",
                "/dev/sdf",
                "xvdf",
                "/",
                "C:\\data",
                "\\\\host\\share",
            ),
            *(f"fs-{_HEX[:8]}", "lt-0123456789", "i-01234567", "tgw-attach-0123456789abcdef0", "srv-abcdefgh01234567"),
            *(
                "ns-abcdefgh01234567",
                "Z0123456789ABCDEFGHIJ",
                "E2EXAMPLE1ABCDE",
                "AKIAIOSFODNN7EXAMPLE",
                "AROAEXAMPLEID",
            ),
            *("172.16.0.0/12", "172.20.0.0/16", "172.31.0.0/20", "10.100.0.0/16", "169.254.10.0/30", "fd12:3456::/126"),
            *("100.64.0.0/16", "198.19.0.0/16", "11.0.0.0/16", "fd00:10:20::/125", "2001:db8::/56", "10.0.1.0@tcp"),
            *("s3://example-bucket/Some_Path/Data.v1/", "s3://example.bucket/Key+x=1/(a)", "s3://x/a/b.tar.gz"),
            *("https://example.com/Path_1?x=1#y", "https://s3.us-east-1.amazonaws.com/bucket/Key_1", "HTTPS://X.COM"),
            *("https://sqs.us-east-1.amazonaws.com/123456789012/Queue_1.fifo", "postgresql://u:p@h:5432/d", "off"),
            *("alias/My-Key_1", "v1.19.0-eksbuild.5", "8.0.mysql_aurora.3.04.0", "15.4", "LATEST", "$DEFAULT", "none"),
            *("99.9", "+5", "-1", "100%", "cron(0/15 * ? * MON-FRI *)", "rate(5 minutes)", "cron(0 9 1 * ? 2030)"),
            *("PT10S", "PT5M", "sun:05:00-sun:06:00", "05:00-06:00", "traffic-port", "default", "all", "ALL", "-"),
            *("Z1D633PJN98FT9", "us-gov-west-1_Abc", "first.last+tag@sub.example.co.uk", "my_host.example.com."),
            *("/aws/lambda/My_Function-1", "/aws/vendedlogs/states/x", "My.Name", "name@1", "1#2", "a,b", "[a-z]+"),
            *("MyOrg::Service::Type", "aws.partner/auth0.com/x-y/z", "lambda:InvokeFunctionUrl", "/mnt/My_Dir-1.x"),
            *("arn:aws:sns:us-east-1:123456789012:My_Topic.fifo", "arn:aws:iam::123456789012:role/path/My-Role_1"),
            *("arn:aws:lambda:us-east-1:123456789012:function:My_Fn:PROD", "custom-oracle-ee-cdb", "oracle-se2"),
            *("arn:aws:events:us-east-1:123456789012:event-bus/My_Bus", "blackhole", "10.0.[1-5].0@tcp", "a=b&c=d"),
            *("Ünïcode-名前", "text with, signs; and (parens)!", "#!/bin/bash", "<x>&amp;", "0123", "$.a[0]", "%{b}"),
            *("a-abcd1234", "d-0123456789", "d-9067012345", "a" * 36, "a" * 20, "a" * 32, "A" * 10, "0" * 10, "1" * 36),
        ]
    )
)
