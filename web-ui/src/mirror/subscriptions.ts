import type {
  CurrentMessage,
  DashboardMessage,
  DashboardRequest,
  DashboardTopic,
  ErrorMessage,
  RequestId,
  SnapshotMessage,
  TopicData,
  UpdateMessage,
  Version,
} from '../messages/types.ts';
import type { Connection, ConnectionListener } from './connection.ts';
import type { ConnectionState } from './connection-state.ts';
import type { Ask, Entry, RequestType } from './entry.ts';
import { DashboardError, type DashboardErrorCode, type Report } from './errors.ts';
import type { Extension } from './extension.ts';
import type { TopicMirror } from './mirror.ts';
import { listen, type Listener, type Notifier } from './notifier.ts';
import { pack } from './pack.ts';
import { applyPatch } from './patch.ts';
import { share } from './share.ts';
import { canonicalise, topicKey, type DataOf, type TopicKey } from './topic-key.ts';
import { IDLE, isLive, PENDING, type TopicState } from './topic-state.ts';

/** A topic's errors that end its subscription on the server; the others end by themselves. */
const FINAL: readonly DashboardErrorCode[] = ['not_found', 'forbidden'];

export interface Subscriptions
  extends ConnectionListener, Pick<TopicMirror, 'subscribe' | 'getTopic'> {
  readonly entries: ReadonlyMap<TopicKey, Entry>;
  /** An id that no other request of this client has. */
  readonly nextId: () => RequestId;
}

/**
 * Keeps the server told of exactly the topics that are wanted, and what was received of each.
 *
 * Wishes are gathered for the length of a microtask: a page that mounts ten components sends one request.
 */
export function createSubscriptions(
  lingerMs: number,
  connection: () => Pick<Connection, 'connect' | 'send'>,
  notifier: Notifier,
  report: Report,
  extension: Extension,
): Subscriptions {
  const entries = new Map<TopicKey, Entry>();
  const asked = new Map<RequestId | undefined, Ask>();
  /** Those that the server still sends though nobody wants them any more. */
  let leaving: Entry[] = [];
  let ids = 0;
  let status: ConnectionState['status'] = 'idle';
  /** Size of the largest message that the server takes, as it last said. */
  let maxBytes = 0;
  /** When the last frame before the present one came. */
  let heardAt = 0;
  /** Why the server will have none of us. */
  let refusal: DashboardError | undefined;
  /** Until it is over, the server takes no request. */
  let pause: ReturnType<typeof setTimeout> | undefined;

  /** What the server knows to be wanted. */
  function told(topic: DashboardTopic): Entry | undefined {
    const entry = entries.get(topicKey(topic));
    return entry?.isTold ? entry : undefined;
  }

  /**
   * Whatever happens to it, its data are the newest no longer unless `changes` say so. Frames come in order: as long
   * as they came, and none said otherwise, live data were the newest.
   */
  function set(entry: Entry, changes: Partial<TopicState<TopicData>>): void {
    const { state } = entry;
    const doubt = isLive(state) && {
      isStale: true,
      confirmedAt: Math.max(state.confirmedAt, heardAt),
    };
    entry.state = { ...state, ...doubt, ...changes } as TopicState<TopicData>;
    notifier.mark(entry.listeners);
  }

  /** What is held has no known way to what the server has, or the server does not know that it is wanted. */
  function askAgain(entry: Entry): void {
    entry.isDue = true;
    if (isLive(entry.state)) set(entry, {});
  }

  /** Data are kept. `isFinal`: the server has ended the subscription. */
  function fail(entry: Entry, error: DashboardError, isFinal: boolean): void {
    entry.isAnswered = true;
    if (isFinal) entry.isTold = entry.isDue = false;
    set(entry, { status: 'error', error });
  }

  function accept(entry: Entry, version: Version, data: TopicData): void {
    const { state } = entry;
    entry.version = version;
    entry.isAnswered = true;
    if (isLive(state) && data === state.data) return;
    const confirmedAt = Date.now();
    const updatedAt = data === state.data ? state.updatedAt : confirmedAt;
    set(entry, {
      status: 'success',
      data,
      error: undefined,
      isStale: false,
      updatedAt,
      confirmedAt,
    });
  }

  function subscribe(topic: DashboardTopic, listener: Listener = () => undefined): () => void {
    const key = topicKey(topic);
    // Before all else: it ends what the connection was refused for.
    const disconnect = connection().connect();
    const entry: Entry = entries.get(key) ?? {
      topic: canonicalise(topic),
      listeners: new Set(),
      state: PENDING,
      refs: 0,
      isDue: true,
    };
    entries.set(key, entry);
    const unlisten = listen(entry.listeners, listener);
    entry.refs += 1;
    if (entry.refs === 1) {
      clearTimeout(entry.linger);
      if (refusal) fail(entry, refusal, false);
      // Where it was refused, too: somebody asks anew.
      entry.isDue ||= !entry.isTold;
      queueMicrotask(tell);
    }
    return () => {
      if (!unlisten()) return;
      entry.refs -= 1;
      if (entry.refs === 0) linger(key, entry);
      disconnect();
    };
  }

  function linger(key: TopicKey, entry: Entry): void {
    // Without a connection nobody keeps it up to date.
    if (status === 'idle') drop(key, entry);
    else {
      entry.linger = setTimeout(() => {
        drop(key, entry);
        if (!entry.isTold) return;
        leaving.push(entry);
        // There is room again for those that did not fit.
        for (const other of entries.values()) {
          if (!other.isTold && other.state.error?.code === 'too_many_topics') other.isDue = true;
        }
        queueMicrotask(tell);
      }, lingerMs);
    }
  }

  function drop(key: TopicKey, entry: Entry): void {
    clearTimeout(entry.linger);
    entries.delete(key);
    // Nobody wants it, but somebody may still look at it.
    notifier.mark(entry.listeners);
  }

  /** First what ends, which makes room, then what begins. */
  function tell(): void {
    if (status !== 'open' || pause) return;
    const ended = leaving.filter(({ topic }) => !told(topic));
    leaving = [];
    ask('unsubscribe', ended);
    const due = [...entries.values()].filter(({ refs, isDue }) => refs > 0 && isDue);
    ask(
      'resume',
      due.filter(({ version }) => version),
    );
    ask(
      'subscribe',
      due.filter(({ version }) => !version),
    );
  }

  /** Asks in as few requests as the server takes. */
  function ask(type: RequestType, about: readonly Entry[]): void {
    const field = type === 'resume' ? 'subscriptions' : 'topics';
    const spell = ({ topic, version }: Entry) => (type === 'resume' ? { topic, version } : topic);
    for (const group of pack(about, spell, maxBytes, failLarge)) {
      const request_id = nextId();
      asked.set(request_id, [type, group]);
      for (const entry of group) {
        entry.isTold = true;
        entry.isDue = entry.isAnswered = false;
      }
      connection().send({
        type,
        [field]: group.map(spell),
        request_id,
      } as unknown as DashboardRequest);
    }
  }

  function nextId(): RequestId {
    return String((ids += 1));
  }

  function failLarge(entry: Entry): void {
    const why = 'the topic is larger than any message that the server takes';
    fail(entry, new DashboardError('message_too_large', why), true);
  }

  /** Takes in what the server says; what a later version of the protocol adds is nothing that was asked for. */
  function take(message: DashboardMessage): void {
    if (message.type === 'batch') message.messages.forEach(take);
    else if (message.type === 'error') takeError(message);
    else if (message.type === 'welcome') maxBytes = message.limits.max_message_bytes;
    else if (
      message.type === 'snapshot' ||
      message.type === 'update' ||
      message.type === 'current'
    ) {
      takeTopic(message);
    }
    // Of all others those matter that answer a request, by its id.
    else asked.delete((message as { readonly request_id?: RequestId }).request_id);
  }

  function takeTopic(message: SnapshotMessage | UpdateMessage | CurrentMessage): void {
    const entry = told(message.topic);
    if (!entry) return;
    const { version } = entry;
    const data = entry.state.data as TopicData; // there are some where there is a version
    // The rule of versions: drop, apply, or ask; nothing else is ever applied.
    if (message.type === 'snapshot') accept(entry, message.version, share(data, message.data));
    else if (message.version === version) accept(entry, version, data);
    else if (message.type === 'update' && message.base === version) {
      try {
        accept(entry, message.version, applyPatch(data, message.patch));
      } catch (cause) {
        // The same patch would come again as the answer to a resume: only a whole state helps.
        entry.version = undefined;
        askAgain(entry);
        report(new DashboardError('bad_frame', String(cause), { cause }));
      }
    } else if (message.type === 'current' || entry.isAnswered) askAgain(entry);
    // else: sent before the answer to what we asked; the answer is on its way
  }

  function takeError(message: ErrorMessage): void {
    const { topic, request_id } = message;
    const error = DashboardError.from(message);
    const request = asked.get(request_id);
    if (extension.claim?.(message)) return;
    if (topic) {
      const entry = told(topic);
      if (entry) fail(entry, error, FINAL.includes(error.code));
    } else if (request) {
      asked.delete(request_id);
      refuse(request, error);
    } else report(error);
  }

  /** Nothing of a refused request was done: later it can be, or where it was for some topics only, for the others. */
  function refuse([type, about]: Ask, error: DashboardError): void {
    for (const entry of about) entry.isDue = true;
    if (error.retryAfterMs === undefined) {
      // The pointers lead into the request: /topics/3/filters, or /subscriptions/3/version.
      const places = error.faults.map(({ path }) => path.split('/')[2]);
      const blamed = about.filter((_, index) => places.includes(String(index)));
      for (const entry of blamed.length > 0 ? blamed : about) fail(entry, error, true);
    } else {
      if (type === 'unsubscribe') leaving.push(...about);
      clearTimeout(pause);
      pause = setTimeout(() => {
        pause = undefined;
        tell();
      }, error.retryAfterMs);
    }
  }

  function changed(state: ConnectionState, error: DashboardError | undefined): void {
    status = state.status;
    if (error) {
      clearTimeout(pause);
      pause = undefined;
      asked.clear();
      leaving = [];
    }
    const why = error?.code === 'disconnected' ? refusal : error;
    for (const [key, entry] of entries) {
      if (error) {
        entry.isTold = false;
        askAgain(entry);
        if (why) fail(entry, why, false);
        if (status === 'idle' && entry.refs === 0) drop(key, entry);
      } else if (refusal && entry.state.error === refusal) {
        // Another attempt: what the last one was refused for holds no longer.
        set(entry, { status: entry.state.data ? 'success' : 'pending', error: undefined });
      }
    }
    refusal = why;
  }

  return {
    entries,
    nextId,
    areLive: () =>
      [...entries.values()].every(
        (entry) => entry.refs === 0 || isLive(entry.state) || !(entry.isTold || entry.isDue),
      ),
    receive: (message) => {
      notifier.together(() => {
        take(message);
        tell();
      });
      heardAt = Date.now();
    },
    changed,
    subscribe,
    getTopic: <T extends DashboardTopic>(topic: T) =>
      (entries.get(topicKey(topic))?.state ?? IDLE) as TopicState<DataOf<T>>,
  };
}
