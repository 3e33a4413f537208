import type { ReactNode } from 'react';
import type { Traffic } from './traffic.ts';

/** How a change is told: by what has changed, where the contestant knows such a thing, or by the whole state. */
export type Telling = 'patch' | 'snapshot';

export interface Contestant {
  readonly name: string;
  /** What it does, in words. */
  readonly does: Readonly<Record<Telling, string>>;
  /** Begins to show the state; the list is drawn once that is known. */
  readonly start: (traffic: Traffic) => Show;
}

/** One that shows a list. */
export interface Show {
  readonly element: ReactNode;
  /** What tells the row of that index as it is now. */
  readonly frame: (telling: Telling, index: number) => Frame;
  readonly stop: () => void;
}

/** The text of a frame or of an answer, and how it is delivered. */
export interface Frame {
  readonly text: string;
  readonly deliver: () => void;
}
