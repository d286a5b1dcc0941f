import type { Flag, HealthCheck } from '../tree.ts';
import { trouble, type SyntaxTrouble } from '../trouble.ts';
import { durationOf } from './duration.ts';

/** In nanoseconds: Docker refuses durations below one millisecond. */
const minimum = 1e6;
const durations: ReadonlySet<string> = new Set([
  'interval',
  'timeout',
  'start-period',
  'start-interval',
]);

function checkDuration({ name, value }: Flag): SyntaxTrouble | undefined {
  if (!value || value.text === '') return undefined;
  const duration = durationOf(value.text);
  if (duration === undefined) return trouble('bad-duration', value, name.text, value.text);
  if (duration === 0 || duration >= minimum) return undefined;
  return trouble('short-duration', value, name.text, value.text);
}

function checkRetries({ value }: Flag): SyntaxTrouble | undefined {
  if (!value || value.text === '') return undefined;
  const count = /^[+-]?\d+$/.test(value.text) ? Number(value.text) : NaN;
  if (count >= 0 && count < 2 ** 31) return undefined;
  return trouble(count < 0 ? 'negative-retries' : 'bad-retries', value, value.text);
}

/** BuildKit instructions/parse.go, parseHealthcheck. */
export function checkHealthCheck(instruction: HealthCheck, errors: SyntaxTrouble[]): void {
  const { type, command, keyword, flags } = instruction;
  if (type === undefined) {
    errors.push(trouble('no-arguments', keyword, 'HEALTHCHECK'));
    return;
  }
  const kind = type.raw.toUpperCase();
  if (kind === 'NONE') {
    if (command) errors.push(trouble('healthcheck-none-arguments', command));
    return;
  }
  if (kind !== 'CMD') errors.push(trouble('healthcheck-type', type, type.raw));
  else if (!command || (command.form === 'exec' && command.argv.length === 0)) {
    errors.push(trouble('healthcheck-command', type));
  }
  for (const flag of flags) {
    const error = durations.has(flag.name.text)
      ? checkDuration(flag)
      : flag.name.text === 'retries'
        ? checkRetries(flag)
        : undefined;
    if (error) errors.push(error);
  }
}
