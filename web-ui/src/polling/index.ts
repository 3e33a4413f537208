export { polling, type PollingOptions } from './polling.ts';
