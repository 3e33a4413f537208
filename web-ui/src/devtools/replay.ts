import { topicKey, type TopicKey } from '../client/index.ts';
import type { DashboardMessage, SnapshotMessage, UpdateMessage } from '../messages/types.ts';
import { parts, type Frame, type Inspection } from './inspection.ts';

/** Time between two messages, so that a person sees each. */
const STEP_MS = 400;

type StateMessage = SnapshotMessage | UpdateMessage;

/** The last snapshot of a topic that is still kept, and the updates since; empty where it is not kept. */
export function history(frames: readonly Frame[], key: TopicKey): readonly StateMessage[] {
  const states = frames
    .flatMap((frame) => (frame.direction === 'received' ? parts(frame.message) : []))
    .filter(isState)
    .filter(({ topic }) => topicKey(topic) === key);
  const start = states.findLastIndex(({ type }) => type === 'snapshot');
  return start < 0 ? [] : states.slice(start);
}

function isState(message: DashboardMessage): message is StateMessage {
  return message.type === 'snapshot' || message.type === 'update';
}

/**
 * Gives the client the history of a topic once more, message by message, so that components go the same way
 * again. It ends with what is held now; what the server sends meanwhile does not fit, and the client asks anew.
 *
 * The returned function gives it the rest at once.
 */
export function replay(inspection: Inspection, key: TopicKey): () => void {
  const left = [...history(inspection.read().frames, key)];
  const step = (): void => {
    const message = left.shift();
    if (message !== undefined) inspection.deliver(message);
    if (left.length === 0) clearInterval(timer);
  };
  const timer = setInterval(step, STEP_MS);
  step();
  return () => {
    while (left.length > 0) step();
  };
}
