import { type ReactNode, useEffect } from 'react';

interface PageHeadingProps {
  /** Heading of the page and title of the window. */
  readonly title: string;
  /** The heading, where it says more than the title. */
  readonly children?: ReactNode;
}

/** The page's one h1. It can take the focus, so that a screen reader reads it after a navigation. */
export function PageHeading({ title, children = title }: PageHeadingProps): ReactNode {
  useEffect(() => {
    document.title = `${title} · groove`;
  }, [title]);
  return <h1 tabIndex={-1}>{children}</h1>;
}
