import { cpus, loadavg, release, type } from 'node:os';
import { quartiles, ratios, type Quartiles } from './figures.ts';
import type { Course, Turn } from './measure.tsx';

/** What all contestants did in one course, by their names; as many turns each. */
export interface Result {
  readonly course: Course;
  readonly turns: Readonly<Record<string, readonly Turn[]>>;
}

/** The contestant that the others are compared with. */
export const BASELINE = 'react-query';

/** One contestant's figures in a course, as they are printed and written down. */
export interface Line {
  readonly course: string;
  readonly contestant: string;
  readonly perSecond: Quartiles;
  readonly bytes: number;
  readonly renders: number;
  /** Changes in a second, as a multiple of the baseline's. */
  readonly multiple: Quartiles;
}

export function linesOf({ course, turns }: Result): Line[] {
  const rates = (name: string): number[] => (turns[name] ?? []).map(({ perSecond }) => perSecond);
  return Object.entries(turns).map(([contestant, own]) => ({
    course: course.name,
    contestant,
    perSecond: quartiles(rates(contestant)),
    bytes: quartiles(own.map(({ bytes }) => bytes)).median,
    renders: quartiles(own.map((turn) => turn.renders)).median,
    multiple: ratios(rates(contestant), rates(BASELINE)),
  }));
}

/** The lines for people, under the name of their course. */
export function tableOf(lines: readonly Line[]): string {
  const head = ['contestant', 'changes/s', 'quartiles', `x ${BASELINE}`, 'bytes', 'rows rendered'];
  const rows = lines.map(({ contestant, perSecond, multiple, bytes, renders }) => [
    contestant,
    perSecond.median.toFixed(0),
    `${perSecond.first.toFixed(0)}-${perSecond.third.toFixed(0)}`,
    multiple.median.toFixed(2),
    bytes.toFixed(0),
    renders.toFixed(1),
  ]);
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 0 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  '),
    )
    .join('\n');
}

export function machine(seconds: number): string {
  const [load = 0] = loadavg();
  return (
    `Node ${process.versions.node}, ${type()} ${release()}, ${String(cpus().length)} cores, ` +
    `${seconds.toFixed(0)} s; load ${load.toFixed(1)} at the end.`
  );
}
