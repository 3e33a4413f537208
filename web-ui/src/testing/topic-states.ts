import { topicKey, type TopicKey } from '../client/index.ts';
import type {
  DashboardTopic,
  ErrorMessage,
  TopicData,
  TopicName,
  Version,
} from '../messages/types.ts';

/** A topic's failure, as `FakeServer.set` takes it. */
export type TopicFailure = Pick<ErrorMessage, 'code' | 'message'>;

/** What a topic is answered with: data, a failure, or nothing at all. */
export type Answer<D extends TopicData = TopicData> = D | TopicFailure | undefined;

export interface VersionedData {
  readonly version: Version;
  readonly data: TopicData;
}

/** What the server knows of its topics: of a name, whatever its parameters, or of one topic alone. */
export class TopicStates {
  readonly #byName = new Map<TopicName, Answer>();
  readonly #byKey = new Map<TopicKey, Answer>();
  /** Data by their version, and the other way round: equal data have equal versions, as the protocol wants it. */
  readonly #data = new Map<Version, TopicData>();
  readonly #versions = new Map<string, Version>();

  set(topic: TopicName | DashboardTopic, answer: Answer): void {
    // A copy: whoever gave it may go on with it.
    const own = structuredClone(answer);
    if (typeof topic === 'string') this.#byName.set(topic, own);
    else this.#byKey.set(topicKey(topic), own);
  }

  answerTo(topic: DashboardTopic): Answer {
    const key = topicKey(topic);
    return this.#byKey.has(key) ? this.#byKey.get(key) : this.#byName.get(topic.topic);
  }

  /** Changes all data by `change`, which returns new data or those that it was given. */
  update(change: (data: TopicData) => TopicData): void {
    for (const states of [this.#byName, this.#byKey] as Map<unknown, Answer>[]) {
      for (const [topic, answer] of states) {
        if (isData(answer)) states.set(topic, change(answer));
      }
    }
  }

  versioned(data: TopicData): VersionedData {
    const text = JSON.stringify(data);
    const version = this.#versions.get(text) ?? `v${String(this.#versions.size + 1)}`;
    this.#versions.set(text, version);
    this.#data.set(version, data);
    return { version, data };
  }

  /** The data that had this version; undefined where it is none of this server's. */
  dataOf(version: Version): TopicData | undefined {
    return this.#data.get(version);
  }
}

export function isData(answer: Answer): answer is TopicData {
  return answer !== undefined && 'data_type' in answer;
}
