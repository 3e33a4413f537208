import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultsOf, SHARED } from '../../../tools/schema.ts';
import { TOPIC_NAMES } from '../types.ts';

interface Example {
  readonly name: string;
  readonly value: unknown;
  /** Where it is wrong, as a JSON pointer; absent where it is right. */
  readonly error?: string;
}

const read = (file: string): Example[] =>
  JSON.parse(readFileSync(join(SHARED, 'examples', file), 'utf8')) as Example[];

const FILES = readdirSync(join(SHARED, 'examples')).filter((file) => /^[A-Z]/.test(file));

test('there are examples of every union that is spoken, and of every body over HTTP', () => {
  expect(FILES).toEqual([
    'ActionResult.json',
    'DashboardMessage.json',
    'DashboardRequest.json',
    'DashboardTopic.json',
    'IngestEvent.json',
    'IngestResult.json',
    'Problem.json',
    'TopicData.json',
  ]);
});

test('there is a right example of each topic and of its data', () => {
  const names = (file: string, tag: string): unknown[] =>
    read(file)
      .filter(({ error }) => error === undefined)
      .map(({ value }) => (value as Record<string, unknown>)[tag]);
  expect(names('DashboardTopic.json', 'topic')).toEqual(expect.arrayContaining([...TOPIC_NAMES]));
  expect(names('TopicData.json', 'data_type')).toEqual(expect.arrayContaining([...TOPIC_NAMES]));
});

describe.each(FILES)('%s', (file) => {
  test.each(read(file))('$name', ({ value, error }) => {
    const faults = faultsOf(file.replace('.json', ''), value);
    expect(faults).toEqual(error === undefined ? [] : [error]);
  });
});
