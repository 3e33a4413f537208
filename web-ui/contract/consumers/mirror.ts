// A program that only reads.
import { createMirror, type HealthData, type TopicState } from '@groove/dashboard/mirror';

const mirror = createMirror({ url: 'ws://127.0.0.1:8765/ws/groove/dashboard', lingerMs: 0 });
const health = { topic: 'health' } as const;

export const leave = mirror.subscribe(health, () => {
  const state: TopicState<HealthData> = mirror.getTopic(health);
  if (state.status === 'error') console.log(state.error.code === 'not_found');
  else console.log(state.data?.overall_status, mirror.getConnection().attempt);
});

// @ts-expect-error -- it knows no page, whose server could be meant
createMirror();
// @ts-expect-error -- it acts on nothing
export type Act = (typeof mirror)['enableLearning'];
