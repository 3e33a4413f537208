"""The grammar of everything spoken on the wire: `types` for what is said, `validators` for what is heard.

Both are generated from shared-schema, as are the constants in `protocol`. `strict` is what the validators rest on, and
turns a validation error into JSON pointers.
"""
