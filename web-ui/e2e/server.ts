export { Server } from '../tools/server.ts';
