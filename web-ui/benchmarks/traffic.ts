import type { LearningBrief, LearningsData } from '../src/messages/types.ts';

/** The states of one list of learnings; every change gives one of its rows another value. */
export class Traffic {
  readonly #rows: LearningBrief[];
  #changes = 0;

  constructor(rows: number) {
    this.#rows = Array.from({ length: rows }, (_, index) => learning(index));
  }

  get rows(): readonly LearningBrief[] {
    return this.#rows;
  }

  get data(): LearningsData {
    return { data_type: 'learnings', learnings: this.#rows, total: this.#rows.length };
  }

  /** How often it has changed: what a version is made of here. */
  get version(): string {
    return this.#changes.toString(16).padStart(24, '0');
  }

  /** Changes the next row, far from the one before; its index. */
  change(): number {
    this.#changes += 1;
    const index = (this.#changes * 61) % this.#rows.length;
    const row = this.#rows[index];
    if (row === undefined) throw new Error('there are no rows');
    this.#rows[index] = { ...row, estimated_value: this.#changes / 1e6 };
    return index;
  }
}

function learning(index: number): LearningBrief {
  return {
    id: `01985f6e-3c1a-7b7a-9d5e-${index.toString(16).padStart(12, '0')}`,
    content: `Run the tests of part ${String(index)} before you commit, and say what they cover.`,
    category: 'tool_usage',
    scope: { level: 'project', name: 'storefront' },
    status: 'active',
    estimated_value: 0.25,
    confidence: 0.5,
    session_count: 12,
    created_at: '2026-03-01T08:30:00Z',
  };
}
