// Generated from shared-schema by `make schema`. Do not edit.

export const PROTOCOL_VERSION = 1;
export const SUBPROTOCOL = 'groove.dashboard.v1';
/** Where a server has its socket. */
export const SOCKET_PATH = '/ws/groove/dashboard';

// Why the server ends a connection.
/** The server goes away. */
export const CLOSE_GOING_AWAY = 1001;
/** The client did not read what was sent; it sees 1006 instead, since the connection is aborted. */
export const CLOSE_TOO_SLOW = 4008;
/** There are too many connections, or far too many messages came on this one. */
export const CLOSE_TOO_MANY = 4029;
/** A binary frame, a text that is not JSON, or three invalid messages in a row. */
export const CLOSE_NOT_THE_PROTOCOL = 4400;
/** The client offers only subprotocols that the server does not speak. */
export const CLOSE_VERSION_NOT_SUPPORTED = 4506;

/** Close codes from here on are final, up to 4999, the largest: a client does not try again by itself. */
export const FIRST_TERMINAL_CLOSE = 4500;
