import { createRoot } from 'react-dom/client';
import type { Contestant, Frame, Telling } from './contestant.ts';
import { renders } from './list.tsx';
import { Traffic } from './traffic.ts';

/** What is told, and how much of it. */
export interface Course {
  readonly name: string;
  readonly telling: Telling;
  readonly rows: number;
  /** Of a turn. */
  readonly changes: number;
}

/** What one contestant did in one turn. */
export interface Turn {
  /** Changes that were taken in and drawn, in a second. */
  readonly perSecond: number;
  /** Of payload, for each change. */
  readonly bytes: number;
  /** Of rows, for each change. */
  readonly renders: number;
}

/** Before the first that counts: what is compiled while it runs is compiled then. */
const WARM_UP = 30;
const PATIENCE_MS = 10_000;

/** Lets the contestant show a list, and changes it row by row, each time the one before is drawn. */
export async function takeTurn(contestant: Contestant, course: Course): Promise<Turn> {
  const traffic = new Traffic(course.rows);
  const show = contestant.start(traffic);
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  root.render(show.element);
  await drawn(traffic, course.rows - 1);
  let milliseconds = 0;
  let bytes = 0;
  let before = 0;
  for (let number = -WARM_UP; number < course.changes; number += 1) {
    if (number === 0) {
      milliseconds = bytes = 0;
      before = renders.rows;
    }
    const index = traffic.change();
    const frame = show.frame(course.telling, index);
    bytes += Buffer.byteLength(frame.text);
    milliseconds += await timeOf(frame, () => drawn(traffic, index));
  }
  const rendered = renders.rows - before;
  root.unmount();
  place.remove();
  show.stop();
  return {
    perSecond: (1000 * course.changes) / milliseconds,
    bytes: bytes / course.changes,
    renders: rendered / course.changes,
  };
}

async function timeOf(frame: Frame, done: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  frame.deliver();
  await done();
  return performance.now() - begun;
}

/** Resolves when the page shows that row as it is. */
async function drawn({ rows }: Traffic, index: number): Promise<void> {
  const row = rows[index];
  if (row === undefined) throw new Error('there is no such row');
  const expected = String(row.estimated_value);
  const until = performance.now() + PATIENCE_MS;
  while (document.getElementById(row.id)?.querySelector('b')?.textContent !== expected) {
    if (performance.now() > until) throw new Error(`row ${String(index)} was not drawn`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
