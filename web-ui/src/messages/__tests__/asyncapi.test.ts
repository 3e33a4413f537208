import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { expect, test } from 'vitest';

const FILE = '../../../../backend/groove_dashboard/messages/groove-dashboard.asyncapi.json';
const TEXT = readFileSync(new URL(FILE, import.meta.url), 'utf8');

/** What the official parser makes of a document, and what it complains of. */
async function parse(text: string) {
  const { document, diagnostics } = await new Parser().parse(text);
  // It always tells that there is a newer AsyncAPI; not every tool reads that one.
  return {
    document,
    complaints: diagnostics.filter(({ code }) => code !== 'asyncapi-latest-version'),
  };
}

test('the official parser takes the document without an error, a warning or a hint', async () => {
  const { document, complaints } = await parse(TEXT);
  expect(complaints).toEqual([]);
  expect(document?.channels().get('dashboard')?.address()).toBe('/ws/groove/dashboard');
  const operations = document?.operations();
  expect(operations?.filterByReceive()).toHaveLength(8);
  expect(operations?.filterBySend()).toHaveLength(12);
  const replies = operations?.get('subscribe')?.reply()?.messages().all() ?? [];
  expect(replies.map((message) => message.id())).toEqual(['subscribed', 'error']);
});

test.each([
  ['a reference to nothing', '#/components/schemas/RequestId"', '#/components/schemas/Nothing"'],
  ['an action that there is not', '"action": "receive"', '"action": "hear"'],
  ['a schema that is none', '"type": "integer"', '"type": "whole"'],
])('the official parser refuses %s', async (_, from, to) => {
  expect(TEXT).toContain(from);
  const { document, complaints } = await parse(TEXT.replace(from, to));
  expect(document).toBeUndefined();
  expect(complaints).not.toEqual([]);
});
