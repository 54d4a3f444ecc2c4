"""The emulated account as it stands, judged by onetake's own rules before something is created in it.

What is created is seen in the calls that create it, and kept in the form that CloudFormation has for it: the rules know
that form. Before a further thing is created, the rules of its type are asked about it and everything that stands.

- ``operations.toml``, ``table``: what each call makes, sets or takes away.
- ``things``: what stands.
- ``histories``: calls that choose among what earlier ones left: versions of policies, main route tables.
- ``shaping``: from parameters of calls to properties.
- ``modelling``: what stands, as a stack that rules can judge.
- ``watching``: listens to the calls, and refuses.
"""
