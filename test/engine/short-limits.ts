/** Time limits of requests for tests. */
import type { Limits } from '../../client/src/engine/docker-api/limits.ts';

/** As in use, but in milliseconds instead of seconds and minutes. */
export const shortLimits: Limits = {
  answer: { silence: 150, longest: 150, whole: 5000 },
  work: { silence: 150, longest: 600, whole: Infinity },
  transfer: { silence: 150, longest: 600, whole: Infinity },
  open: { silence: 150, longest: Infinity, whole: Infinity },
  probe: 150,
};
