import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';
import type { IngestEvent, LearningCategory } from '../src/messages/types.ts';

const REAL = fileURLToPath(new URL('../../../shared/data/vibes-history.ndjson', import.meta.url));
const DAY_MS = 86_400_000;
const PERIOD_DAYS = 365;

export interface History {
  /** Where the events came from, for the output of the tests. */
  readonly origin: string;
  /** NDJSON to ingest. */
  readonly file: string;
  readonly events: readonly IngestEvent[];
}

/**
 * The history of a real project where it is at hand (GROOVE_HISTORY names another file), else, or where
 * GROOVE_HISTORY is empty, an invented one of the same kind. Written into `folder`, moved by whole days
 * into the last 365 where it is older.
 */
export function takeHistory(folder: string): History {
  const named = process.env['GROOVE_HISTORY'] ?? (existsSync(REAL) ? REAL : '');
  const events = named === '' ? inventEvents() : readEvents(named);
  const days = daysToMove(events);
  const file = join(folder, 'history.ndjson');
  const moved = events.map((event) => ({ ...event, occurred_at: later(event.occurred_at, days) }));
  writeFileSync(file, moved.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const movement = days === 0 ? '' : `, moved by ${String(days)} days`;
  return { origin: (named === '' ? 'invented' : named) + movement, file, events: moved };
}

function readEvents(file: string): IngestEvent[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as IngestEvent);
}

/** 0 where all events lie in the last 365 days, or so many that the newest is of the day before yesterday. */
function daysToMove(events: readonly IngestEvent[]): number {
  const times = events.map((event) => Date.parse(event.occurred_at));
  const isInside = Math.min(...times) > Date.now() - (PERIOD_DAYS - 2) * DAY_MS;
  return isInside ? 0 : Math.floor((Date.now() - Math.max(...times)) / DAY_MS) - 1;
}

function later(timestamp: string, days: number): string {
  if (days === 0) return timestamp;
  return new Date(Date.parse(timestamp) + days * DAY_MS).toISOString();
}

/** What the pages must show of a history over 365 days: the formulas once more, in their plainest form. */
export interface Expected {
  readonly learnings: number;
  readonly assessedSessions: number;
  /** Values of the learnings that helped, highest first. */
  readonly helping: readonly { readonly content: string; readonly value: number }[];
}

export function expectedOf({ events }: History): Expected {
  const contents = new Map<string, string>();
  const contributions = new Map<string, number[]>();
  const assessed = new Set<string>();
  for (const event of events) {
    if (event.type === 'learning_extracted')
      contents.set(event.learning.id, event.learning.content);
    if (event.type === 'session_assessed') assessed.add(event.session_id);
    if (event.type === 'attribution_recorded' && event.activated && event.withheld !== true) {
      const known = contributions.get(event.learning_id) ?? [];
      contributions.set(event.learning_id, [...known, event.contribution]);
    }
  }
  const helping = [...contributions]
    .map(([id, values]) => ({ id, content: contents.get(id) ?? '', value: mean(values) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
  return { learnings: contents.size, assessedSessions: assessed.size, helping };
}

function mean(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  return Math.round((sum / values.length) * 1e6) / 1e6;
}

const CATEGORIES: LearningCategory[] = ['preference', 'tool_usage', 'harness_knowledge'];
const INVENTED_LEARNINGS = 24;
const INVENTED_SESSIONS = 400;

/** A history like the real one in kind and number: sessions, some of them assessed, some with a learning. */
function inventEvents(): IngestEvent[] {
  const start = Date.now() - 60 * DAY_MS;
  const at = (minutes: number): string => new Date(start + minutes * 60_000).toISOString();
  const learnings = Array.from({ length: INVENTED_LEARNINGS }, (_, index): IngestEvent => ({
    event_id: uuidOf(`extracted ${String(index)}`),
    type: 'learning_extracted',
    occurred_at: at(index),
    learning: {
      id: uuidOf(`learning ${String(index)}`),
      scope: index % 2 === 0 ? { level: 'global' } : { level: 'project', name: 'invented' },
      category: CATEGORIES[index % CATEGORIES.length] ?? 'solution',
      content: `Invented learning number ${String(index + 1)}`,
      confidence: 0.8,
      extraction_method: 'invented',
    },
  }));
  const sessions = Array.from({ length: INVENTED_SESSIONS }, (_, index) =>
    inventSession(index, (minutes) => at(index * 120 + 60 + minutes)),
  );
  return [...learnings, ...sessions.flat()];
}

function inventSession(index: number, at: (minutes: number) => string): IngestEvent[] {
  const session_id = `invented-${String(index)}`;
  const learning_id = uuidOf(`learning ${String(index % INVENTED_LEARNINGS)}`);
  const contribution = Math.round(Math.sin(index) * 400) / 1000;
  const id = (what: string): string => uuidOf(`${what} ${session_id}`);
  return [
    {
      event_id: id('started'),
      type: 'session_started',
      occurred_at: at(0),
      session_id,
      title: `Invented session ${String(index + 1)}`,
    },
    {
      event_id: id('assessed'),
      type: 'session_assessed',
      occurred_at: at(20),
      session_id,
      outcome: contribution > 0 ? 'success' : 'failure',
    },
    {
      event_id: id('attributed'),
      type: 'attribution_recorded',
      occurred_at: at(20),
      session_id,
      learning_id,
      activated: true,
      contribution,
      confidence: 0.5,
    },
    {
      event_id: id('outcome'),
      type: 'strategy_outcome',
      occurred_at: at(20),
      learning_id,
      session_id,
      context_type: 'interactive',
      variant: 'main_context',
      value: contribution,
      confidence: 0.5,
    },
  ];
}

/** The same UUID for the same name, as an event needs it to be sent twice. */
export function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
