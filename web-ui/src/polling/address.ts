import { SOCKET_PATH } from '../messages/protocol.ts';
import type { DashboardTopic, LearningAction, Uuid } from '../messages/types.ts';

/** How an action is asked for over HTTP. */
export interface ActionAddress {
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
}

/** Where the HTTP API is of the server whose socket is at `socketUrl`, without a slash at the end. */
export function httpBase(socketUrl: string): string {
  const { protocol, host, pathname } = new URL(socketUrl);
  const prefix = pathname.endsWith(SOCKET_PATH) ? pathname.slice(0, -SOCKET_PATH.length) : '';
  return `${protocol.replace(/^ws/, 'http')}//${host}${prefix}`;
}

/** The address of a topic's state, whose query holds the topic's parameters flat. */
export function topicPath({ topic, ...parameters }: DashboardTopic): string {
  const query = new URLSearchParams([...flat(parameters)]).toString();
  return `/api/groove/dashboard/${topic}${query === '' ? '' : `?${query}`}`;
}

export function actionAddress(action: LearningAction, id: Uuid): ActionAddress {
  const path = `/api/groove/learnings/${encodeURIComponent(id)}`;
  if (action === 'delete_learning') return { method: 'DELETE', path };
  return { method: 'POST', path: `${path}/${action === 'enable_learning' ? 'enable' : 'disable'}` };
}

type Parameter = string | number | undefined | { readonly [name: string]: Parameter };

/** Each member that is no object by its own name; those of a scope are `scope_level` and `scope_name`. */
function* flat(members: object, prefix = ''): Generator<[string, string]> {
  for (const [name, member] of Object.entries(members) as [string, Parameter][]) {
    if (typeof member === 'object') yield* flat(member, name === 'scope' ? 'scope_' : '');
    else if (member !== undefined) yield [`${prefix}${name}`, String(member)];
  }
}
