import type {
  AblationState,
  Component,
  ComponentStatus,
  ContextType,
  LearningCategory,
  LearningStatus,
  LearningsSort,
  Scope,
  ScopeLevel,
  SessionOutcome,
  StrategyVariant,
  TrendDirection,
} from '../messages/types.ts';

/** What a person reads where the wire says snake_case. The compiler asks for a word for every value. */

export const CATEGORY: Record<LearningCategory, string> = {
  correction: 'Correction',
  code_pattern: 'Code pattern',
  preference: 'Preference',
  solution: 'Solution',
  error_recovery: 'Error recovery',
  tool_usage: 'Tool usage',
  harness_knowledge: 'Harness knowledge',
};

export const LEARNING_STATUS: Record<LearningStatus, string> = {
  active: 'Active',
  disabled: 'Disabled',
  under_review: 'Under review',
  deprecated: 'Deprecated',
};

export const SCOPE_LEVEL: Record<ScopeLevel, string> = {
  global: 'Global',
  user: 'User',
  project: 'Project',
  enterprise: 'Enterprise',
};

export const OUTCOME: Record<SessionOutcome, string> = {
  success: 'Success',
  partial: 'Partial',
  failure: 'Failure',
  abandoned: 'Abandoned',
};

export const VARIANT: Record<StrategyVariant, string> = {
  main_context: 'Main context',
  subagent: 'Subagent',
  background_subagent: 'Background subagent',
  deferred: 'Deferred',
};

export const CONTEXT: Record<ContextType, string> = {
  interactive: 'Interactive',
  batch: 'Batch',
  code_review: 'Code review',
  planning: 'Planning',
};

export const COMPONENT: Record<Component, string> = {
  assessment: 'Assessment',
  extraction: 'Extraction',
  attribution: 'Attribution',
  strategy: 'Strategy',
};

export const COMPONENT_STATUS: Record<ComponentStatus, string> = {
  ok: 'OK',
  degraded: 'Degraded',
  error: 'Error',
  unknown: 'Unknown',
};

export const DIRECTION: Record<TrendDirection, string> = {
  rising: 'Rising',
  stable: 'Stable',
  falling: 'Falling',
};

export const ABLATION: Record<AblationState, string> = {
  pending: 'Pending',
  in_progress: 'In progress',
  completed: 'Completed',
};

export const SORT: Record<LearningsSort, string> = {
  recency: 'Newest first',
  value: 'Highest value first',
  confidence: 'Most certain first',
  usage: 'Most used first',
};

/** The values of a table of words, in its order. */
export function valuesOf<K extends string>(words: Record<K, string>): K[] {
  return Object.keys(words) as K[];
}

/** A scope in words: `Global`, `Project vibes`. */
export function scopeWords(scope: Scope): string {
  return scope.level === 'global'
    ? SCOPE_LEVEL.global
    : `${SCOPE_LEVEL[scope.level]} ${scope.name}`;
}
