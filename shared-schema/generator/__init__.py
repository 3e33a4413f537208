"""Turns the definitions into everything that is made from them: `python -m generator [--check]`.

The way of one definition: `definitions` reads it, `topics` joins it to the unions, `house_rules` says whether every
language can hold to it exactly (with `patterns`, and `namespace_rules` for all definitions together), `bundle` writes
it into the one JSON Schema, and `python_validators`, `python_types` and `typescript_types` put that schema into code.
`examples` turns the examples into checks of those types. `outputs` knows which text goes into which file.
"""
