import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastJsonPatch from 'fast-json-patch';
import { expect, test, vi } from 'vitest';
import { SHARED } from '../../../tools/schema.ts';
import { takeRefused } from '../../../tools/wire.ts';
import {
  SCHEMA_HASH,
  type DashboardMessage,
  type DashboardTopic,
  type LearningAction,
  type Uuid,
} from '../../messages/types.ts';
import type { DashboardClient } from '../client.ts';
import { DashboardError } from '../../mirror/errors.ts';
import type { ConnectionStatus } from '../../mirror/connection-state.ts';
import type { TopicState } from '../../mirror/topic-state.ts';
import { topicKey, type TopicKey } from '../../mirror/topic-key.ts';
import { FakeSocket } from './fake-socket.ts';
import { fakeTime, makeClient, settle } from './harness.ts';

/**
 * The real client takes part in the golden conversations: what the real server was recorded to say is said to it, and
 * it must say what the file says that it does. shared-schema/README.md tells what a step is.
 */

type Step =
  | { opens: true }
  | { client: object }
  | { client_wrong: unknown }
  | { server: DashboardMessage }
  | { facts: object[] }
  | { breaks: true }
  | { restarts: true }
  | { closes: number }
  | { seconds: number }
  | { app: { subscribe: DashboardTopic[] } | { unsubscribe: DashboardTopic[] } }
  | { app: { action: LearningAction; id: Uuid } }
  | { settles: string }
  | { connection: ConnectionStatus }
  | { shows: Shows };

interface Shows {
  readonly topic: DashboardTopic;
  readonly status: TopicState<unknown>['status'];
  readonly is_stale: boolean;
  /** By JSON pointer into the data. */
  readonly values: Readonly<Record<string, unknown>>;
}

interface Transcript {
  readonly about: string;
  readonly players: readonly ('server' | 'client')[];
  readonly steps: readonly Step[];
}

const FOLDER = join(SHARED, 'transcripts');
const NAMED: Readonly<Record<string, string>> = {
  $schema_hash: SCHEMA_HASH,
  $server_version: '0.1.0',
};

function read(file: string): Transcript {
  const named = (_: string, value: unknown): unknown =>
    typeof value === 'string' ? (NAMED[value] ?? value) : value;
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'), named) as Transcript;
}

/** Plays the server, the network and the application around one client. */
class Stage {
  readonly #client: DashboardClient = makeClient();
  readonly #leaves = new Map<TopicKey, () => void>();
  /** What somebody else's implementation of RFC 6902 makes of the same frames. */
  readonly #mirror = new Map<TopicKey, unknown>();
  #heard = 0;
  #outcome: Promise<string> | undefined;

  async play(step: Step): Promise<void> {
    if ('opens' in step) this.#open();
    else if ('client' in step) await this.#expectRequest(step.client);
    else if ('client_wrong' in step) {
      await this.#expectRequest(step.client_wrong);
      expect(takeRefused()).not.toEqual([]);
    } else if ('server' in step) this.#say(step.server);
    else if ('breaks' in step) await this.#lose();
    else if ('closes' in step) await this.#lose(step.closes);
    else if ('seconds' in step) vi.advanceTimersByTime(step.seconds * 1000);
    else if ('app' in step) this.#act(step.app);
    else if ('settles' in step) expect(await this.#outcome).toBe(step.settles);
    else if ('connection' in step)
      expect(this.#client.getConnection().status).toBe(step.connection);
    else if ('shows' in step) this.#expectShown(step.shows);
    // facts and restarts are the server's own affairs
  }

  /** The client has said nothing on this connection that the file does not know of. */
  async expectSilence(): Promise<void> {
    await settle();
    expect(FakeSocket.last.sent.slice(this.#heard)).toEqual([]);
  }

  async #lose(code?: number): Promise<void> {
    await this.expectSilence();
    FakeSocket.last.fail(code);
  }

  #open(): void {
    const opened = FakeSocket.all.length;
    if (opened === 0) this.#client.connect();
    else vi.advanceTimersByTime((this.#client.getConnection().retryAt ?? 0) - Date.now());
    expect(FakeSocket.all).toHaveLength(opened + 1);
    FakeSocket.last.accept();
    this.#heard = 0;
  }

  async #expectRequest(request: unknown): Promise<void> {
    await settle();
    expect(FakeSocket.last.sent[this.#heard]).toEqual(request);
    this.#heard += 1;
  }

  #say(message: DashboardMessage): void {
    FakeSocket.last.say(message);
    for (const one of message.type === 'batch' ? message.messages : [message]) {
      if (one.type === 'snapshot') this.#mirror.set(topicKey(one.topic), one.data);
      if (one.type === 'update') {
        const key = topicKey(one.topic);
        const before = structuredClone(this.#mirror.get(key));
        this.#mirror.set(
          key,
          fastJsonPatch.applyPatch(before, structuredClone(one.patch)).newDocument,
        );
      }
    }
    for (const [key, data] of this.#mirror) {
      if (this.#leaves.has(key)) {
        expect(this.#client.getTopic(JSON.parse(key) as DashboardTopic).data).toEqual(data);
      }
    }
  }

  #act(wish: Extract<Step, { app: object }>['app']): void {
    if ('subscribe' in wish) {
      for (const topic of wish.subscribe) {
        this.#leaves.set(topicKey(topic), this.#client.subscribe(topic));
      }
    } else if ('unsubscribe' in wish) {
      for (const topic of wish.unsubscribe) {
        this.#leaves.get(topicKey(topic))?.();
        this.#leaves.delete(topicKey(topic));
      }
    } else {
      const { id } = wish;
      const done = {
        enable_learning: () => this.#client.enableLearning(id),
        disable_learning: () => this.#client.disableLearning(id),
        delete_learning: () => this.#client.deleteLearning(id),
      }[wish.action]();
      this.#outcome = done.then(
        () => 'done',
        (error: unknown) => (error instanceof DashboardError ? error.code : String(error)),
      );
    }
  }

  #expectShown({ topic, status, is_stale, values }: Shows): void {
    const state = this.#client.getTopic(topic);
    expect({ status: state.status, is_stale: state.isStale }).toEqual({ status, is_stale });
    for (const [pointer, value] of Object.entries(values)) {
      expect(fastJsonPatch.getValueByPointer(state.data, pointer), pointer).toEqual(value);
    }
  }
}

fakeTime();

const files = readdirSync(FOLDER).filter((file) => read(file).players.includes('client'));

test.each(files)('%s', async (file) => {
  const stage = new Stage();
  for (const [number, step] of read(file).steps.entries()) {
    try {
      await stage.play(step);
    } catch (error) {
      throw new Error(`step ${String(number)}: ${JSON.stringify(step).slice(0, 200)}`, {
        cause: error,
      });
    }
  }
  await stage.expectSilence();
});
