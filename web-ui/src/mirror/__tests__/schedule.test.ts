import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createNotifier } from '../notifier.ts';
import { nextFrame } from '../schedule.ts';

const failed = vi.fn();
const frames = new Map<number, () => void>();

/** A browser that draws when the test says so. */
function stubBrowser(visibilityState: DocumentVisibilityState): void {
  vi.stubGlobal('document', { visibilityState });
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => {
    frames.set(frames.size + 1, draw);
    return frames.size;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id));
}

beforeEach(() => {
  vi.useFakeTimers();
  frames.clear();
  failed.mockReset();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('nextFrame', () => {
  test('visible: before the next frame', () => {
    stubBrowser('visible');
    const flush = vi.fn();
    nextFrame(flush);
    expect(flush).not.toHaveBeenCalled();
    frames.get(1)?.();
    expect(flush).toHaveBeenCalledOnce();
  });

  test('visible: can be called off', () => {
    stubBrowser('visible');
    nextFrame(vi.fn())();
    expect(frames.size).toBe(0);
  });

  test.each(['hidden', 'no browser'])('%s: at once, by a timer', (where) => {
    if (where === 'hidden') stubBrowser('hidden');
    const flush = vi.fn();
    nextFrame(flush);
    nextFrame(flush)();
    expect(frames.size).toBe(0);
    vi.advanceTimersByTime(0);
    expect(flush).toHaveBeenCalledOnce();
  });
});

describe('createNotifier', () => {
  test('tells each set of listeners once however often it was marked', () => {
    stubBrowser('visible');
    const notifier = createNotifier(nextFrame, failed);
    const [a, b] = [vi.fn(), vi.fn()];
    const [first, second] = [new Set([a]), new Set([b])];
    notifier.together(() => {
      notifier.mark(first);
      notifier.mark(second);
      notifier.mark(first);
    });
    notifier.mark(first);
    expect(frames.size).toBe(1);
    frames.get(1)?.();
    expect([a.mock.calls.length, b.mock.calls.length]).toEqual([1, 1]);
  });

  test('what a listener changes is told afterwards', () => {
    stubBrowser('visible');
    const notifier = createNotifier(nextFrame, failed);
    const late = vi.fn();
    const second = new Set([late]);
    notifier.mark(
      new Set([
        () => {
          notifier.mark(second);
        },
      ]),
    );
    frames.get(1)?.();
    expect(late).not.toHaveBeenCalled();
    frames.get(frames.size)?.();
    expect(late).toHaveBeenCalledOnce();
  });

  test('a listener that throws is reported, and the others hear', () => {
    stubBrowser('visible');
    const notifier = createNotifier(nextFrame, failed);
    const [before, after, elsewhere] = [vi.fn(), vi.fn(), vi.fn()];
    const fault = new Error('bad');
    notifier.mark(
      new Set([
        before,
        () => {
          throw fault;
        },
        after,
      ]),
    );
    notifier.mark(new Set([elsewhere]));
    frames.get(1)?.();
    expect([before, after, elsewhere].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1]);
    expect(failed.mock.calls).toEqual([[fault]]);
  });

  test('who leaves while others are told is not told, and who joins neither', () => {
    stubBrowser('visible');
    const notifier = createNotifier(nextFrame, failed);
    const [left, joined] = [vi.fn(), vi.fn()];
    const second = new Set([left]);
    notifier.mark(
      new Set([
        () => {
          second.delete(left);
          second.add(joined);
        },
      ]),
    );
    notifier.mark(second);
    frames.get(1)?.();
    expect(left).not.toHaveBeenCalled();
    expect(joined).not.toHaveBeenCalled();
  });

  test('nothing marked, nothing planned', () => {
    stubBrowser('visible');
    createNotifier(nextFrame, failed).together(() => undefined);
    expect(frames.size).toBe(0);
  });

  test('work that fails does not silence the notifier', () => {
    stubBrowser('visible');
    const notifier = createNotifier(nextFrame, failed);
    const listener = vi.fn();
    expect(() => {
      notifier.together(() => {
        notifier.mark(new Set([listener]));
        throw new Error('bad');
      });
    }).toThrow('bad');
    frames.get(1)?.();
    expect(listener).toHaveBeenCalledOnce();
  });
});
