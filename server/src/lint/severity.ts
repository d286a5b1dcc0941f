/** Severities, the highest first. */
import type { Severity } from './rule.ts';

export const severities = ['error', 'warning', 'info', 'hint'] as const;

/** Whether a severity is the same as another or higher. */
export function atLeast(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) <= severities.indexOf(other);
}

export function isLevel(value: unknown): value is Severity | 'off' {
  return value === 'off' || severities.some((severity) => severity === value);
}
