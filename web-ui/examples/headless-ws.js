// The same in Node 20, which has no WebSocket of its own: the one of the package `ws` is passed in.
//   node headless-ws.js ws://127.0.0.1:8765/ws/groove/dashboard
import { DashboardClient } from '@groove/dashboard';
import { WebSocket } from 'ws';

const client = new DashboardClient({
  url: process.argv[2] ?? 'ws://127.0.0.1:8765/ws/groove/dashboard',
  WebSocket,
});
const LEARNINGS = /** @type {const} */ ({ topic: 'learnings', limit: 1 });

client.subscribe(LEARNINGS, () => {
  const { data, isStale, error } = client.getTopic(LEARNINGS);
  if (error !== undefined) console.error(error.message);
  else if (data !== undefined) console.log(`${data.total} learnings${isStale ? ', or so' : ''}`);
});

process.once('SIGINT', () => {
  client.close();
});
