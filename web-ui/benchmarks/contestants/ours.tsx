import type { ReactNode } from 'react';
import { DashboardClient, SCHEMA_HASH, type Schedule } from '../../src/client/index.ts';
import { DashboardProvider, useLearnings } from '../../src/hooks/index.ts';
import type {
  DashboardMessage,
  DashboardRequest,
  LearningBrief,
  LearningsTopic,
} from '../../src/messages/types.ts';
import type { Contestant } from '../contestant.ts';
import { List, type Shown } from '../list.tsx';
import { ScriptedSocket, theSocket } from '../scripted-socket.ts';
import type { Traffic } from '../traffic.ts';

const PAGE = { sort: 'recency', limit: 500, offset: 0 } as const;
const TOPIC: LearningsTopic = { topic: 'learnings', filters: {}, ...PAGE };

/** The client and the hook of this package. */
export const ours: Contestant = {
  name: 'ours',
  does: {
    patch: 'applies an RFC 6902 patch, and keeps every row that has not changed',
    snapshot: 'takes the whole state in, and keeps every row that has not changed',
  },
  start: (traffic) => {
    ScriptedSocket.server = {
      greet: (socket) => {
        say(socket, welcome());
      },
      answer: (socket, text) => {
        answer(socket, JSON.parse(text) as DashboardRequest, traffic);
      },
    };
    const client = new DashboardClient({
      url: 'ws://127.0.0.1/ws',
      WebSocket: ScriptedSocket,
      page: null,
      schedule: atOnce,
    });
    let version = traffic.version;
    return {
      element: (
        <DashboardProvider client={client}>
          <Learnings />
        </DashboardProvider>
      ),
      frame: (telling, index) => {
        const base = version;
        version = traffic.version;
        return theSocket().frame(
          telling === 'snapshot'
            ? { type: 'snapshot', topic: TOPIC, version, data: traffic.data }
            : {
                type: 'update',
                topic: TOPIC,
                base,
                version,
                patch: [
                  {
                    op: 'replace',
                    path: `/learnings/${String(index)}/estimated_value`,
                    value: traffic.rows[index]?.estimated_value ?? 0,
                  },
                ],
              },
        );
      },
      stop: () => {
        client.close();
      },
    };
  },
};

function Learnings(): ReactNode {
  const { data } = useLearnings({}, PAGE);
  return <List rows={data?.learnings ?? []} keyOf={idOf} show={shown} />;
}

const idOf = ({ id }: LearningBrief): string => id;

const shown = ({ id, content, estimated_value }: LearningBrief): Shown => ({
  id,
  content,
  value: estimated_value,
});

function answer(socket: ScriptedSocket, request: DashboardRequest, traffic: Traffic): void {
  if (request.type !== 'subscribe') return;
  const { request_id } = request;
  const { version, data } = traffic;
  say(socket, { type: 'subscribed', topics: [TOPIC], ...(request_id && { request_id }) });
  say(socket, { type: 'snapshot', topic: TOPIC, version, data });
}

function say(socket: ScriptedSocket, message: DashboardMessage): void {
  socket.frame(message).deliver();
}

/** A page is drawn by frames, and told once for each; here, what is measured is how many could be taken in. */
const atOnce: Schedule = (flush) => {
  flush();
  return () => undefined;
};

function welcome(): DashboardMessage {
  return {
    type: 'welcome',
    protocol_version: 1,
    schema_hash: SCHEMA_HASH,
    server_version: '0.1.0',
    server_time: '2026-03-01T08:30:00Z',
    heartbeat_seconds: 3600,
    roles: ['viewer'],
    limits: {
      max_message_bytes: 65_536,
      max_topics: 64,
      messages_per_second: 20,
      message_burst: 60,
    },
    retry: { min_ms: 500, max_ms: 20_000 },
  };
}
