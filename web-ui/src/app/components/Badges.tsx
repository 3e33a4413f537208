import type { ReactNode } from 'react';
import type {
  ComponentStatus,
  LearningStatus,
  SessionOutcome,
  TrendDirection,
} from '../../messages/types.ts';
import { COMPONENT_STATUS, DIRECTION, LEARNING_STATUS, OUTCOME } from '../words.ts';

type Tone = 'good' | 'fair' | 'bad' | 'quiet';

const LEARNING_TONE: Record<LearningStatus, Tone> = {
  active: 'good',
  disabled: 'quiet',
  under_review: 'fair',
  deprecated: 'quiet',
};

const COMPONENT_TONE: Record<ComponentStatus, Tone> = {
  ok: 'good',
  degraded: 'fair',
  error: 'bad',
  unknown: 'quiet',
};

const OUTCOME_TONE: Record<SessionOutcome, Tone> = {
  success: 'good',
  partial: 'fair',
  failure: 'bad',
  abandoned: 'quiet',
};

const ARROW: Record<TrendDirection, string> = { rising: '↗', stable: '→', falling: '↘' };

export function LearningStatusBadge({ status }: { readonly status: LearningStatus }): ReactNode {
  return <Badge tone={LEARNING_TONE[status]}>{LEARNING_STATUS[status]}</Badge>;
}

export function ComponentStatusBadge({ status }: { readonly status: ComponentStatus }): ReactNode {
  return <Badge tone={COMPONENT_TONE[status]}>{COMPONENT_STATUS[status]}</Badge>;
}

export function OutcomeBadge({ outcome }: { readonly outcome: SessionOutcome }): ReactNode {
  return <Badge tone={OUTCOME_TONE[outcome]}>{OUTCOME[outcome]}</Badge>;
}

export function Direction({ direction }: { readonly direction: TrendDirection }): ReactNode {
  return (
    <span className="direction">
      <span aria-hidden="true">{ARROW[direction]} </span>
      {DIRECTION[direction]}
    </span>
  );
}

function Badge({ tone, children }: { readonly tone: Tone; readonly children: string }): ReactNode {
  return <span className={`badge ${tone}`}>{children}</span>;
}
