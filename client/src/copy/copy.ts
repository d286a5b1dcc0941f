/** Copying between this machine and containers: `docker cp`, with a question before anything is overwritten. */
export { copyIn, type Into } from './copy-in.ts';
export { copyOut, type OutOf } from './copy-out.ts';
export type { Copied, Copying } from './copy-task.ts';
