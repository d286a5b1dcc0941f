/** How long a request waits for the engine. */

/** All times in milliseconds. */
export interface Limit {
  /** Without a byte in either direction for this long, another request asks whether the engine still responds. */
  readonly silence: number;
  /** Ends a request that is silent for this long, even if the engine responds to others. */
  readonly longest: number;
  /** Ends a request that takes this long, even if bytes still arrive. */
  readonly whole: number;
}

export type Patience =
  /** The engine answers from memory. */
  | 'answer'
  /** The engine stops processes or changes files first. */
  | 'work'
  /** Large amounts of data, which the engine can prepare for a long time. */
  | 'transfer'
  /** Events, logs and processes can be silent for hours. */
  | 'open';

export interface Limits extends Readonly<Record<Patience, Limit>> {
  /** For the request that asks whether the engine responds. */
  readonly probe: number;
}

const second = 1000;
const minute = 60 * second;

export const defaultLimits: Limits = {
  answer: { silence: 30 * second, longest: 30 * second, whole: 2 * minute },
  work: { silence: 30 * second, longest: 10 * minute, whole: Infinity },
  transfer: { silence: 30 * second, longest: 60 * minute, whole: Infinity },
  open: { silence: minute, longest: Infinity, whole: Infinity },
  probe: 10 * second,
};

/** Each probe over SSH starts a process and a login, so that they are rare there. SSH itself notices a lost network. */
export const sshLimits: Limits = {
  ...defaultLimits,
  answer: { silence: minute, longest: minute, whole: 4 * minute },
  open: { silence: 10 * minute, longest: Infinity, whole: Infinity },
  probe: minute,
};

/** The limit until the response starts, which happens at once also for streams that are silent then. */
export function limitForStart(limits: Limits, patience: Patience): Limit {
  const { silence, longest, whole } = limits[patience];
  const start = patience === 'open' ? limits.work : { silence, longest };
  return { silence: start.silence, longest: Math.min(longest, start.longest), whole };
}
