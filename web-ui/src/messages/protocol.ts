// Generated from shared-schema by `make schema`. Do not edit.

export const PROTOCOL_VERSION = 1;
export const SUBPROTOCOL = 'groove.dashboard.v1';
/** Where a server has its socket. */
export const SOCKET_PATH = '/ws/groove/dashboard';

/** Why the server ends a connection. */
export const CLOSE_CODES = {
  /** The server goes away. */
  GOING_AWAY: 1001,
  /** The client did not read what was sent; it sees 1006 instead, since the connection is aborted. */
  TOO_SLOW: 4008,
  /** There are too many connections, or far too many messages came on this one. */
  TOO_MANY: 4029,
  /** A binary frame, a text that is not JSON, or three invalid messages in a row. */
  NOT_THE_PROTOCOL: 4400,
  /** The client offers only subprotocols that the server does not speak. */
  VERSION_NOT_SUPPORTED: 4506,
} as const;

/** Close codes of this range are final: a client does not try again by itself. */
export const TERMINAL_CLOSE_CODES = { from: 4500, to: 4999 } as const;
