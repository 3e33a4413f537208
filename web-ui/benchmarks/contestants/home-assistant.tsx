import {
  createConnection,
  subscribeEntities,
  type Connection,
  type HassEntities,
  type HassEntity,
} from 'home-assistant-js-websocket';
import { useEffect, useState, type ReactNode } from 'react';
import type { LearningBrief } from '../../src/messages/types.ts';
import type { Contestant } from '../contestant.ts';
import { List, type Shown } from '../list.tsx';
import { ScriptedSocket, theSocket } from '../scripted-socket.ts';
import type { Traffic } from '../traffic.ts';

interface Request {
  readonly id: number;
  readonly type: string;
}

/** `home-assistant-js-websocket`: each learning is an entity, its value the state, the rest its attributes. */
export const homeAssistant: Contestant = {
  name: 'home-assistant',
  does: {
    patch: 'is told the new state of one entity',
    snapshot: 'is told all entities anew',
  },
  start: (traffic) => {
    let subscription = 0;
    ScriptedSocket.server = {
      answer: (socket, text) => {
        const { id, type } = JSON.parse(text) as Request;
        socket.frame({ id, type: 'result', success: true, result: null }).deliver();
        if (type !== 'subscribe_entities') return;
        subscription = id;
        socket.frame({ id, type: 'event', event: all(traffic) }).deliver();
      },
    };
    const connection = connect();
    return {
      element: <Entities connection={connection} />,
      frame: (telling, index) =>
        theSocket().frame({
          id: subscription,
          type: 'event',
          event: telling === 'snapshot' ? all(traffic) : one(traffic, index),
        }),
      stop: () => {
        void connection.then((open) => {
          open.close();
        });
      },
    };
  },
};

function connect(): Promise<Connection> {
  const socket = Object.assign(new ScriptedSocket('ws://127.0.0.1/ws'), {
    haVersion: '2026.11.0',
  });
  return createConnection({
    createSocket: () => Promise.resolve(socket as unknown as WebSocket & { haVersion: string }),
  });
}

function Entities({ connection }: { readonly connection: Promise<Connection> }): ReactNode {
  const [entities, setEntities] = useState<HassEntities>({});
  useEffect(() => {
    let leave: (() => void) | undefined;
    void connection.then((open) => {
      leave = subscribeEntities(open, setEntities);
    });
    return () => {
      leave?.();
    };
  }, [connection]);
  return <List rows={Object.values(entities)} keyOf={idOf} show={shown} />;
}

const idOf = ({ entity_id }: HassEntity): string => entity_id;

const shown = ({ entity_id, state, attributes }: HassEntity): Shown => ({
  id: entity_id,
  content: String(attributes['content']),
  value: Number(state),
});

function all(traffic: Traffic): object {
  const entities = traffic.rows.map((row) => [row.id, entity(row)] as const);
  return { a: Object.fromEntries(entities) };
}

function entity({ estimated_value, ...attributes }: LearningBrief): object {
  return { s: String(estimated_value), a: attributes, c: 'context', lc: 1_772_354_000 };
}

function one(traffic: Traffic, index: number): object {
  const row = traffic.rows[index];
  if (row === undefined) throw new Error('there is no such row');
  return { c: { [row.id]: { '+': { s: String(row.estimated_value), lc: 1_772_354_000 } } } };
}
