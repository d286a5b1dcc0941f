/** Cache mounts for the commands of a RUN. */
import { officialName } from '../../images/releases.ts';
import { cacheMounts } from '../../reference/cache-mounts.ts';
import { nameOf } from '../../shell/commands.ts';
import { t } from '../../text/translation.ts';
import { mountOptions } from '../facts.ts';
import { rootImage } from '../../model/lineage.ts';
import type { Place } from './place.ts';

export interface FittingMount {
  /** `type=cache,target=…`. */
  readonly text: string;
  readonly target: string;
  readonly locked: boolean;
  readonly program: string;
  readonly documentation: string;
}

/** The main program of base images, used if the RUN has no command yet. */
const byImage: Readonly<Record<string, string>> = {
  python: 'pip',
  node: 'npm',
  golang: 'go',
  rust: 'cargo',
  ruby: 'bundle',
  php: 'composer',
  composer: 'composer',
  maven: 'mvn',
  gradle: 'gradle',
  alpine: 'apk',
  debian: 'apt-get',
  ubuntu: 'apt-get',
  fedora: 'dnf',
  archlinux: 'pacman',
};

/** Cache mounts for directories that are not mounted yet. */
export function cacheMountsFor(place: Place): readonly FittingMount[] {
  const { document, instruction } = place;
  if (instruction?.kind !== 'RUN') return [];
  const home = homeOf(place);
  const usedPrograms = programsIn(place);
  const base = officialName(rootImage(document.model.stageOf(instruction)) ?? { repository: '' });
  const defaultProgram =
    base !== undefined && Object.hasOwn(byImage, base) ? byImage[base] : undefined;
  const programs =
    usedPrograms.size > 0 || defaultProgram === undefined
      ? usedPrograms
      : new Set([defaultProgram]);
  const isMountedBy = (directory: string): boolean =>
    instruction.flags.some(
      ({ span, value }) =>
        span.start !== place.word.start && value !== undefined && isMounted(directory, value.text),
    );
  return cacheMounts.flatMap(({ programs: names, target: path, locked = false, documentation }) => {
    const program = names.find((name) => programs.has(name));
    const target = path.replace(/^~/, home);
    if (program === undefined || isMountedBy(target)) return [];
    const text = `type=cache,target=${target}${locked ? ',sharing=locked' : ''}`;
    return [{ text, target, locked, program, documentation: t(documentation) }];
  });
}

/** Whether the value of a `--mount` names the directory. A RUN can have thousands of mounts, so few of them are read. */
function isMounted(directory: string, mount: string): boolean {
  return (
    mount.includes(directory) && mountOptions(mount, 0).some(({ value }) => value === directory)
  );
}

/** The cache directories of all programs, for a mount typed before its command; without those offered already. */
export function cacheTargets(place: Place, offered: readonly FittingMount[]): readonly string[] {
  const home = homeOf(place);
  const all = cacheMounts.map(({ target }) => target.replace(/^~/, home));
  return [...new Set(all)].filter((path) => !offered.some(({ target }) => target === path));
}

/** If an unfinished flag prevents parsing, the words of the instruction are used instead of its commands. */
function programsIn({ document, instruction }: Place): ReadonlySet<string> {
  const found = new Set<string>();
  if (instruction === undefined) return found;
  for (const { command } of instruction.kind === 'RUN'
    ? document.model.commandsOf(instruction)
    : []) {
    const name = nameOf(command);
    if (name !== undefined) found.add(name.replace(/^(pip)[\d.]+$/, '$1'));
  }
  for (const { text } of instruction.words.slice(0, 3)) found.add(text);
  const known = new Set(cacheMounts.flatMap(({ programs }) => programs));
  return new Set([...found].filter((name) => known.has(name)));
}

/** The home directory of the user that runs the instruction. */
function homeOf({ document, instruction }: Place): string {
  const user = instruction && document.model.stateAt(instruction).user?.text.replace(/:.*/, '');
  return user === undefined || user === 'root' || !/^[a-z_][\w-]*$/i.test(user)
    ? '/root'
    : `/home/${user}`;
}
