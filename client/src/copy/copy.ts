/** Copies files between this machine and containers like `docker cp`, but confirms before overwriting. */
export { copyIn, type CopyInRequest } from './copy-in.ts';
export { copyAcross, copyAcrossAll, type CopyAcrossRequest } from './copy-across.ts';
export { copyOut, copyOutAll, type CopyOutRequest } from './copy-out.ts';
export type { CopyResult, CopyOptions, EntryCount, ExistingFile, PathList } from './copy-task.ts';
