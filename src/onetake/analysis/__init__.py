"""The passes over a stack: schema facts, rules, suppressions, fixes."""
