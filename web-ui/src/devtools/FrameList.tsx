import { useState, type ReactNode } from 'react';
import type { Frame } from './inspection.ts';
import { FRAME, HEADING } from './styles.ts';

/** The last frames, newest first; what is in one shows where it is opened. */
export function FrameList({ frames }: { readonly frames: readonly Frame[] }): ReactNode {
  return (
    <>
      <h2 style={HEADING}>Last frames</h2>
      {frames.toReversed().map((frame) => (
        <FrameRow key={frame.number} frame={frame} />
      ))}
    </>
  );
}

function FrameRow({ frame }: { readonly frame: Frame }): ReactNode {
  const { at, direction, bytes, message } = frame;
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>
        {new Date(at).toLocaleTimeString()} {direction} {message?.type ?? 'no message'}, {bytes} B
      </summary>
      {isOpen && <pre style={FRAME}>{JSON.stringify(message, undefined, 2)}</pre>}
    </details>
  );
}
