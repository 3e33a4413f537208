// An app in React.
import { DashboardClient } from '@groove/dashboard';
import {
  DashboardProvider,
  useDashboard,
  useHealth,
  useLearningActions,
  useTopic,
  type HealthData,
  type TopicState,
} from '@groove/dashboard/react';

const client = new DashboardClient();

function Status() {
  const health: TopicState<HealthData> = useHealth();
  const total = useTopic({ topic: 'learnings', limit: 1 }, { select: ({ total }) => total });
  const count: number | undefined = total.data;
  // @ts-expect-error -- the selected part is a number
  const text: string | undefined = total.data;
  return (
    <p title={text}>
      {health.data?.overall_status} {count}
    </p>
  );
}

function Disable({ id }: { readonly id: string }) {
  const { disableLearning } = useLearningActions();
  const { connection } = useDashboard();
  return (
    <button disabled={connection.status !== 'open'} onClick={() => void disableLearning(id)}>
      Disable
    </button>
  );
}

export function App() {
  return (
    <DashboardProvider client={client}>
      <Status />
      <Disable id="01936f2a-7c4e-7a10-9b1d-3f2e8c5d6a01" />
    </DashboardProvider>
  );
}
