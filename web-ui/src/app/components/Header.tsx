import type { ReactNode } from 'react';
import { Link, useRoute } from 'wouter';
import { Connection } from './Connection.tsx';

const PAGES = [
  { path: '/', pattern: '/', name: 'Overview' },
  { path: '/learnings', pattern: '/learnings/:id?', name: 'Learnings' },
  { path: '/attribution', pattern: '/attribution', name: 'Attribution' },
  { path: '/strategy', pattern: '/strategy', name: 'Strategy' },
  { path: '/health', pattern: '/health', name: 'Health' },
] as const;

export function Header(): ReactNode {
  return (
    <header className="header">
      <span className="brand">groove</span>
      <nav aria-label="Pages">
        <ul>
          {PAGES.map((page) => (
            <li key={page.path}>
              <PageLink {...page} />
            </li>
          ))}
        </ul>
      </nav>
      <Connection />
    </header>
  );
}

function PageLink({ path, pattern, name }: (typeof PAGES)[number]): ReactNode {
  const [isCurrent] = useRoute(pattern);
  return (
    <Link href={path} aria-current={isCurrent ? 'page' : undefined}>
      {name}
    </Link>
  );
}
