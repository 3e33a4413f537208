import { FakeServer, type FakeServerOptions } from '../src/testing/index.ts';
import { asked, said } from './wire.ts';

/** The server that we give to others for their tests, with every frame held against the schema. */
export class CheckedServer extends FakeServer {
  constructor(options: FakeServerOptions = {}) {
    super({
      ...options,
      onFrame: (from, text) => {
        if (from === 'client') asked(text);
        else said(text);
        options.onFrame?.(from, text);
      },
    });
  }
}
