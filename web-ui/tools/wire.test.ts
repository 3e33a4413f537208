import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DashboardMessage, DashboardRequest } from '../src/messages/types.ts';
import { asked, mustBeRefused, said, takeRefused } from './wire.ts';

const ROOT = join(import.meta.dirname, '..');

test('a right frame in either direction is handed on, and nothing is noted', () => {
  const request: DashboardRequest = { type: 'ping' };
  const message: DashboardMessage = { type: 'pong', request_id: 'r-1' };
  expect(asked(JSON.stringify(request))).toEqual(request);
  expect(said(JSON.stringify(message))).toEqual(message);
  expect(takeRefused).toThrow('The schema refused no frame.');
});

test('a wrong frame is noted with its places, the oldest first', () => {
  asked('{"type":"disable_learning","id":"7"}');
  said('{"type":"current","topic":{"topic":"learnings","limit":0}}');
  asked('{"type":"pong"}');
  expect(takeRefused()).toEqual(['/id']);
  expect(takeRefused()).toEqual(['/version', '/topic/limit']);
  expect(takeRefused()).toEqual(['/type']);
});

test('what a test takes for wrong has to be wrong', () => {
  for (const data of ['', '{', '{"type":"ping"}', new ArrayBuffer(1)]) mustBeRefused(data);
  expect(() => {
    mustBeRefused('{"type":"pong"}');
  }).toThrow('the schema allows {"type":"pong"}');
});

test('whoever plays a part of a connection reports its frames', () => {
  const plays =
    /implements SocketLike|new FakeServer\(|extends WebSocket|new WebSocket\(|newPage\(/;
  const files = ['src', 'contract', 'e2e'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  );
  const players = files.filter(
    (file) =>
      /^(?:src.*__tests__|contract(?!\/consumers)|e2e).*\.tsx?$/.test(file) &&
      plays.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  expect(players.sort()).toEqual([
    'contract/contract.test.ts',
    'e2e/browser.ts',
    'src/client/__tests__/fake-socket.ts',
  ]);
  for (const file of players) {
    expect(readFileSync(join(ROOT, file), 'utf8'), file).toContain("tools/wire.ts'");
  }
});
