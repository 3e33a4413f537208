/** Names one shared socket among all that share. */
export type MemberId = string;

/**
 * What tabs say to each other on their channel, which all of them hear.
 *
 * - `here`: the sender leads now
 * - `hello`: the sender looks for who leads
 * - `taken`: the leader carries what the named ones say
 * - `opened`, `closed`: so has the one real socket
 * - `frame`: a message of the protocol, to the leader or from it
 */
export type Letter =
  | { readonly type: 'here'; readonly from: MemberId }
  | { readonly type: 'hello'; readonly from: MemberId }
  | ({ readonly from: MemberId; readonly to: readonly MemberId[] } & Addressed);

export type Addressed =
  | { readonly type: 'taken' | 'opened' }
  | { readonly type: 'frame'; readonly data: string }
  | { readonly type: 'closed'; readonly code: number; readonly reason: string };
