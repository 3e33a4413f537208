import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DashboardTopic, LearningsTopic } from '../../messages/types.ts';
import { canonicalise, topicKey, topicOf } from '../topic-key.ts';

interface Example {
  readonly name: string;
  readonly topic: DashboardTopic;
  readonly key: string;
}

const EXAMPLES = JSON.parse(
  readFileSync(
    new URL('../../../../shared-schema/examples/topic-keys.json', import.meta.url),
    'utf8',
  ),
) as Example[];

describe('topicKey', () => {
  test.each(EXAMPLES)('$name', ({ topic, key }) => {
    expect(topicKey(topic)).toBe(key);
  });

  test.each(EXAMPLES)('the key of a canonical topic is its own: $name', ({ topic, key }) => {
    expect(topicKey(canonicalise(topic))).toBe(key);
    expect(topicOf(topicKey(topic))).toEqual(canonicalise(topic));
  });

  test('what a later version of the protocol may put into a topic is kept', () => {
    const topic = { topic: 'health', z: [null, { b: 1, a: undefined }], y: null } as DashboardTopic;
    expect(topicKey(topic)).toBe('{"topic":"health","y":null,"z":[null,{"b":1}]}');
  });

  test.each([
    ['\uD83D', '\uFFFD'],
    ['\uDE00 cut', '\uFFFD cut'],
    ['\uDE00\uD83D', '\uFFFD\uFFFD'],
    ['😀 whole', '😀 whole'],
  ])('half a character is replaced: %j', (search, expected) => {
    const topic = { topic: 'learnings', filters: { search } } as const;
    expect(canonicalise(topic).filters).toEqual({ search: expected });
    const key = topicKey(topic);
    expect(new TextDecoder().decode(new TextEncoder().encode(key))).toBe(key);
    expect(key).not.toContain('\\ud');
  });

  test('a property that is undefined is absent', () => {
    const topic = { topic: 'learnings', sort: undefined, filters: { search: undefined } };
    expect(topicKey(topic as unknown as LearningsTopic)).toBe(topicKey({ topic: 'learnings' }));
  });
});
