import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SOCKET_PATH } from '../src/messages/protocol.ts';
import type { IngestEvent, IngestResult } from '../src/messages/types.ts';

const COMMAND = fileURLToPath(new URL('../../.venv/bin/groove-dashboard', import.meta.url));
const READY_WITHIN_MS = 90_000;
const ENDS_WITHIN_MS = 10_000;

/** The environment without settings of the person who runs the tests. */
const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('GROOVE_')),
);

type ServerProcess = ChildProcessByStdio<null, Readable, Readable>;

/** The real server on a data directory of its own; it can be ended and started again on the same port. */
export class Server {
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'groove-server-'));
  #port = 0;
  #process: ServerProcess | undefined;
  #said = '';

  /** Where it listens, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  get port(): number {
    return this.#port;
  }

  /** The address of its WebSocket. */
  get socketUrl(): string {
    return this.url.replace('http', 'ws') + SOCKET_PATH;
  }

  /** Everything that the server has printed, for the message of a failed test. */
  get said(): string {
    return this.#said;
  }

  /** Starts the server; the first time on a free port, then on that one. Resolves when it can be used. */
  async start(): Promise<void> {
    if (!existsSync(COMMAND)) {
      throw new Error(`${COMMAND} does not exist: \`make build\` installs the server.`);
    }
    const options = ['--port', String(this.#port), '--data-dir', this.#dataDir];
    const child = spawn(COMMAND, ['serve', ...options], {
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
    });
    this.#port = await this.#ready(child);
  }

  /** Ends the server at once, as a crash would: no goodbye, no clean-up. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks the server to end, and says with which code it did. Fails when it takes longer than it may. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Ends what still runs and removes the data. */
  async remove(): Promise<void> {
    try {
      if (this.#process !== undefined) await this.stop();
    } finally {
      rmSync(this.#dataDir, { recursive: true, force: true });
    }
  }

  /** Sends a file of events with the command that a user would take; returns what that printed. */
  async ingest(file: string): Promise<string> {
    const { stdout, stderr } = await promisify(execFile)(
      COMMAND,
      ['ingest', file, '--url', this.url],
      { env: ENVIRONMENT },
    );
    return stdout + stderr;
  }

  /** Sends events over HTTP. Fails when the server does not take all of them. */
  async send(...events: IngestEvent[]): Promise<IngestResult> {
    const response = await fetch(`${this.url}/api/groove/events`, {
      method: 'POST',
      body: JSON.stringify(events),
    });
    if (!response.ok) throw new Error(`${String(response.status)}: ${await response.text()}`);
    return (await response.json()) as IngestResult;
  }

  async #ready(child: ServerProcess): Promise<number> {
    const lines = createInterface({ input: child.stdout });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
    }, READY_WITHIN_MS);
    try {
      for await (const line of lines) {
        this.#said += `${line}\n`;
        const port = /^ready http:\/\/[^:]+:(\d+)$/.exec(line)?.[1];
        if (port !== undefined) return Number(port);
      }
    } finally {
      clearTimeout(timer);
      child.stdout.resume(); // or whatever it still says would one day fill the pipe
    }
    const seconds = String(READY_WITHIN_MS / 1000);
    throw new Error(`The server ended, or was not ready within ${seconds} s:\n${this.#said}`);
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.#process;
    if (child === undefined) throw new Error('The server does not run.');
    this.#process = undefined;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const ended = once(child, 'exit');
    const started = performance.now();
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
    }, ENDS_WITHIN_MS);
    child.kill(signal);
    await ended;
    clearTimeout(timer);
    if (signal === 'SIGTERM' && performance.now() - started >= ENDS_WITHIN_MS) {
      throw new Error(`The server did not end within ${String(ENDS_WITHIN_MS)} ms:\n${this.#said}`);
    }
    return child.exitCode;
  }
}
