import { Component, type ReactNode, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useLostFocus } from '../useLostFocus.ts';
import { PageHeading } from './PageHeading.tsx';

interface Attempt {
  readonly number: number;
  /** The address at which drawing has failed. */
  readonly failedAt?: string;
}

/**
 * Keeps the rest of the app standing where a page cannot be drawn: the data of a newer server may hold
 * what this page does not know. Another address is another attempt.
 */
export function PageBoundary({ children }: { readonly children: ReactNode }): ReactNode {
  const [path] = useLocation();
  const address = `${path}?${useSearch()}`;
  const [attempt, setAttempt] = useState<Attempt>({ number: 0 });
  if (attempt.failedAt !== undefined && attempt.failedAt !== address) {
    setAttempt({ number: attempt.number + 1 });
  }
  return (
    <Catch
      key={attempt.number}
      onFailure={() => {
        setAttempt({ number: attempt.number, failedAt: address });
      }}
    >
      {children}
    </Catch>
  );
}

interface CatchProps {
  readonly onFailure: () => void;
  readonly children: ReactNode;
}

interface CatchState {
  readonly failure?: { readonly error: unknown };
}

/** React offers no other way than a class to catch what rendering throws; it has logged the error then. */
class Catch extends Component<CatchProps, CatchState> {
  override state: CatchState = {};

  static getDerivedStateFromError(error: unknown): CatchState {
    return { failure: { error } };
  }

  override componentDidCatch(): void {
    this.props.onFailure();
  }

  override render(): ReactNode {
    const { failure } = this.state;
    return failure === undefined ? this.props.children : <Failed error={failure.error} />;
  }
}

function Failed({ error }: { readonly error: unknown }): ReactNode {
  useLostFocus(true);
  return (
    <>
      <PageHeading title="This page cannot be shown" />
      <div className="note bad" role="alert">
        <p>
          Its data hold something that it cannot draw:{' '}
          {error instanceof Error ? error.message : String(error)}
        </p>
        <p>The server may be newer than this page. Loading it again gets the newest version.</p>
      </div>
      <p>
        <button
          type="button"
          onClick={() => {
            window.location.reload();
          }}
        >
          Reload
        </button>
      </p>
    </>
  );
}
