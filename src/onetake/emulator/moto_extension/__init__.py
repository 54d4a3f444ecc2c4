"""What moto lacks: a layer before its server, a generic engine for calls that it does not know, and repairs.

- ``calls``: a request as an operation of AWS's API with its parameters, told by botocore's service models.
- ``layer``: the WSGI application: rules first, then repairs, then moto, then the generic engine, then an honest gap.
- ``generic``: answers from the service models alone, with state.
- ``services``: one small file a service: hints for the generic engine, operations of our own, repairs of moto.
"""
