import type { TopicData } from '../messages/types.ts';
import type { TopicState } from '../mirror/topic-state.ts';

/** Turns the data of any topic into others; what it does not concern it returns as it was. */
export type DataChange = <D extends TopicData>(data: D) => D;

/** Changes that are shown over what has been received, which itself stays as the server sent it. */
export class Overlays {
  readonly #changes = new Set<DataChange>();
  /** Each state as it was last shown, so that it stays the same object while nothing changes. */
  #shown = new WeakMap<TopicState<TopicData>, TopicState<TopicData>>();

  /** Shows `change` until the returned function is called; `changed` hears of both. */
  add(change: DataChange, changed: () => void): () => void {
    // A wrapper, so that one function may be shown twice.
    const own: DataChange = (data) => change(data);
    this.#changes.add(own);
    this.#shown = new WeakMap();
    changed();
    return () => {
      if (!this.#changes.delete(own)) return;
      this.#shown = new WeakMap();
      changed();
    };
  }

  /** `state` with every change, in the order in which they came. */
  show(state: TopicState<TopicData>): TopicState<TopicData> {
    if (state.data === undefined || this.#changes.size === 0) return state;
    const known = this.#shown.get(state);
    if (known !== undefined) return known;
    let data = state.data;
    for (const change of this.#changes) data = change(data);
    const shown = data === state.data ? state : { ...state, data };
    this.#shown.set(state, shown);
    return shown;
  }
}
