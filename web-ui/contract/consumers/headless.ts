// A program in Node, whose compiler knows no page.
import {
  DashboardClient,
  DashboardError,
  topicKey,
  type HealthData,
  type TopicState,
} from '@groove/dashboard';

const client = new DashboardClient({ url: 'ws://127.0.0.1:8765/ws/groove/dashboard' });
const health = { topic: 'health' } as const;

export const leave = client.subscribe(health, () => {
  const state: TopicState<HealthData> = client.getTopic(health);
  if (state.status === 'success') {
    const status: 'ok' | 'degraded' | 'error' | 'unknown' = state.data.overall_status;
    console.log(topicKey(health), status);
    // @ts-expect-error -- what the schema does not know, nobody can read
    console.log(state.data.learnings);
  }
  if (state.status === 'error') console.log(state.error.code === 'not_found');
});

// @ts-expect-error -- there is no such topic
client.subscribe({ topic: 'weather' });

export async function disable(id: string): Promise<string> {
  try {
    await client.disableLearning(id);
    return 'done';
  } catch (error) {
    return error instanceof DashboardError ? error.code : 'unknown';
  }
}
