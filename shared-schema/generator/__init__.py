"""Turns the definitions into everything that is made from them: `python -m generator [--check]`.

The way of one definition: `definitions` reads it, `topics` joins it to the unions, `house_rules` says whether every
language can hold to it exactly, `bundle` writes it into the one JSON Schema, and `python_validators`, `python_types`
and `typescript_types` put that schema into code. `outputs` knows which text goes into which file.

`python -m generator.compatibility` holds the schema against that of a release: `released` reads it out of the history,
`comparison` finds what one side may write and the other cannot read, and `compatibility` says whom that breaks.
"""
