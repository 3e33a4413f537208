import { DashboardClient, type DashboardClientOptions, type Listener } from '../client/index.ts';
import type { DashboardTopic } from '../messages/types.ts';
import { Inspection, register } from './inspection.ts';
import { inspectedSocket } from './inspected-socket.ts';

/** Bundlers put the value in its place, and leave out what it makes unreachable; React relies on the same. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

/**
 * A client whose frames and subscribers the devtools see; in production bundles, a client like any other.
 *
 * It keeps the last frames: 200 of them, and no more than 4 MiB of text.
 */
export function inspectedClient(options: DashboardClientOptions = {}): DashboardClient {
  if (process.env.NODE_ENV === 'production') return new DashboardClient(options);
  const inspection = new Inspection();
  const WebSocket = inspectedSocket(inspection, options.WebSocket);
  const client = new InspectedClient(inspection, { ...options, WebSocket });
  register(client, inspection);
  return client;
}

class InspectedClient extends DashboardClient {
  readonly #inspection: Inspection;

  constructor(inspection: Inspection, options: DashboardClientOptions) {
    super(options);
    this.#inspection = inspection;
  }

  override subscribe(topic: DashboardTopic, listener?: Listener): () => void {
    const left = this.#inspection.subscribed(topic);
    const leave = super.subscribe(topic, listener);
    return () => {
      left();
      leave();
    };
  }
}
