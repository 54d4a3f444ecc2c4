"""The pages of findings that no rule file makes: those of the readers and of the suppressions."""

from __future__ import annotations

_TEMPLATE = (
    "Each text of a resource reaches Terraform as it is, and there ``${...}`` and ``%{...}`` are templates: variables\n"
    "of a shell in user data, variables of IAM in a policy, formats of logs. Terraform stops at ``validate``,\n"
    "whatever the program declares. A doubled mark, ``$${...}``, stands for the letters. Told in Terraform's words of\n"
    "texts that are written out, where nothing filled in may belong to the template: syntax errors, functions that\n"
    "do not exist, and names alone. References are left alone, since the library names the resources. How letters are\n"
    "written: https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences."
)
_EXPRESSION = (
    '``vpc_id = "aws_vpc.main.id"`` gives AWS the letters. Told of a whole text that is a reference to an attribute\n'
    "which the AWS provider has, or a call of a function that only Terraform has (``jsonencode``, ``cidrsubnet``,\n"
    "``filebase64``); comments and descriptions are left alone."
)

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
    "cloudformation-parameter-invalid": (
        "A parameter with a value that its declaration does not admit.\n\n"
        "CloudFormation compares every given value with AllowedValues, AllowedPattern and the bounds of the parameter\n"
        "before anything is created."
    ),
    "cloudformation-structure": (
        "A part of a template that has the wrong shape.\n\n"
        "Sections, resources and properties are objects, and every resource has a type. CloudFormation refuses the\n"
        "template before anything is created."
    ),
    "cloudformation-syntax": (
        "A template that is neither JSON nor YAML.\n\n"
        "CloudFormation cannot parse it. The place shown is where parsing stopped, which may lie behind the mistake."
    ),
    "cloudformation-unresolved-reference": (
        "A reference to something that the template does not declare.\n\n"
        "Ref, Fn::GetAtt, Fn::Sub and DependsOn may only name resources and parameters of the same template. It is\n"
        "refused before anything is created."
    ),
    "go-expression-as-text": (f"An expression of Terraform that is only a text.\n\n{_EXPRESSION}"),
    "go-invalid-template": (f"A text that Terraform takes for a template of its own, and cannot read.\n\n{_TEMPLATE}"),
    "go-map-key-dropped": (
        "A map whose keys are not those of the library, where Go takes anything.\n\n"
        "Many properties are ``interface{}`` in Go, so that a ``map[string]interface{}`` compiles. The library\n"
        "knows the keys of a block in camel case alone (``fromPort``) and drops all others without a word. Write\n"
        "the struct, whose fields the compiler checks."
    ),
    "go-missing-field": (
        "A struct without a field that the library needs.\n\n"
        "Go's compiler asks for no field; jsii stops the program when it runs. Only judged of structs that are\n"
        "handed to the library as they are written."
    ),
    "go-missing-import": (
        "A package that a file uses and does not import.\n\n"
        "The import path is told for Go's own packages and for those of the construct libraries."
    ),
    "go-missing-package": (
        "An import of a package of the program's own module that is not there.\n\n"
        "Most often bindings in ``.gen`` or ``generated`` that nothing generates: ``cdktf get`` writes them when\n"
        "``cdktf.json`` names a provider or module, and then such imports are left alone. The bindings of the AWS\n"
        "provider are published, too, and can be imported from there."
    ),
    "go-missing-requirement": (
        "An import of a package whose module ``go.mod`` does not require, or only in another major version.\n\n"
        "From version 2 on the major version is part of a module's path: ``awscdk/v2``, ``constructs/v10``. Told\n"
        "once for each module. Nothing is said where ``go.work`` or vendored code may provide it."
    ),
    "go-not-a-list": (
        "One struct where the library takes a list of them.\n\n"
        "The property is ``interface{}`` in Go, so that it compiles; jsii refuses it when the program runs."
    ),
    "go-syntax-error": (
        "A file that is not valid Go.\n\n"
        "The place is where the grammar stopped making sense, which may lie behind the mistake. A comma that lacks\n"
        "before the end of a line is told in the compiler's words, and added by ``--fix``. Templates, from which\n"
        "files are made, are left alone."
    ),
    "go-undefined-name": (
        "A name that nothing declares: not the function, not the package, not an import.\n\n"
        "Files that import everything of a package (``.``), or that use C, are left alone, and so are packages of\n"
        "which a file cannot be parsed."
    ),
    "go-unknown-field": (
        "A field that a struct does not have.\n\n"
        "Of a construct library's structs, by the versions that ``go.mod`` requires, and of the program's own.\n"
        "The nearest field is told where there is one."
    ),
    "go-unknown-member": (
        "A method or field that a value does not have.\n\n"
        "Judged where the type of the value is known: of variables, parameters, fields and results, whether a\n"
        "construct library declares the type or the program itself, embedded types and all."
    ),
    "go-unknown-name": (
        "A name that a package of a construct library does not declare.\n\n"
        "The package that declares it is told, or the nearest name. The bindings of cdktf append an ``A`` where a\n"
        "nested block of another resource took the name. Where ``go.mod`` requires another version than the one\n"
        "that is known, the finding is a risk."
    ),
    "go-unknown-package": (
        "An import path that nobody publishes.\n\n"
        "A package that a construct library does not have, or a path that its modules never had: from version 10\n"
        "on the bindings of the AWS provider are published below ``github.com/cdktf``."
    ),
    "go-unused-import": (
        "An import that a file does not use.\n\n"
        "Go does not compile such a file. In tests it is told as less severe: only the tests stop, and the first\n"
        "tests that ``cdktf init`` writes are such."
    ),
    "go-unused-variable": ("A variable that is declared in a function and never read.\n\nGo does not compile it."),
    "go-wrong-argument-count": (
        "More or fewer arguments than a function takes.\n\n"
        "Go has no optional arguments: those that other languages leave out are ``nil``. Of functions and methods\n"
        "of a construct library, by the versions that ``go.mod`` requires, and of the program's own."
    ),
    "go-wrong-kind": (
        "A value of another type than its place takes.\n\n"
        "Texts, numbers and truth values of jsii are pointers: ``jsii.String(...)``, ``jsii.Number(...)``,\n"
        "``jsii.Bool(...)``. Lists and maps are pointers, too: ``&[]*T{...}``, ``&map[string]*string{...}``. Only\n"
        "judged where both types are known; the compiler's words are quoted where they are the same in all\n"
        "versions since Go 1.18."
    ),
    "project-account-written-out": (
        "The id of an account in the ARN of something that is the account's own.\n\n"
        "Only with ``--project``. "
        "Roles, policies, keys, secrets, queues, tables, functions and the like, in programs in Python and Go. In\n"
        "another account they are not there. A risk, and never told unasked: a program that is meant for one account\n"
        "is right. Accounts of AWS and of vendors (principals, layers, images), ids of documents, and tests are left\n"
        "alone."
    ),
    "project-deploys-after-failed-check": (
        "A script that deploys although a check before it failed.\n\n"
        "Only with ``--project``. "
        "``pytest || true``, or a script without ``set -e``: what the check says has no say. Fail fast."
    ),
    "project-go-not-formatted": (
        "A Go file whose lines are indented with spaces.\n\n"
        "Only with ``--project``. "
        "``gofmt`` indents with tabs, so that the file was not formatted with it. Nothing is said of what only the\n"
        "formatter itself can tell: it is not run."
    ),
    "project-import-after-code": (
        "An import that stands after code.\n\n"
        "Only with ``--project``. "
        "Told as pylint tells it (C0413), once for each file; what a comment waives is left alone. Where a change of\n"
        "``sys.path`` stands before it, moving the import up breaks it: configure the path instead."
    ),
    "project-module-untested": (
        "A module of a program that no test reaches.\n\n"
        "Only with ``--project``. "
        "Told once for a program, where no test names the module, nor a module that one names. In a collection of\n"
        "programs each is judged with its own tests, and left alone where it has none."
    ),
    "project-name-without-suffix": (
        "A name that is written out in a class which takes a suffix for its names.\n\n"
        "Only with ``--project``. "
        "The second deployment to one account meets the names of the first. A risk: whether there is a second one is\n"
        "for you to say."
    ),
    "project-python-not-formatted": (
        "A Python file that the project's own formatter would change.\n\n"
        "Only with ``--project``. "
        "And only where the project says that it is formatted with Black or Ruff: it configures the formatter\n"
        "(``[tool.black]``, ``[tool.ruff.format]``), or a script, a hook of pre-commit or a pipeline runs it. That\n"
        "one is installed says nothing. None is run: what it changes for sure is seen in the text, with the settings\n"
        "of the project, so that a file without a remark may still be changed. What ``# fmt: off`` and\n"
        "``# fmt: skip`` protect, what the configuration or a ``.gitignore`` excludes, and what is generated is left\n"
        "alone."
    ),
    "project-region-written-out": (
        "A region that is written out in code which is told its region.\n\n"
        "Only with ``--project``. "
        "Names of endpoints, availability zones and ARNs, in classes and functions of Python and Go that take a\n"
        "region. A risk: whether there is another region is for you to say. ARNs of what lives in one region alone\n"
        "(certificates and web ACLs of CloudFront) are left alone, and so are defaults."
    ),
    "project-test-asserts-nothing": (
        "A test that is empty, or asserts only what is always true.\n\n"
        "Only with ``--project``. "
        "What a constructor answers is never ``None``. Tests that synthesize, or that call what may check, are left\n"
        "alone."
    ),
    "project-tool-not-declared": (
        "A tool that a script of the project calls and that nothing in the project installs.\n\n"
        "Only with ``--project``. "
        "A check that could not run has not passed. Told of the scripts of a ``Pipfile``; a risk, since the\n"
        "tool may be installed by other means."
    ),
    "project-trailing-blank-lines": (
        "A file that ends with blank lines.\n\nOnly with ``--project``. Told as pylint tells it (C0305)."
    ),
    "project-unused-import": (
        "An import that nothing in the file uses.\n\n"
        "Only with ``--project``. "
        "Told as ruff and flake8 tell it (F401), once for each file; what a comment waives is left alone."
    ),
    "project-without-documents": (
        "A project without any document.\n\n"
        "Only with ``--project``. "
        "No Markdown, reStructuredText or AsciiDoc in the folder, and no README above it."
    ),
    "project-without-tests": (
        "A program without tests.\n\n"
        "Only with ``--project``. "
        "Nothing under the folder is named like a test of any language."
    ),
    "python-dependency-without-effect": (
        "A dependency that orders nothing.\n\n"
        "cdktf and cdktn write the dependencies that the argument ``depends_on`` names, and those that values refer\n"
        "to; what ``node.add_dependency`` adds to a resource or data source is synthesized to nothing. Silent in\n"
        "files that use ``Aspects``, which may read it."
    ),
    "python-dict-key-dropped": (
        "A dict in a list whose keys are not those of the library.\n\n"
        "Only a dict that stands for an argument itself is converted; one inside a list reaches the library as it is,\n"
        "which knows its keys in camel case alone and drops all others without a word. Write the struct's class."
    ),
    "python-expression-as-text": (f"An expression of Terraform that is only a text.\n\n{_EXPRESSION}"),
    "python-invalid-template": (
        f"A text that Terraform takes for a template of its own, and cannot read.\n\n{_TEMPLATE}"
    ),
    "python-list-in-text": (
        "A list of another resource put into a text.\n\n"
        "Before a deployment such a list is one token, which cdktf refuses in a text. ``Fn.element`` takes one of its\n"
        "elements and ``Fn.join`` all of them, when Terraform knows them."
    ),
    "python-missing-argument": (
        "A call without an argument that it needs.\n\n"
        "Of constructs, structs and methods of a construct library, by the versions that the program pins, and of the\n"
        "program's own classes and functions. Calls that unpack a list or a dict are left alone."
    ),
    "python-struct-as-construct": (
        "The value of an argument that is made like a construct.\n\n"
        "Structs such as ``SecurityGroupIngress`` describe a block of a resource. They take no scope and no id, and\n"
        "do nothing until they are given to the argument that wants them."
    ),
    "python-syntax-error": (
        "A file that Python cannot read.\n\n"
        "The words are those of the Python that runs onetake. Lines whose grammar newer versions widened are left\n"
        "alone, and so are files from which other files are made. The rest of the file is judged as far as it is whole."
    ),
    "python-test-attribute-missing": (
        "A test that asks for an attribute which the stack that it makes does not have.\n\n"
        'Placeholders of templates do: ``assert hasattr(stack, "bucket")``. Only told where the class and all that it\n'
        "derives from are known, and nothing in the program sets an attribute of that name. The deployment does not\n"
        "depend on it; the test fails."
    ),
    "python-test-block-as-list": (
        "A test that reads a single block of the synthesized program as a list.\n\n"
        "cdktf and cdktn write a block that may occur once as one object, and ``block[0]`` is then a ``KeyError``.\n"
        "Only told where every use of the argument in the program is given the struct of a single block."
    ),
    "python-test-output-name": (
        "A test that looks for an output under the id that it has inside a construct.\n\n"
        "Only an output that stands in the stack itself keeps its id. One in a construct is named by its path and a\n"
        "hash (``service_url_F27AAE71``), in tests as in what reads the outputs of a deployment."
    ),
    "python-undefined-name": (
        "A name that nothing in the file defines.\n\n"
        "Python stops when it gets there. Files that import everything of a module, or that use ``exec``, ``globals``\n"
        "and the like, are left alone."
    ),
    "python-unknown-argument": (
        "An argument that a call does not take, or too many of them by position.\n\n"
        "Of constructs, structs and methods of a construct library, by the versions that the program pins, and of the\n"
        "program's own classes and functions. The nearest argument is told where there is one, or the version of the\n"
        "bindings that takes it."
    ),
    "python-unknown-attribute": (
        "A member that a class or an instance does not have.\n\n"
        "Only judged of what the program itself made with a constructor and assigned once, so that its class is known."
    ),
    "python-untyped-key-unknown": (
        "A key of a dict that Terraform does not know where it stands.\n\n"
        "Some arguments of the bindings have no type, such as the ``statement`` of a rule of AWS WAF, since it nests\n"
        "without end. What is given there is passed on as it is: its keys are Terraform's own, in snake case, and are\n"
        "compared with every version of the AWS provider's schema that is known. Names in snake case that none of\n"
        "them has are left alone: a later version may have them."
    ),
    "python-credential-in-source": (
        "A password, a token or a key that is written into a program.\n\n"
        "It deploys, and it is known to everybody who reads the repository, the artefact, the plan or the state. Told\n"
        "of literals for the arguments that hold secrets (those which the AWS provider's schema calls sensitive, and\n"
        "whose name says so), of ids of AWS access keys, and of whole private keys. A weak password such as\n"
        "``changeme`` is one, since it is deployed. Silent about references, tokens, the environment, empty texts,\n"
        "placeholders for the content of a secret, what ``ignore_changes`` lets somebody else set, the keys of AWS's\n"
        "own examples, and in tests."
    ),
    "python-value-changes-at-synthesis": (
        "A name or a secret that is another one whenever the program is synthesized.\n\n"
        "``random``, ``secrets``, ``uuid`` and the clock are asked at synthesis, so that each deployment changes what\n"
        "the last one made, and a secret stands in the artefact and the state. Silent where the file seeds what it\n"
        "draws, or decides whether it draws, and in tests; triggers, descriptions and tags are not looked at."
    ),
    "python-wrong-kind": (
        "A value of another kind than the argument takes: a text for a number, a dict for a list.\n\n"
        "Only judged of values that are written out, and of instances whose class is known. Python's words are quoted\n"
        "where they are those of jsii's type checker; what its kernel says depends on its version."
    ),
    "python-unknown-module": (
        "An import of a module that the construct library does not have.\n\n"
        "Python stops at the import, before anything is synthesized. Judged by the versions that requirements files,\n"
        "``pyproject.toml`` or ``Pipfile`` admit, as far as their classes are known (``onetake knowledge``); where a\n"
        "later release may be installed, the finding is a risk. Only imports that surely run are judged: at the top\n"
        "of a file, outside ``try`` and ``if``. Where another version has the module, the fix names it; where none\n"
        "that is published has it any more, what took its place."
    ),
    "python-unknown-name": (
        "A class that the module of a construct library does not have.\n\n"
        "The bindings of cdktf and cdktn append an ``A`` where a nested block of another resource took the name:\n"
        "``aws_s3_bucket_versioning`` is ``S3BucketVersioningA``. The nearest real name is told: of the same module\n"
        "with ``A``, of another module, or spelled alike. Judged by the versions that requirements files,\n"
        "``pyproject.toml`` or ``Pipfile`` admit; where a later release may be installed, the finding is a risk."
    ),
    "suppression-without-reason": (
        "A suppression that does not say why.\n\n"
        "``# onetake: ignore[rule-name]`` takes effect only with a reason behind it: whoever reads the program\n"
        "next has to know why a predicted failure is accepted."
    ),
    "terraform-check-failed": (
        "A ``check`` block whose assertion does not hold.\n\nTerraform warns at plan, and goes on."
    ),
    "terraform-condition-failed": (
        "A precondition or postcondition that is known not to hold.\n\n"
        "Terraform prints the message of the condition and stops while it plans. Only what the program itself\n"
        "decides is judged."
    ),
    "terraform-conflicting-arguments": (
        "Arguments of one resource of which the AWS provider takes only one.\n\n"
        "Only what is known to be set counts: an input without a value here, or one that is null, does not."
    ),
    "terraform-dependency-cycle": (
        "Resources, local values or modules that wait for each other.\n\n"
        "Terraform creates what is referred to first; in a circle there is no first. It stops before it plans anything."
    ),
    "terraform-deprecated-argument": (
        "An argument or block that the AWS provider is going to remove.\n\n"
        "Nothing fails yet. The provider prints a warning now and refuses the argument in a later major version."
    ),
    "terraform-duplicate-declaration": (
        "A variable, output, module, provider or local that is declared twice.\n\n"
        "Each may be declared once in a module, whatever file it stands in. Terraform stops at init."
    ),
    "terraform-duplicate-resource": (
        "Two resources of one type with the same name in one module.\n\n"
        "Each may be declared once, whatever file it stands in. Terraform stops at init."
    ),
    "terraform-ephemeral-value": (
        "An ephemeral value where Terraform would have to keep it.\n\n"
        "Values of ephemeral variables and resources exist while Terraform runs: arguments that are not write-only,\n"
        "``count`` and ``for_each``, outputs and arguments of modules that are not declared for them take none."
    ),
    "terraform-feature-unsupported": (
        "A feature of the language that is newer than any version that is admitted.\n\n"
        "``required_version`` of the configuration and its modules leaves out every version that has the feature. The\n"
        "dated table of features names the release that brought each."
    ),
    "terraform-file-missing": (
        "A file that a function wants to read is not there.\n\n"
        "``file``, ``templatefile`` and their kin read files of the configuration while it is planned. A file that a\n"
        "build writes first is no mistake, so this is a risk, with the question whether one does."
    ),
    "terraform-invalid-block": (
        "A block or argument that has no place where it stands.\n\n"
        "Every block of the language has a fixed set of arguments, blocks and labels. Terraform stops at init."
    ),
    "terraform-invalid-condition": (
        "A condition that names nothing, or not what it is to judge.\n\n"
        "A validation has to name its variable; a precondition, a postcondition or an assertion something that can\n"
        "change."
    ),
    "terraform-invalid-conditional": (
        "A condition that cannot decide, or two results that are of different kinds.\n\n"
        "The condition has to be true or false, and both results need a type in common."
    ),
    "terraform-invalid-for": (
        "A ``for`` expression that cannot run.\n\n"
        "It goes over lists, sets, maps and objects; its keys are texts, each once unless they are grouped with\n"
        "``...``."
    ),
    "terraform-invalid-function-call": (
        "A call that the function refuses.\n\n"
        "Too few, too many or unsuitable arguments; what is printed says which. Values that only the\n"
        "deployment knows are not judged."
    ),
    "terraform-invalid-index": (
        "An index that is not there.\n\n"
        "Lists are counted from 0 and end before their length; the key of a map or an instance has to exist."
    ),
    "terraform-invalid-name": (
        "A name that is none, or that Terraform keeps for itself.\n\n"
        "Names start with a letter or underscore and hold letters, digits, underscores and dashes. Some names of\n"
        "variables mean something else in the call of a module."
    ),
    "terraform-invalid-object-key": ("A key of an object that is no text."),
    "terraform-invalid-operand": (
        "An operator with a value that it cannot take.\n\n"
        "Arithmetic and comparison want numbers, logic wants true or false; null is neither."
    ),
    "terraform-invalid-refactoring": (
        "A ``moved``, ``removed`` or ``import`` block that contradicts others or the resources that there are.\n\n"
        "What has moved away cannot still be declared, and moves have one source and one destination. What is\n"
        "imported needs a resource to be imported into."
    ),
    "terraform-invalid-reference": (
        "A reference that Terraform cannot understand as one.\n\n"
        "It names no attribute where one is needed, or has the form of something else. Terraform stops at validate."
    ),
    "terraform-invalid-repetition": (
        "A ``count`` or ``for_each`` that cannot be used.\n\n"
        "A block takes one of the two, and ``for_each`` takes a map or a set of strings, never a list."
    ),
    "terraform-invalid-template-value": (
        "A value that cannot stand in a text.\n\n"
        "Lists, objects and null have no text. Write ``join``, ``jsonencode`` or an attribute of it instead."
    ),
    "terraform-invalid-type": (
        "A value that the type of a variable or of a resource's argument does not admit.\n\n"
        "Terraform converts what it can (numbers, booleans and texts among each other) and refuses the rest."
    ),
    "terraform-invalid-version-constraint": (
        "A text that is no version constraint.\n\n"
        "Constraints are written like ``>= 1.5.0, < 2.0.0`` or ``~> 5.80``. Terraform stops at init."
    ),
    "terraform-missing-argument": (
        "An argument that a module or a resource type requires and that is not given.\n\n"
        "A variable without a default has to be set by whoever calls the module, a required argument by whoever\n"
        "writes the resource. Terraform stops at validate."
    ),
    "terraform-missing-attribute": (
        "An attribute of an object, module or resource that it does not have.\n\n"
        "What is read has to be declared: an output of the module, a member of the object, an attribute of the\n"
        "resource type in the provider's version."
    ),
    "terraform-missing-block": (
        "A block that a resource type requires and that is not written.\n\n"
        "The provider's schema says how many blocks of a kind there have to be. Terraform stops at validate."
    ),
    "terraform-missing-choice": (
        "None of several arguments is set, and the AWS provider wants one of them.\n\n"
        "A Lambda function has its code in a file, in S3 or in an image; an instance has an image of its own or from\n"
        "a launch template. Also told of an argument that is of no use without another one. What rests on an input\n"
        "that callers give is not told."
    ),
    "terraform-module-missing": (
        "A local module whose folder is not there.\n\n"
        "Its path is relative to the file that calls it. Terraform stops at init."
    ),
    "terraform-plan-refused": (
        "Arguments that the AWS provider refuses together, while it plans.\n\n"
        "Much of what the provider demands its schema cannot say: functions look at the whole resource when it is\n"
        "planned, after ``terraform validate`` was content. What they refuse is written down here, one rule for\n"
        "each, and version 5.100.0 was asked about each with configurations that it takes and that it does not.\n\n"
        "Silent about what is not known before the deployment, and about inputs of modules. Where a version may be\n"
        "installed that was not asked it is a risk, unless the source of version 6 was seen to refuse it, too."
    ),
    "terraform-provider-missing": (
        "A resource whose provider configuration is not there.\n\n"
        "A provider with an alias has to be configured in the module, or passed to it by its caller."
    ),
    "terraform-provider-passing": (
        "A provider configuration that a module cannot be given.\n\n"
        "A module that configures a provider itself takes no other configuration of it, and its calls take no\n"
        "``count``, ``for_each`` or ``depends_on``; what is passed has to be of the provider that the name means there."
    ),
    "terraform-read-only-argument": (
        "An argument that only AWS decides.\n\n"
        "Attributes such as ``arn`` can be read, never set; the provider refuses a configuration that tries."
    ),
    "terraform-provider-refusal": (
        "A configuration that the AWS provider itself refuses.\n\n"
        "Told by ``--exact`` alone: the provider's program is asked to validate and to plan every resource with what\n"
        "is known of it, without network and account. The words are its own."
    ),
    "terraform-self-reference": (
        "A block that refers to itself.\n\n"
        "Its own attributes exist only once it is created; ``self`` is for provisioners and conditions alone."
    ),
    "terraform-sensitive-value": (
        "A sensitive value where Terraform does not take one.\n\n"
        "An output of the root module that holds one has to say ``sensitive = true``, and ``for_each`` takes none,\n"
        "since keys are shown. Marks are followed through locals, functions and loops, as ``validate`` does, and, as\n"
        "a plan does, through modules and out of resources: whatever the provider's schema calls sensitive is, such\n"
        "as the ``value`` of an ``aws_ssm_parameter``."
    ),
    "terraform-syntax": (
        "A file that is not Terraform's language, or not its form of JSON.\n\n"
        "Nothing of the module can be used until it is; Terraform stops at init."
    ),
    "terraform-too-many-blocks": (
        "More blocks of a kind than the resource type takes.\n\n"
        "The provider's schema says how many there may be; often one. Terraform stops at validate."
    ),
    "terraform-undeclared-reference": (
        "A reference to something that the module does not declare.\n\n"
        "Resources, data sources, variables, local values and module calls are known inside their own module only."
    ),
    "terraform-unknown-backend": (
        "A backend that the engine does not have.\n\n"
        "Terraform dropped several in 1.2 and 1.3, and OpenTofu has others. Validation passes over the backend;\n"
        "``terraform init`` stops."
    ),
    "terraform-unknown-function": (
        "A call of a function that Terraform does not have.\n\n"
        "There are no functions but the built-in ones and those of providers. Terraform stops at validate."
    ),
    "terraform-unknown-resource-type": (
        "A type of resource or data source that the provider does not have.\n\n"
        "Judged by every version of the AWS provider that the program admits; other providers are not judged."
    ),
    "terraform-unreadable-file": (
        "A Terraform file that cannot be read.\n\n"
        "It is too large, not text, or lies outside the folder that is checked. What it declares is not known, so no\n"
        "rule that looks for something missing is asked."
    ),
    "terraform-unsupported-argument": (
        "An argument that the called module or the resource type does not take.\n\n"
        "A module takes what its variables declare, a resource what the provider's schema lists, and both the\n"
        "meta-arguments. Terraform stops at validate."
    ),
    "terraform-validation-failed": (
        "A value that the validation of its variable refuses.\n\n"
        "Terraform prints the error message of the rule. A default that fails its own rule asks for a value: that is\n"
        "a risk, with the question whether one is given."
    ),
    "terraform-value-misspelt": (
        "A value that AWS's API spells otherwise, in an argument of which the provider takes any text.\n\n"
        "The values are those of botocore's description of the API; which parameter an argument becomes was seen in\n"
        "the request that the provider made. Terraform plans such a value, and AWS is the first to look at it.\n\n"
        "Always a risk, never certain. The description ages: AWS adds values, so that what is merely unknown there is\n"
        "passed over, as is what differs from a known value in its digits (``gp4``, ``m9g.large``) or in a letter of\n"
        "a short name. Told are differences in case, in the signs between words, and in one letter of a longer name.\n"
        "AWS compares exactly nearly everywhere, but not surely in each service. No words of AWS are quoted, since\n"
        "every service has its own."
    ),
    "terraform-value-malformed": (
        "A value without the form that the AWS provider demands: an ARN, JSON, a CIDR block, a pattern.\n\n"
        "The provider was asked about every argument with some fifty values; a demand is judged as far as its answers\n"
        "agree with what it says, and otherwise only for the values that it was asked about. Where a version may be\n"
        "installed that was not asked, patterns are a risk; what an ARN or JSON is does not change."
    ),
    "terraform-value-not-allowed": (
        "A value that is none of those which the AWS provider takes.\n\n"
        "Version 5.100.0 was asked. Where a newer one may be installed, names that AWS added to the enumeration since\n"
        "are accepted, by the newest description of its API that we have; where that has no such enumeration, the\n"
        "finding is a risk."
    ),
    "terraform-value-not-static": (
        "A reference or a call where only a plain value may stand.\n\n"
        "What Terraform reads before it evaluates anything cannot depend on variables: backends, sources of modules,\n"
        "defaults, files of values."
    ),
    "terraform-value-out-of-range": (
        "A number, length or count outside the limits that the AWS provider sets.\n\n"
        "Version 5.100.0 was asked. AWS raises limits now and then: where another version may be installed, the\n"
        "finding is a risk."
    ),
    "terraform-version-unfulfillable": (
        "Versions that no release can have, or that the lock file contradicts.\n\n"
        "The constraints of the root and of its modules count together. Terraform stops at init; ``terraform init\n"
        "-upgrade`` chooses anew where only the lock file stands in the way."
    ),
    "unused-suppression": (
        "A suppression that suppresses nothing.\n\n"
        "Either the fault was mended and the comment stayed, or it stands in the wrong place, or the name in it is no\n"
        "rule. Take it away, so that it does not hide the next fault of this kind."
    ),
    "terraform-unsupported-block": (
        "A block that the resource type does not have.\n\n"
        "It is misspelt, belongs into another block, or is an argument: those are given with an equals sign."
    ),
    "terraform-write-only-argument-unsupported": (
        "A write-only argument under a Terraform that does not know of them.\n\n"
        "Arguments such as ``password_wo`` keep a secret out of the state. They need Terraform 1.11, and\n"
        "the program's ``required_version`` admits older versions only."
    ),
}
"""By name: a first line that says what it is, and what else there is to know."""
