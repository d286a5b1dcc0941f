import type { FlagInfo } from '../../reference/instructions.ts';
import { instructionInfo } from '../facts.ts';
import { flagMarkdown } from '../documentation.ts';
import { cacheMountsFor } from './cache-mounts.ts';
import { atKeyword, wordsBefore, type Place } from './place.ts';
import { plain, type Completion } from './item.ts';

/** Flags of the instruction that are not set yet, before its arguments. */
export function flags(place: Place): readonly Completion[] {
  const { instruction, typed, word, document, inComment, inHeredoc } = place;
  if (!instruction || inComment || inHeredoc || atKeyword(place)) return [];
  if (!/^(?:-{0,2}|--[\w-]+)$/.test(typed) || wordsBefore(place) > 0) return [];
  const used = new Set(
    instruction.flags.filter(({ span }) => span.start !== word.start).map(({ name }) => name.text),
  );
  const hasValue = document.text.charAt(word.end) === '=';
  const found = (instructionInfo(instruction.kind)?.flags ?? [])
    .filter(({ name, repeatable }) => repeatable === true || !used.has(name))
    .map((flag) => asCompletion(flag, place, hasValue));
  return hasValue || instruction.kind !== 'RUN' || typed === ''
    ? found
    : [...found, ...caches(place)];
}

function asCompletion(flag: FlagInfo, { word }: Place, hasValue: boolean): Completion {
  const withoutValue = hasValue || flag.value === 'boolean';
  const label = `--${flag.name}`;
  return plain(label, word, {
    kind: 'flag',
    insert: withoutValue ? label : `${label}=`,
    detail: flag.placeholder,
    markdown: () => flagMarkdown(flag),
    ...(!withoutValue && offersValues(flag) && { triggersCompletion: true }),
  });
}

/** Complete cache mounts for the commands of this RUN. */
function caches(place: Place): readonly Completion[] {
  return cacheMountsFor(place).map(({ text, program, documentation }) =>
    plain(`--mount=${text}`, place.word, {
      kind: 'snippet',
      detail: program,
      markdown: () => documentation,
    }),
  );
}

function offersValues({ value, values }: FlagInfo): boolean {
  return (
    values !== undefined ||
    ['image-or-stage', 'mount', 'platform', 'user', 'mode', 'duration', 'device'].includes(value)
  );
}
