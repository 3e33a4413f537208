import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { IngestEvent, IngestResult } from '../src/messages/types.ts';

const PYTHON =
  process.env['GROOVE_PYTHON'] ?? fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));

/** The real server in a process of its own. */
export class Server {
  readonly #process: ChildProcess;
  /** Where it listens, as it says itself. */
  readonly url: URL;

  private constructor(process: ChildProcess, url: URL) {
    this.#process = process;
    this.url = url;
  }

  /** Starts on a data directory, and resolves when the server says that it is ready. */
  static async start(dataDir: string, port = '0'): Promise<Server> {
    const flags = ['serve', '--port', port, '--data-dir', dataDir];
    const child = spawn(PYTHON, ['-m', 'groove_dashboard', ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const ready = /^ready (http:\S+)$/.exec(line);
      if (ready?.[1] === undefined) continue;
      child.stdout.resume(); // or whatever it still says would one day fill the pipe
      return new Server(child, new URL(ready[1]));
    }
    throw new Error(`the server ended before it was ready:\n${complaints}`);
  }

  /** Ends it the way an operator would; resolves with its exit code. */
  async stop(): Promise<number | null> {
    if (this.#process.exitCode !== null) return this.#process.exitCode;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exit;
    return this.#process.exitCode;
  }

  async ingest(...events: IngestEvent[]): Promise<IngestResult> {
    const response = await fetch(new URL('/api/groove/events', this.url), {
      method: 'POST',
      body: JSON.stringify(events),
    });
    if (!response.ok) throw new Error(`${String(response.status)}: ${await response.text()}`);
    return (await response.json()) as IngestResult;
  }
}
