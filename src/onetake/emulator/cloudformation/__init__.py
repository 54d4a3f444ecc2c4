"""Templates and cloud assemblies, deployed to the emulated account resource by resource.

What CloudFormation itself does is done here: the order, the functions, the parameters, what stacks export, nested
stacks, the files that the CDK uploads. Resources are made by moto's models of CloudFormation's types, or, where those
lack a type or cannot delete it again, by calls of the service's own API to the emulator (``recipes``).
"""
