/** Which command wrote a line of output. */
import type { CommandAt } from '../../model/model.ts';
import { apt } from '../../programs/apt.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { nameOf } from '../../shell/commands.ts';
import type { FailedRun } from './context.ts';

/**
 * The command that writes a message, by the form of the message; undefined if several commands may have written it.
 */
export function speaker({ fatal }: FailedRun, line: string): CommandAt | undefined {
  const families = speakers.filter(([pattern]) => pattern.test(line)).map(([, names]) => names);
  const name = /^(?:\/?(?:[\w.+-]+\/)*)?([\w.+-]+)(?: \([a-z]+\))?:/.exec(line)?.[1];
  const found = fatal.filter(({ command }) => {
    const own = nameOf(command);
    return (
      own !== undefined &&
      (families.length > 0 ? families.some((names) => names.test(own)) : own === name)
    );
  });
  const [first] = found;
  if (found.length <= 1 || !/^[EW]: /.test(line)) return found.length > 1 ? undefined : first;
  const isOfIndex =
    /InRelease|Release file|index files|package lists|\/lists\/|repository '|APT::Update/.test(
      line,
    );
  const ofVerb = found.filter(
    ({ command }) => isVerb(invoke(command, apt), apt.verbs.update) === isOfIndex,
  );
  return ofVerb.length === 1 ? ofVerb[0] : undefined;
}

/** Programs that do not write their name before a message. */
const speakers: readonly (readonly [RegExp, RegExp])[] = [
  [/^[EW]: /, /^(?:apt|apt-get|aptitude|add-apt-repository)$/],
  [/^ERROR: .*(?:apk|APK|lock|world|select packages)/, /^apk$/],
  [/^npm (?:ERR!|error)/, /^np[mx]$/],
  [/^(?: ERR_PNPM|\s*ERR_PNPM)/, /^pnpm$/],
  [/^make(?:\[\d+\])?: /, /^g?make$/],
  [
    /^(?:ERROR: |error: subprocess|error: externally-managed|WARNING: pip)/,
    /^(?:pip[\d.]*|python[\d.]*|uv|pipx)$/,
  ],
  [/^dpkg(?:-\w+)?: /, /^(?:dpkg|apt|apt-get)$/],
  [
    /^Error: (?:This command has to be run|Failed to download|Error downloading)/,
    /^(?:dnf|yum|microdnf)$/,
  ],
];
