/** An HTTP API whose answers the test writes. It is handed to the client in place of `fetch`. */
export class FakeApi {
  /** Data by address, each with its version; what is not here does not exist. */
  readonly states = new Map<string, { version: string; data: unknown }>();
  /** Answers that come first, by address. */
  readonly refusals = new Map<string, { status: number; problem?: object; headers?: object }>();
  /** Every request, as `METHOD address` with the version that the client holds and its token. */
  readonly requests: string[] = [];
  /** false: nobody is there. */
  isThere = true;
  /** true: requests are taken, and not answered. */
  isStuck = false;
  /** How many requests were on their way at once at the most. */
  most = 0;
  #now = 0;

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const { method = 'GET', signal } = init;
    const headers = new Headers(init.headers);
    const address = (input as string).replace('http://test.invalid', '');
    const held = headers.get('if-none-match') ?? '';
    const token = headers.get('authorization') ?? '';
    this.requests.push([method, address, held, token].filter(Boolean).join(' '));
    this.#now += 1;
    this.most = Math.max(this.most, this.#now);
    try {
      await this.#answered(signal);
    } finally {
      this.#now -= 1;
    }
    return this.#answer(method, address, held);
  };

  /** Takes the requests that were seen. */
  seen(): string[] {
    return this.requests.splice(0);
  }

  async #answered(signal: AbortSignal | null | undefined): Promise<void> {
    if (!this.isThere) throw new TypeError('fetch failed');
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', abort);
      if (!this.isStuck) setTimeout(resolve, 5);
    });
  }

  #answer(method: string, address: string, held: string): Response {
    const refusal = this.refusals.get(address);
    if (refusal !== undefined) {
      const { status, problem, headers } = refusal;
      return new Response(JSON.stringify(problem ?? {}), {
        status,
        headers: {
          'content-type': problem ? 'application/problem+json; charset=utf-8' : 'text/html',
          ...headers,
        },
      });
    }
    if (address === '/api/groove/schema') {
      return new Response(null, { status: 200, headers: { etag: '"0123456789ab"' } });
    }
    if (address === '/healthz' || method !== 'GET') return new Response('{}', { status: 200 });
    const state = this.states.get(address);
    if (state === undefined) return new Response('', { status: 404 });
    const headers = { etag: `"${state.version}"` };
    return held === headers.etag
      ? new Response(null, { status: 304, headers })
      : new Response(JSON.stringify(state.data), { status: 200, headers });
  }
}
