import type { DashboardClient, LearningActions } from '../client/index.ts';
import type { Uuid } from '../messages/types.ts';
import { changeOf } from './action-change.ts';

/** How often it is looked whether the server's data say by themselves what is shown. */
const LOOK_MS = 100;
/** How long after the server has done an action its data may lack it. */
const SETTLE_MS = 5_000;

type Show = (action: keyof LearningActions, id: Uuid, done: Promise<void>) => void;

/**
 * Makes a function that shows an action, in all that `client` holds, until `done` rejects or the server's data
 * say the same. Of several actions on one learning the last is shown.
 */
export function showActions(client: DashboardClient): Show {
  const shown = new Map<Uuid, () => void>();
  return (action, id, done) => {
    shown.get(id)?.();
    const change = changeOf(action, id);
    const uncover = client.overlay(change);
    let timer: ReturnType<typeof setInterval> | undefined;
    const end = (): void => {
      clearInterval(timer);
      uncover();
      if (shown.get(id) === end) shown.delete(id);
    };
    const settle = (): void => {
      const until = Date.now() + SETTLE_MS;
      const look = (): void => {
        if (!client.isChangedBy(change) || Date.now() >= until) end();
      };
      timer = setInterval(look, LOOK_MS);
      look();
    };
    shown.set(id, end);
    done.then(() => {
      // Another action may have taken its place.
      if (shown.get(id) === end) settle();
    }, end);
  };
}
