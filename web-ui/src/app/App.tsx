import { type ReactNode, useEffect, useRef } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { Header } from './components/Header.tsx';
import { PageBoundary } from './components/PageBoundary.tsx';
import { AttributionPage } from './pages/AttributionPage.tsx';
import { HealthPage } from './pages/HealthPage.tsx';
import { LearningsPage } from './pages/LearningsPage.tsx';
import { NotFoundPage } from './pages/NotFoundPage.tsx';
import { OverviewPage } from './pages/OverviewPage.tsx';
import { StrategyPage } from './pages/StrategyPage.tsx';

/** The dashboard, inside a `DashboardProvider`. */
export function App(): ReactNode {
  useHeadingFocus();
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the page
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <PageBoundary>
          <Switch>
            <Route path="/" component={OverviewPage} />
            <Route path="/learnings/:id?">{({ id }) => <LearningsPage id={id} />}</Route>
            <Route path="/attribution" component={AttributionPage} />
            <Route path="/strategy" component={StrategyPage} />
            <Route path="/health" component={HealthPage} />
            <Route component={NotFoundPage} />
          </Switch>
        </PageBoundary>
      </main>
    </>
  );
}

/** After a navigation, not at the start, the new page's heading takes the focus: the router does not see to it. */
function useHeadingFocus(): void {
  const [path] = useLocation();
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    document.querySelector('h1')?.focus();
  }, [path]);
}
