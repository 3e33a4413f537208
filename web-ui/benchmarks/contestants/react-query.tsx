import { notifyManager, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { LearningBrief, LearningsData } from '../../src/messages/types.ts';
import type { Contestant } from '../contestant.ts';
import { List, type Shown } from '../list.tsx';

const KEY = ['learnings'];

const does = 'polls: one request brings the whole state, and what has not changed is shared';

/**
 * `@tanstack/react-query` with polling. It asks once for each change, at the very moment of the change: a real page asks
 * more often than that, or is late.
 */
export const reactQuery: Contestant = {
  name: 'react-query',
  does: { patch: does, snapshot: does },
  start: (traffic) => {
    notifyManager.setScheduler(queueMicrotask); // by itself it waits for a timer, which takes a millisecond
    const client = new QueryClient();
    let answer = JSON.stringify(traffic.data);
    const read = (): Promise<LearningsData> => Promise.resolve(JSON.parse(answer) as LearningsData);
    return {
      element: (
        <QueryClientProvider client={client}>
          <Learnings read={read} />
        </QueryClientProvider>
      ),
      frame: () => {
        const text = JSON.stringify(traffic.data);
        return {
          text,
          deliver: () => {
            answer = text;
            void client.refetchQueries({ queryKey: KEY });
          },
        };
      },
      stop: () => {
        client.clear();
      },
    };
  },
};

function Learnings({ read }: { readonly read: () => Promise<LearningsData> }): ReactNode {
  const { data } = useQuery({ queryKey: KEY, queryFn: read, staleTime: Infinity });
  return <List rows={data?.learnings ?? []} keyOf={idOf} show={shown} />;
}

const idOf = ({ id }: LearningBrief): string => id;

const shown = ({ id, content, estimated_value }: LearningBrief): Shown => ({
  id,
  content,
  value: estimated_value,
});
