import { afterAll, afterEach, expect } from 'vitest';
import type { DashboardMessage, DashboardRequest } from '../src/messages/types.ts';
import { faultsOf, isValid } from './schema.ts';

/**
 * Holds every frame of every test against the schema. Whatever plays a part of the connection reports here what passes
 * through it; a test that leaves behind a frame that the schema refuses has failed, even if the client went on.
 */

interface Refused {
  readonly frame: string;
  readonly faults: readonly string[];
}

const refused: Refused[] = [];

function leftBehind(): void {
  expect(refused.splice(0), 'frames that the schema refuses').toEqual([]);
}

afterEach(leftBehind);
// For what comes after the last test, as when a page is closed.
afterAll(leftBehind);

function checked(definition: 'DashboardMessage' | 'DashboardRequest', text: string): unknown {
  const frame: unknown = JSON.parse(text);
  const faults = faultsOf(definition, frame);
  if (faults.length > 0) refused.push({ faults, frame: text.slice(0, 400) });
  return frame;
}

/** A frame from the client. */
export function asked(text: string): DashboardRequest {
  return checked('DashboardRequest', text) as DashboardRequest;
}

/** A frame from the server. */
export function said(text: string): DashboardMessage {
  return checked('DashboardMessage', text) as DashboardMessage;
}

/** Takes what a test provoked on purpose, the oldest frame: where it is wrong. Fails where every frame was right. */
export function takeRefused(): readonly string[] {
  const one = refused.shift();
  if (one === undefined) throw new Error('The schema refused no frame.');
  return one.faults;
}

/** Fails where the schema allows a server to say what a test takes for wrong. */
export function mustBeRefused(data: unknown): void {
  if (typeof data !== 'string') return; // a binary frame, which the protocol does not know
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return;
  }
  expect(isValid('DashboardMessage', frame), `the schema allows ${data}`).toBe(false);
}
