"""Turns the definitions into everything that is made from them: `python -m generator [--check]`.

The way of one definition: `definitions` reads it, `topics` joins it to the unions, `house_rules` says whether every
language can hold to it exactly (with `patterns`, and `namespace_rules` for all definitions together), `bundle` writes
it into the one JSON Schema, and `python_validators`, `python_types` and `typescript_types` put that schema into code.
`examples` turns the examples into checks of those types. What JSON Schema has no words for is read by `protocol` and
put into code by `protocol_constants`. From both together `asyncapi` describes the channel, and `reference` makes the
tables that `pages` puts into the documentation. `outputs` knows which text goes into which file.

`python -m generator.compatibility` holds the schema against that of a release: `released` reads it out of the history,
`comparison` finds what one side may write and the other cannot read, and `compatibility` says whom that breaks.
"""
