import { CheckedServer } from '../../../tools/checked-server.ts';
import {
  ATTRIBUTION,
  DETAIL,
  DISTRIBUTIONS,
  HEALTH,
  LEARNINGS,
  OVERRIDES,
  OVERVIEW,
  TIMELINE,
} from './fixtures.ts';

/** A server with data of every topic, whose actions the test commits or rejects. */
export function filledServer(): CheckedServer {
  const server = new CheckedServer({ commitsActions: false });
  for (const data of [OVERVIEW, LEARNINGS, DETAIL, ATTRIBUTION, TIMELINE]) {
    server.set(data.data_type, data);
  }
  for (const data of [DISTRIBUTIONS, OVERRIDES, HEALTH]) server.set(data.data_type, data);
  return server;
}
