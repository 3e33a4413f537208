import { randomUUID } from 'node:crypto';
import type { LearningExtractedEvent } from '@groove/dashboard';

/** A learning that the server does not know yet. */
export function extracted(content: string): LearningExtractedEvent {
  return {
    event_id: randomUUID(),
    type: 'learning_extracted',
    occurred_at: new Date().toISOString(),
    learning: {
      id: randomUUID(),
      scope: { level: 'project', name: 'contract' },
      category: 'preference',
      content,
      confidence: 0.8,
      extraction_method: 'explicit',
    },
  };
}
