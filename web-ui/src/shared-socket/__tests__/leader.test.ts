import { expect, test } from 'vitest';
import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import { Leader } from '../leader.ts';
import type { Letter } from '../letter.ts';

test('a leader serves 128 tabs, and tells the next one so', () => {
  const letters: Letter[] = [];
  const leader = new Leader({
    id: 'leader',
    openSocket: () => new FakeSocket('ws://test.invalid/ws', 'v1'),
    say: (letter) => letters.push(letter),
    watch: () => undefined,
    own: { opened: () => undefined, received: () => undefined, closed: () => undefined },
  });
  for (let n = 1; n <= 128; n += 1) leader.receive({ type: 'hello', from: String(n) });
  expect(letters.slice(-3)).toEqual([
    { type: 'taken', from: 'leader', to: ['127'] },
    { type: 'taken', from: 'leader', to: ['128'] },
    {
      type: 'closed',
      from: 'leader',
      to: ['128'],
      code: 4029,
      reason: 'more than 128 tabs share the connection',
    },
  ]);
  leader.receive({ type: 'hello', from: '1' }); // is there already
  expect(letters).toHaveLength(130);
  leader.resign();
  leader.receive({ type: 'hello', from: 'late' });
  expect(FakeSocket.live).toEqual([]);
});
