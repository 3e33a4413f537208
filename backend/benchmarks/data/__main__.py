"""The command: `python -m benchmarks.data`, or `make bench-data`."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson

from benchmarks.data.failed import Failed
from benchmarks.data.measures import measure
from benchmarks.data.plan import FULL, QUICK
from benchmarks.data.report import as_json, as_text
from benchmarks.machine import MachineWatch
from groove_dashboard.store.errors import StoreError

if TYPE_CHECKING:
    from benchmarks.data.plan import Plan


@click.command()
@click.option(
    "--sizes",
    metavar="NAMES",
    help=f"Only these databases, of {', '.join(size.name for size in FULL.sizes)}; with commas between them.",
)
@click.option("--quick", is_flag=True, help="With few facts and for a moment only, to see that it works.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures there.")
def main(*, sizes: str | None, quick: bool, json_file: Path | None) -> None:
    """Measure what topics and ingest cost in databases of several sizes, beside naive SQL.

    The exit code is 0 also where a target is missed; it is 1 where something could not be measured, or where a topic
    shows something else than naive SQL finds.
    """
    plan = _chosen(QUICK if quick else FULL, sizes)
    watch = MachineWatch()
    try:
        measured = asyncio.run(measure(plan, lambda line: click.echo(line, err=True)))
    except (Failed, StoreError) as error:
        raise click.ClickException(str(error)) from error
    machine = watch.end(beside=measured.server_cpu_seconds)
    click.echo(as_text(measured.results, plan, machine))
    if json_file is not None:
        json_file.write_bytes(orjson.dumps(as_json(measured.results, plan, machine), option=orjson.OPT_INDENT_2))


def _chosen(plan: Plan, names: str | None) -> Plan:
    if names is None:
        return plan
    known = {size.name: size for size in plan.sizes}
    unknown = [name for name in names.split(",") if name not in known]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)!r} is none of {', '.join(known)}.", param_hint="--sizes")
    return replace(plan, sizes=tuple(size for name, size in known.items() if name in names.split(",")))


if __name__ == "__main__":
    main()
