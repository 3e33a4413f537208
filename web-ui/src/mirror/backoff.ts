import type { RetryWindow } from '../messages/types.ts';

export const DEFAULT_RETRY: RetryWindow = { min_ms: 500, max_ms: 20_000 };

/** A server that asks for no delay at all would be hammered by its own clients when it fails. */
const LEAST_MS = 100;

/**
 * Delay in ms before retry number `attempt` (from 0): `min + random(0, min(max, min * 2^attempt))`.
 *
 * The jitter comes after the cap and is there from the first retry on, so that clients which lost
 * one server at the same moment do not return at the same moment.
 */
export function backoff(attempt: number, window: RetryWindow, random: () => number): number {
  const min = Math.max(window.min_ms, LEAST_MS);
  return Math.round(min + random() * Math.min(window.max_ms, min * 2 ** attempt));
}

/** Delay in ms, anywhere inside the window with equal chance: how a goodbye spreads its clients. */
export function spread(window: RetryWindow, random: () => number): number {
  return Math.round(window.min_ms + random() * Math.max(0, window.max_ms - window.min_ms));
}
