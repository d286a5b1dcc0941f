import { t } from '@vscode/l10n';
import type { FlagInfo } from '../../reference/instructions.ts';
import { instructionInfo } from '../facts.ts';
import { flagMarkdown } from '../documentation.ts';
import { atKeyword, wordsBefore, type Place } from './place.ts';
import type { Completion } from './item.ts';

/** Flags of this instruction that are not there yet, in front of its arguments. */
export function flags(place: Place): readonly Completion[] {
  const { instruction, typed, word, document, inComment, inHeredoc } = place;
  if (!instruction || inComment || inHeredoc || atKeyword(place)) return [];
  if (!/^(?:-{0,2}|--[\w-]+)$/.test(typed) || wordsBefore(place) > 0) return [];
  const used = new Set(
    instruction.flags.filter(({ span }) => span.start !== word.start).map(({ name }) => name.text),
  );
  const hasValue = document.text.charAt(word.end) === '=';
  return (instructionInfo(instruction.kind)?.flags ?? [])
    .filter(({ name, repeatable }) => repeatable === true || !used.has(name))
    .map((flag) => {
      const bare = hasValue || flag.value === 'boolean';
      return {
        label: `--${flag.name}`,
        kind: 'flag',
        span: word,
        insert: bare ? `--${flag.name}` : `--${flag.name}=`,
        snippet: false,
        detail: flag.placeholder,
        markdown: flagMarkdown(flag),
        ...(!bare && offersValues(flag) && { again: true }),
      };
    });
}

function offersValues({ value, values }: FlagInfo): boolean {
  return values !== undefined || ['image-or-stage', 'mount', 'platform'].includes(value);
}

export const platforms: readonly string[] = [
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/arm/v6',
  'linux/386',
  'linux/ppc64le',
  'linux/riscv64',
  'linux/s390x',
  'windows/amd64',
];

/** What a platform may be told by instead of its name. */
export function platformVariables(): readonly { readonly name: string; readonly detail: string }[] {
  return [
    { name: '$BUILDPLATFORM', detail: t('platform of the machine that builds') },
    { name: '$TARGETPLATFORM', detail: t('platform that is built for') },
  ];
}
