import type { ReactNode } from 'react';
import useWebSocketModule from 'react-use-websocket';
import type { LearningBrief, LearningsData } from '../../src/messages/types.ts';
import type { Contestant } from '../contestant.ts';
import { List, type Shown } from '../list.tsx';
import { ScriptedSocket, theSocket } from '../scripted-socket.ts';

// Node takes the package, which is CommonJS, for the object of its exports.
const { default: useWebSocket } = useWebSocketModule;

const does = 'hands over the last message, which is the whole state: it knows of no other';

/** `react-use-websocket`. */
export const useWebSocketHook: Contestant = {
  name: 'react-use-websocket',
  does: { patch: does, snapshot: does },
  start: (traffic) => {
    Object.assign(globalThis, { WebSocket: ScriptedSocket });
    ScriptedSocket.server = {
      greet: (socket) => {
        socket.frame(traffic.data).deliver();
      },
    };
    return {
      element: <Learnings />,
      frame: () => theSocket().frame(traffic.data),
      stop: () => undefined,
    };
  },
};

function Learnings(): ReactNode {
  const { lastJsonMessage } = useWebSocket<LearningsData | null>('ws://127.0.0.1/ws');
  return <List rows={lastJsonMessage?.learnings ?? []} keyOf={idOf} show={shown} />;
}

const idOf = ({ id }: LearningBrief): string => id;

const shown = ({ id, content, estimated_value }: LearningBrief): Shown => ({
  id,
  content,
  value: estimated_value,
});
