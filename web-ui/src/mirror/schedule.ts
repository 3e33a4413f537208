/** Runs `flush` once, soon or at once; returns what calls it off (and does nothing afterwards). */
export type Schedule = (flush: () => void) => () => void;

/**
 * Before the next frame is drawn, so that all messages of a frame make one render.
 *
 * A hidden page draws no frames, and there are none outside a browser: a timer stands in.
 */
export const nextFrame: Schedule = (flush) => {
  if (typeof document === 'object' && document.visibilityState === 'visible') {
    const frame = requestAnimationFrame(flush);
    return () => {
      cancelAnimationFrame(frame);
    };
  }
  const timer = setTimeout(flush);
  return () => {
    clearTimeout(timer);
  };
};
