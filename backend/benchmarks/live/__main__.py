"""The command: `python -m benchmarks.live`, or `make bench-live`."""

from __future__ import annotations

from pathlib import Path

import click
import orjson

from benchmarks.live.lines import Failed
from benchmarks.live.measures import measure
from benchmarks.live.needs import Unfit, check
from benchmarks.live.plan import FULL, QUICK
from benchmarks.live.report import as_json, as_text
from benchmarks.machine import MachineWatch


@click.command()
@click.option("--quick", is_flag=True, help="With few clients and for a moment only, to see that it works.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path), help="Write all figures there.")
def main(*, quick: bool, json_file: Path | None) -> None:
    """Measure the fan-out of the live part beside a bare asyncio.Protocol and aiohttp's send_frame.

    The exit code is 0 also where a target is missed; it is 1 where something could not be measured.
    """
    plan = QUICK if quick else FULL
    watch = MachineWatch()
    try:
        check(max(plan.few, plan.many))
        results = measure(plan, lambda line: click.echo(line, err=True))
    except (Failed, Unfit) as error:
        raise click.ClickException(str(error)) from error
    machine = watch.end()
    click.echo(as_text(results, machine))
    if json_file is not None:
        json_file.write_bytes(
            orjson.dumps(as_json(results, plan, machine), option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS)
        )


if __name__ == "__main__":
    main()
