/** Where rules look for days as people write them. */
export * from '../text/day.ts';
