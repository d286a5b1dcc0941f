/** Which caches the commands of a RUN would profit from. */
import { officialName } from '../../images/releases.ts';
import { cacheMounts } from '../../reference/cache-mounts.ts';
import { nameOf } from '../../shell/commands.ts';
import { t } from '../../text/translated.ts';
import { mountParts } from '../facts.ts';
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

/** What base images are there for, where the command is not written yet. */
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

/** The folders that are not mounted yet. */
export function cacheMountsFor(place: Place): readonly FittingMount[] {
  const { document, instruction } = place;
  if (instruction?.kind !== 'RUN') return [];
  const mounted = new Set(
    instruction.flags
      .filter(({ span }) => span.start !== place.word.start)
      .flatMap(({ value }) => mountParts(value?.text ?? '', 0))
      .map(({ value }) => value),
  );
  const home = homeOf(place);
  const named = programsIn(place);
  const base = officialName(rootImage(document.model.stageOf(instruction)) ?? { repository: '' });
  const usual = base !== undefined && Object.hasOwn(byImage, base) ? byImage[base] : undefined;
  const programs = named.size > 0 || usual === undefined ? named : new Set([usual]);
  return cacheMounts.flatMap(({ programs: of, target: path, locked = false, documentation }) => {
    const program = of.find((name) => programs.has(name));
    const target = path.replace(/^~/, home);
    if (program === undefined || mounted.has(target)) return [];
    const text = `type=cache,target=${target}${locked ? ',sharing=locked' : ''}`;
    return [{ text, target, locked, program, documentation: t(documentation) }];
  });
}

/** Of all programs, for whoever begins to write one in front of its command; those that are offered already left out. */
export function cacheTargets(place: Place, offered: readonly FittingMount[]): readonly string[] {
  const home = homeOf(place);
  const all = cacheMounts.map(({ target }) => target.replace(/^~/, home));
  return [...new Set(all)].filter((path) => !offered.some(({ target }) => target === path));
}

/** The words stand for the commands where a flag that is being written keeps them from being read. */
function programsIn({ document, instruction }: Place): ReadonlySet<string> {
  const found = new Set<string>();
  if (instruction === undefined) return found;
  for (const { command, run } of document.model.commands()) {
    const name = run === instruction ? nameOf(command) : undefined;
    if (name !== undefined) found.add(name.replace(/^(pip)[\d.]+$/, '$1'));
  }
  for (const { text } of instruction.words.slice(0, 3)) found.add(text);
  const known = new Set(cacheMounts.flatMap(({ programs }) => programs));
  return new Set([...found].filter((name) => known.has(name)));
}

/** The home of the user that runs the instruction. */
function homeOf({ document, instruction }: Place): string {
  const user = instruction && document.model.stateAt(instruction).user?.text.replace(/:.*/, '');
  return user === undefined || user === 'root' || !/^[a-z_][\w-]*$/i.test(user)
    ? '/root'
    : `/home/${user}`;
}
