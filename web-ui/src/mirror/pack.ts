/** As many topics as one request may name. */
const MAX_ITEMS = 64;
/** What surrounds the list in the longest request, whose id has 20 digits. */
const ENVELOPE_BYTES = '{"type":"unsubscribe","subscriptions":[],"request_id":""}'.length + 20;

/**
 * `items` in order, in groups that each fit into one request of at most `maxBytes` bytes.
 *
 * `spell` is what the request says of an item. An item that fits into no request is in none: it is
 * handed to `tooLarge`.
 */
export function pack<T>(
  items: readonly T[],
  spell: (item: T) => unknown,
  maxBytes: number,
  tooLarge: (item: T) => void,
): T[][] {
  const mostBytes = maxBytes - ENVELOPE_BYTES;
  const groups: T[][] = [];
  let group: T[] = [];
  let room = 0;
  for (const item of items) {
    const bytes = new TextEncoder().encode(JSON.stringify(spell(item)));
    const size = bytes.length + 1; // with its comma
    if (size > mostBytes) tooLarge(item);
    else {
      if (size > room || group.length === MAX_ITEMS) {
        group = [];
        groups.push(group);
        room = mostBytes;
      }
      group.push(item);
      room -= size;
    }
  }
  return groups;
}
