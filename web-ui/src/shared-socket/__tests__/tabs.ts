import { FakeSocket } from '../../client/__tests__/fake-socket.ts';
import type { Random } from '../../mirror/__tests__/random.ts';
import type { Letter } from '../letter.ts';
import type { Channel, Locks, Surroundings } from '../surroundings.ts';

type Task = () => void;

/** What is under way, in queues: the order within each is kept, that between them is chance. */
export class Traffic {
  readonly #queues = new Map<string, Task[]>();
  readonly #frozen = new Set<string>();
  random: Random | undefined;

  add(queue: string, task: Task): void {
    this.#queues.set(queue, [...(this.#queues.get(queue) ?? []), task]);
  }

  /** Nothing arrives at `tab` until it thaws. */
  freeze(tab: string): void {
    this.#frozen.add(tab);
  }

  thaw(tab: string): void {
    this.#frozen.delete(tab);
  }

  /** Lets one thing happen; false where nothing is under way. */
  async step(): Promise<boolean> {
    await turn();
    const ready = [...this.#queues].filter(
      ([queue, tasks]) => tasks.length > 0 && !this.#frozen.has(queue.split('>').at(-1) ?? ''),
    );
    const [first] = ready;
    if (first === undefined) return false;
    const [, tasks] = this.random?.pick(ready) ?? first;
    tasks.shift()?.();
    await turn();
    return true;
  }

  async drain(): Promise<void> {
    while (await this.step());
  }
}

/** Lets everything that follows at once happen. */
async function turn(): Promise<void> {
  for (let n = 0; n < 12; n += 1) await Promise.resolve();
}

interface Claim {
  readonly tab: FakeTab;
  readonly granted: () => Promise<void> | undefined;
  readonly settle: (error?: Error) => void;
}

/** The browser's locks, and who waits for them. */
class LockTable {
  readonly #traffic: Traffic;
  /** The first of each list holds the lock. */
  readonly claims = new Map<string, Claim[]>();

  constructor(traffic: Traffic) {
    this.#traffic = traffic;
  }

  request(tab: FakeTab, ...[name, { signal, steal }, granted]: Parameters<Locks['request']>) {
    return new Promise<unknown>((resolve, reject) => {
      if (tab.isDead) return;
      signal?.throwIfAborted();
      const claim: Claim = {
        tab,
        granted,
        settle: (error) => {
          if (error === undefined) resolve(undefined);
          else reject(error);
        },
      };
      const claims = this.claims.get(name) ?? [];
      this.claims.set(name, claims);
      if (steal === true) {
        claims.shift()?.settle(new DOMException('stolen', 'AbortError'));
        claims.unshift(claim);
      } else claims.push(claim);
      let isGranted = false;
      claim.tab.onGrant.set(claim, () => {
        isGranted = true;
      });
      signal?.addEventListener('abort', () => {
        if (!isGranted) this.#remove(name, claim, signal.reason as Error);
      });
      if (claims[0] === claim) this.#grant(name, claim);
    });
  }

  releaseAll(tab: FakeTab): void {
    for (const [name, claims] of this.claims) {
      for (const claim of claims.filter((one) => one.tab === tab)) this.#remove(name, claim);
    }
  }

  #grant(name: string, claim: Claim): void {
    this.#traffic.add(`lock>${claim.tab.name}`, () => {
      if (this.claims.get(name)?.[0] !== claim) return; // withdrawn meanwhile
      claim.tab.onGrant.get(claim)?.();
      const held = claim.granted() ?? Promise.resolve();
      void held.then(() => {
        this.#remove(name, claim, undefined);
      });
    });
  }

  #remove(name: string, claim: Claim, reason?: Error): void {
    const claims = this.claims.get(name) ?? [];
    const place = claims.indexOf(claim);
    if (place < 0) return;
    claims.splice(place, 1);
    if (claims.length === 0) this.claims.delete(name);
    if (!claim.tab.isDead) claim.settle(reason);
    const next = claims[0];
    if (place === 0 && next !== undefined) this.#grant(name, next);
  }
}

/** A browser: tabs that share its locks and its channels. */
export class FakeBrowser {
  readonly traffic = new Traffic();
  readonly locks = new LockTable(this.traffic);
  readonly channels = new Set<{ name: string; tab: FakeTab; channel: Channel }>();
  readonly letters: Letter[] = [];
  readonly tabs: FakeTab[] = [];

  open(): FakeTab {
    const tab = new FakeTab(this, String(this.tabs.length));
    this.tabs.push(tab);
    return tab;
  }

  /** Real sockets that are not closed, oldest first. */
  get sockets(): readonly FakeSocket[] {
    return this.tabs.flatMap(({ sockets }) => sockets.filter(({ phase }) => phase !== 'closed'));
  }

  post(tab: FakeTab, sender: Channel, name: string, letter: Letter): void {
    if (tab.isDead) return;
    this.letters.push(letter);
    for (const member of this.channels) {
      const { channel } = member;
      if (member.name !== name || channel === sender) continue;
      this.traffic.add(`${tab.name}>${member.tab.name}`, () => {
        if (this.channels.has(member)) channel.onmessage?.({ data: structuredClone(letter) });
      });
    }
  }
}

export class FakeTab {
  readonly name: string;
  readonly surroundings: Surroundings;
  readonly Socket: new (url: string, protocol: string) => FakeSocket;
  readonly sockets: FakeSocket[] = [];
  readonly onGrant = new Map<object, () => void>();
  isDead = false;
  readonly #browser: FakeBrowser;

  constructor(browser: FakeBrowser, name: string) {
    this.#browser = browser;
    this.name = name;
    this.Socket = socketIn(this);
    this.surroundings = {
      locks: { request: async (...claim) => browser.locks.request(this, ...claim) },
      BroadcastChannel: channelIn(browser, this),
    };
  }

  /** The tab is gone from one moment to the next; nothing of its code runs any more, or has any effect. */
  kill(): void {
    this.isDead = true;
    for (const member of [...this.#browser.channels]) {
      if (member.tab === this) this.#browser.channels.delete(member);
    }
    for (const socket of this.sockets) socket.close();
    this.#browser.locks.releaseAll(this);
  }
}

function socketIn(tab: FakeTab): FakeTab['Socket'] {
  return class extends FakeSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol);
      tab.sockets.push(this);
    }
  };
}

function channelIn(browser: FakeBrowser, tab: FakeTab): Surroundings['BroadcastChannel'] {
  return class implements Channel {
    onmessage: Channel['onmessage'] = null;
    readonly #member: { name: string; tab: FakeTab; channel: Channel };

    constructor(name: string) {
      this.#member = { name, tab, channel: this };
      browser.channels.add(this.#member);
    }

    postMessage(letter: Letter): void {
      browser.post(tab, this, this.#member.name, letter);
    }

    close(): void {
      browser.channels.delete(this.#member);
    }
  };
}
