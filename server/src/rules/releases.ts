/** Where rules look for the releases that an image's tag names. */
export * from '../model/releases.ts';
