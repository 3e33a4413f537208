export { DashboardDevtools } from './DashboardDevtools.tsx';
export { inspectedClient } from './inspected-client.ts';
