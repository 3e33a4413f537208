import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import { type ConnectionState, useDashboard } from '../../hooks/index.ts';
import { useNow } from '../useNow.ts';

interface Appearance {
  readonly tone: 'good' | 'fair' | 'bad' | 'quiet';
  readonly word: string;
}

const APPEARANCE: Record<ConnectionState['status'], Appearance> = {
  idle: { tone: 'quiet', word: 'Not connected' },
  connecting: { tone: 'quiet', word: 'Connecting…' },
  open: { tone: 'good', word: 'Live' },
  reconnecting: { tone: 'fair', word: 'Reconnecting' },
  closed: { tone: 'bad', word: 'Offline' },
  'update-required': { tone: 'bad', word: 'Update required' },
};

/** Where the connection stands, always in view. */
export function Connection(): ReactNode {
  const { connection, retry } = useDashboard();
  return <ConnectionView connection={connection} onRetry={retry} />;
}

interface ConnectionViewProps {
  readonly connection: ConnectionState;
  readonly onRetry: () => void;
}

export function ConnectionView({ connection, onRetry }: ConnectionViewProps): ReactNode {
  const state = useRef<HTMLParagraphElement>(null);
  const { tone, word } = APPEARANCE[connection.status];
  const { status, retryAt, lastClose } = connection;
  return (
    <div className="connection">
      <p
        ref={state}
        role="status"
        className={`connection-state ${tone}`}
        data-connection={status}
        tabIndex={-1}
      >
        {word}
      </p>
      {retryAt !== undefined && <Countdown key={retryAt} until={retryAt} />}
      {status === 'closed' && lastClose !== undefined && lastClose.reason !== '' && (
        <span className="connection-reason">{lastClose.reason}</span>
      )}
      {isWaiting(connection) && <TryNow onRetry={onRetry} heir={state} />}
      {connection.updateAvailable && status !== 'update-required' && (
        <span role="status">A newer version is available</span>
      )}
      {(connection.updateAvailable || status === 'update-required') && <Reload />}
    </div>
  );
}

/**
 * Whether there is anything to hasten. Reconnecting without a time to do so is an attempt under way, or
 * the sleep of a page that is hidden and will say when to try as soon as somebody sees it.
 */
function isWaiting({ status, retryAt }: ConnectionState): boolean {
  return status === 'closed' || retryAt !== undefined;
}

interface TryNowProps {
  readonly onRetry: () => void;
  /** What takes the focus when the button goes with it. */
  readonly heir: RefObject<HTMLElement | null>;
}

function TryNow({ onRetry, heir }: TryNowProps): ReactNode {
  const ref = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    const button = ref.current;
    const next = heir.current;
    // Called before the button leaves the page: the last moment to see whether it has the focus.
    return () => {
      if (document.activeElement === button) next?.focus();
    };
  }, [heir]);
  return (
    <button ref={ref} type="button" onClick={onRetry}>
      Try now
    </button>
  );
}

function Reload(): ReactNode {
  return (
    <button
      type="button"
      onClick={() => {
        window.location.reload();
      }}
    >
      Reload
    </button>
  );
}

/** Silent for screen readers: being told every second is worse than not being told. */
function Countdown({ until }: { readonly until: number }): ReactNode {
  const now = useNow(250);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return <span aria-hidden="true">in {seconds} s</span>;
}
