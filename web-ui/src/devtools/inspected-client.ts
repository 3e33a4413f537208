import { DashboardClient, type DashboardClientOptions, type Listener } from '../client/index.ts';
import type { DashboardTopic } from '../messages/types.ts';
import { Inspection, register } from './inspection.ts';
import { Inspected } from './inspected-socket.ts';

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
  const client = new InspectedClient(inspection, { ...options, ...inspected(inspection, options) });
  register(client, inspection);
  return client;
}

/** The same ways to the server, of which `inspection` hears each frame. */
function inspected(
  inspection: Inspection,
  { WebSocket, fallback }: DashboardClientOptions,
): DashboardClientOptions {
  return {
    WebSocket: class extends Inspected {
      constructor(url: string, protocol: string) {
        // Looked up as late as the client does.
        super(inspection, new (WebSocket ?? globalThis.WebSocket)(url, protocol));
      }
    },
    fallback: fallback && {
      ...fallback,
      openSocket: (url, protocol) => new Inspected(inspection, fallback.openSocket(url, protocol)),
    },
  };
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
