/** The rows and sections of the build form. */
import { t } from '@vscode/l10n';
import type { ContextSize } from '../../build-context/measure.ts';
import { formatSize } from '../../ui/format.ts';
import type { FormMark, FormRow, TextPart } from '../../form/page.ts';
import { optionNames, table, type OptionName } from '../options/table.ts';
import type { SectionName } from '../options/option.ts';
import { valuesOf, type BuildSpec } from '../spec.ts';
import { controlOf, stageLabel } from './controls.ts';
import type { World } from './world.ts';

/** The id of a row: an option, or the build context. */
export type RowName = OptionName | 'context';

export const rowNames: readonly RowName[] = optionNames.flatMap((name): RowName[] => {
  if (table[name].field === undefined) return [];
  return name === 'file' ? ['context', name] : [name];
});

const sectionOrder: readonly SectionName[] = [
  'common',
  'arguments',
  'platforms',
  'cache',
  'secrets',
  'output',
  'network',
  'labels',
];

export function sections(): readonly { readonly id: SectionName; readonly title: string }[] {
  const titles: Readonly<Record<SectionName, string>> = {
    common: t('Commonly used'),
    arguments: t('Build arguments'),
    platforms: t('Platforms and builder'),
    cache: t('Cache'),
    secrets: t('Secrets and SSH'),
    output: t('Output'),
    network: t('Network and limits'),
    labels: t('Labels'),
  };
  return sectionOrder.map((id) => ({ id, title: titles[id] }));
}

/** All rows in the order of their sections. */
export function rowsOf(
  spec: BuildSpec,
  world: World,
  marksOf: (name: RowName) => readonly FormMark[],
): readonly FormRow[] {
  const rows = rowNames.map((name) => ({
    ...(name === 'context' ? contextRow(spec, world) : optionRow(name, spec, world)),
    marks: marksOf(name),
  }));
  return sectionOrder.flatMap((id) => rows.filter(({ section }) => section === id));
}

function contextRow(
  spec: BuildSpec,
  { defaults, canShowContext, contextSize }: World,
): Omit<FormRow, 'marks'> {
  const link: TextPart[] = canShowContext
    ? [text(' '), { kind: 'link', text: t('Show Build Context'), link: 'context' }]
    : [];
  return {
    id: 'context',
    section: 'common',
    label: t('Build context'),
    description: [
      ...partsOf(t('Folder or Git address that `COPY` reads from.')),
      ...(contextSize ? [text(` ${sizeText(contextSize)}`)] : []),
      ...link,
    ],
    control: {
      kind: 'text',
      value: spec.context,
      placeholder: defaults.context,
      browse: t('Browse…'),
    },
    changed: spec.context !== defaults.context,
  };
}

/** `214 files, 12.4 MB; .dockerignore excludes 1.9 GB.` */
function sizeText({ included, excluded, isComplete, ignoreFile }: ContextSize): string {
  const files = included.files === 1 ? t('1 file') : t('{0} files', included.files);
  const size = formatSize(included.bytes);
  if (!isComplete) return t('More than {0}, {1}.', files, size);
  return ignoreFile === undefined || excluded.files === 0
    ? t('{0}, {1}.', files, size)
    : t('{0}, {1}; {2} excludes {3}.', files, size, ignoreFile, formatSize(excluded.bytes));
}

function optionRow(name: OptionName, spec: BuildSpec, world: World): Omit<FormRow, 'marks'> {
  const { label, about, short, brief, field } = table[name];
  const source = sourceOf(name, world);
  const isCheck = field?.control.kind === 'check';
  return {
    id: name,
    section: field?.section ?? 'common',
    label: label(),
    flag: brief === true && short !== undefined ? `-${short}` : `--${name}`,
    // A check box has the text beside it.
    description: isCheck ? [] : partsOf(about()),
    control: controlOf(name, spec, world),
    changed: !isSame(valuesOf(spec, name), valuesOf(world.defaults, name)),
    ...(source !== undefined && { source }),
  };
}

function sourceOf(name: OptionName, { tagSource, facts, defaults }: World): string | undefined {
  const [tag] = valuesOf(defaults, 'tag');
  if (name === 'tag' && tagSource !== undefined && tag !== undefined) {
    return t('{0} proposes {1}', tagSource, tag);
  }
  const last = facts?.stages.at(-1)?.target;
  return name === 'target' && last !== undefined
    ? t('default: {0}, the last stage', stageLabel(last))
    : undefined;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

function text(value: string): TextPart {
  return { kind: 'text', text: value };
}

/** `code` in backquotes. */
function partsOf(value: string): readonly TextPart[] {
  return value
    .split('`')
    .map((part, index): TextPart => ({ kind: index % 2 === 0 ? 'text' : 'code', text: part }))
    .filter((part) => part.text !== '');
}
