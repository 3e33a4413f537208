// Says how many learnings there are, now and whenever that changes, by the mirror alone. Node 22 or later:
//   node mirror.js ws://127.0.0.1:8765/ws/groove/dashboard
import { createMirror } from '@groove/dashboard/mirror';

const mirror = createMirror({ url: process.argv[2] ?? 'ws://127.0.0.1:8765/ws/groove/dashboard' });
const LEARNINGS = /** @type {const} */ ({ topic: 'learnings', limit: 1 });

mirror.subscribe(LEARNINGS, () => {
  const { data, isStale, error } = mirror.getTopic(LEARNINGS);
  if (error !== undefined) console.error(error.message);
  else if (data !== undefined) console.log(`${data.total} learnings${isStale ? ', or so' : ''}`);
});

process.once('SIGINT', () => {
  mirror.close();
});
