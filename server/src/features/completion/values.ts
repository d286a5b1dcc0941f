import { t } from '@vscode/l10n';
import { mountTypes, type MountOption } from '../../reference/instructions.ts';
import { flagInfo, mountOption, mountParts, mountTypeOf, type MountPart } from '../facts.ts';
import { mountOptionMarkdown } from '../documentation.ts';
import { platforms, platformVariables } from './flags.ts';
import type { Completion } from './item.ts';
import type { Place } from './place.ts';
import { stagesBefore } from './stages.ts';

/** Values behind `--flag=`, and the options of mounts. */
export function values(place: Place): readonly Completion[] {
  const { instruction, typed, word, inComment, inHeredoc } = place;
  const written = /^--([\w-]+)=(.*)$/.exec(typed);
  if (!instruction || !written || inComment || inHeredoc) return [];
  const [, name = '', value = ''] = written;
  const info = flagInfo(instruction.kind, name);
  const start = word.end - value.length;
  if (!info) return [];
  if (info.value === 'mount') return mountValues(place, value, start);
  const span = { start, end: word.end };
  if (info.value === 'image-or-stage') return stagesBefore(place, span);
  if (info.value === 'platform') {
    return [
      ...platformVariables().map(({ name: label, detail }) => plain(label, span, detail)),
      ...platforms.map((label) => plain(label, span)),
    ];
  }
  return (info.values ?? []).map((label) => plain(label, span));
}

function mountValues(place: Place, value: string, start: number): readonly Completion[] {
  const parts = mountParts(value, start);
  const last = parts.at(-1);
  if (!last) return [];
  const others = parts.slice(0, -1);
  return last.value === undefined
    ? mountKeys(others, last)
    : mountOptionValues(place, others, last);
}

/** A mount begins with its type; then come the options of that type that are not there yet. */
function mountKeys(others: readonly MountPart[], { start, end }: MountPart): readonly Completion[] {
  const span = { start, end };
  const type = mountTypeOf(others);
  const used = new Set(others.map(({ key }) => mountOption(type, key)?.name ?? key));
  const types = used.has('type')
    ? []
    : mountTypes.map(({ type: name, documentation }) => ({
        ...plain(`type=${name}`, span),
        markdown: t(documentation),
      }));
  const options = (type?.options ?? [])
    .filter(({ name }) => name !== 'type' && !used.has(name))
    .map((option): Completion => ({
      ...plain(option.name, span),
      kind: 'flag',
      insert: option.bare === true ? option.name : `${option.name}=`,
      markdown: mountOptionMarkdown(option),
      ...(hasValues(option) && { again: true }),
    }));
  return [...types, ...options];
}

function mountOptionValues(
  place: Place,
  others: readonly MountPart[],
  { key, valueStart: start, end }: MountPart,
): readonly Completion[] {
  const span = { start, end };
  if (key === 'type') {
    return mountTypes.map(({ type, documentation }) => ({
      ...plain(type, span),
      markdown: t(documentation),
    }));
  }
  const option = mountOption(mountTypeOf(others), key);
  if (option?.value === 'image-or-stage') return stagesBefore(place, span);
  if (option?.bare === true) return ['true', 'false'].map((label) => plain(label, span));
  return (option?.values ?? []).map((label) => plain(label, span));
}

function hasValues({ value, values: listed, bare }: MountOption): boolean {
  return bare !== true && (listed !== undefined || value === 'image-or-stage');
}

function plain(label: string, span: Completion['span'], detail?: string): Completion {
  return {
    label,
    kind: 'value',
    span,
    insert: label,
    snippet: false,
    ...(detail !== undefined && { detail }),
  };
}
