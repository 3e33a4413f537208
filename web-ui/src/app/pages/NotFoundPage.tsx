import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { PageHeading } from '../components/PageHeading.tsx';

export function NotFoundPage(): ReactNode {
  return (
    <>
      <PageHeading title="Page not found" />
      <p>
        There is nothing at this address. <Link href="/">Go to the overview</Link>
      </p>
    </>
  );
}
