import { writeFileSync } from 'node:fs';
import type { Contestant } from './contestant.ts';
import { homeAssistant } from './contestants/home-assistant.tsx';
import { ours } from './contestants/ours.tsx';
import { reactQuery } from './contestants/react-query.tsx';
import { useWebSocketHook } from './contestants/use-websocket.tsx';
import { takeTurn, type Course, type Turn } from './measure.tsx';
import { linesOf, machine, tableOf, type Result } from './report.ts';

const CONTESTANTS: readonly Contestant[] = [reactQuery, useWebSocketHook, homeAssistant, ours];

interface Plan {
  readonly turns: number;
  readonly courses: readonly Course[];
}

const FULL: Plan = {
  turns: 9,
  courses: [
    { name: 'One row of 200 changes, told as a patch', telling: 'patch', rows: 200, changes: 200 },
    {
      name: 'One row of 500 changes, told as a snapshot',
      telling: 'snapshot',
      rows: 500,
      changes: 80,
    },
  ],
};

/** Shows that the benchmark works; its figures say nothing. */
const QUICK: Plan = {
  turns: 2,
  courses: FULL.courses.map((course) => ({ ...course, rows: 20, changes: 3 })),
};

/** Measures, prints tables and, where a file is named, writes all figures there as JSON. */
export async function run(options: { quick: boolean; json: string | undefined }): Promise<void> {
  const begun = performance.now();
  const plan = options.quick ? QUICK : FULL;
  const results: Result[] = [];
  for (const course of plan.courses) {
    const result = { course, turns: await takeTurns(course, plan.turns) };
    results.push(result);
    const words = CONTESTANTS.map(({ name, does }) => `  ${name} ${does[course.telling]}`);
    console.log([course.name, ...words, '', tableOf(linesOf(result)), ''].join('\n'));
  }
  console.log(machine((performance.now() - begun) / 1000));
  if (options.json !== undefined) {
    writeFileSync(options.json, JSON.stringify(results.flatMap(linesOf), undefined, 2));
  }
}

/** In turns, since a machine is faster at one moment than at another; who begins is another one each time. */
async function takeTurns(course: Course, turns: number): Promise<Record<string, Turn[]>> {
  const taken: Record<string, Turn[]> = Object.fromEntries(
    CONTESTANTS.map(({ name }) => [name, []]),
  );
  for (let turn = 0; turn < turns; turn += 1) {
    const first = turn % CONTESTANTS.length;
    for (const contestant of [...CONTESTANTS.slice(first), ...CONTESTANTS.slice(0, first)]) {
      taken[contestant.name]?.push(await takeTurn(contestant, course));
    }
  }
  return taken;
}
