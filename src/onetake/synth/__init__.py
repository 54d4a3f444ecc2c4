"""Programs that are run because the user says so: their own synthesis, in a sandbox, to a temporary folder.

Here the ``app`` command of a ``cdktf.json`` or ``cdk.json`` is run with no network, no credentials, no view of the
user's files but the program's own, and limits on time, memory and output; what it writes is judged as if it lay where
the framework's own command would have put it. No other room executes the source that it judges.
"""
