"""PostgreSQL: the facts as they came in, and the changes that tell every process to look again.

The only room that knows the driver. `database` lends out `stores` inside transactions; `migrate` makes the tables,
`embedded` runs a server where there is none, `feed` reports what others committed.
"""
