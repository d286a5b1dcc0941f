/** Controls of the form from a spec, and specs from edited controls. */
import { t } from '@vscode/l10n';
import { pairOf } from '../../command-line/values.ts';
import { wordsOf, type LineContext } from '../../command-line/words.ts';
import type { FormControl, FormItem, FormList, FormValue } from '../../form/page.ts';
import { isOn, type Column, type Option } from '../options/option.ts';
import { table, type OptionName } from '../options/table.ts';
import { builderOf } from '../request.ts';
import { valueOf, valuesOf, withValues, type BuildSpec } from '../spec.ts';
import { specOfWords } from '../line.ts';
import { isRemote } from '../request.ts';
import { argumentItems, argumentsOfItems } from './arguments.ts';
import { builderControl } from './builders.ts';
import { platformChecks } from './platforms.ts';
import { secretColumns, secretItem, secretOfCells } from './secrets.ts';
import type { World } from './world.ts';

type ListControl = Extract<NonNullable<Option['field']>['control'], { kind: 'list' }>;

/** The control of an option that has a field. */
export function controlOf(name: OptionName, spec: BuildSpec, world: World): FormControl {
  const control = table[name].field?.control;
  switch (control?.kind) {
    case 'check':
      return { kind: 'check', value: isOn(valuesOf(spec, name)), text: plain(table[name].about()) };
    case 'list':
      return listOf(name, spec, control);
    case 'arguments':
      return {
        kind: 'list',
        columns: [
          { id: 'name', label: t('Name'), kind: 'text', width: 1 },
          { id: 'value', label: t('Value'), kind: 'text', width: 1.2 },
          { id: 'note', label: t('Declared'), kind: 'note', width: 1.2 },
        ],
        items: argumentItems(valuesOf(spec, name), world),
        add: t('Add argument, for example {0}', 'HTTP_PROXY=…'),
        remove: t('Remove {0}', '{0}'),
      };
    case 'secrets':
      return {
        kind: 'list',
        columns: secretColumns(),
        items: valuesOf(spec, name).map((value) => secretItem(value, world)),
        add: t('Add secret, for example {0}', 'id=npmrc,src=~/.npmrc'),
        remove: t('Remove {0}', '{0}'),
      };
    case 'platforms':
      return {
        kind: 'checks',
        // Which platforms another builder emulates is not known.
        options: platformChecks(valuesOf(spec, name), builderOf(spec) === '' ? world : {}),
        add: t('Add platform, for example {0}', 'linux/riscv64'),
      };
    case 'target':
      return targetOf(spec, world);
    case 'builder':
      return builderControl(spec, world);
    default: {
      const { browse, suggestions } = control ?? {};
      const placeholder = name === 'file' ? defaultFile(spec) : (control?.placeholder ?? '');
      return {
        kind: 'text',
        value: valueOf(spec, name) ?? '',
        placeholder,
        ...(browse !== undefined && { browse: t('Browse…') }),
        ...(suggestions !== undefined && { suggestions }),
      };
    }
  }
}

/** Where docker looks for the Dockerfile without `-f`. */
function defaultFile({ context }: BuildSpec): string {
  return context === '' || isRemote(context)
    ? './Dockerfile'
    : `${context.replace(/[/\\]+$/, '')}/Dockerfile`;
}

/** Without the marks of code: a check box has one text. */
function plain(text: string): string {
  return text.replaceAll('`', '');
}

function columnOf({ id, label }: Column): FormList['columns'][number] {
  return { id, kind: 'text', width: 1, ...(label && { label: label() }) };
}

function listOf(name: OptionName, spec: BuildSpec, control: ListControl): FormList {
  const placeholders = Object.fromEntries(
    control.columns.map(({ id, placeholder = '' }) => [id, placeholder]),
  );
  return {
    kind: 'list',
    columns: control.columns.map(columnOf),
    items: valuesOf(spec, name).map((value) => ({ cells: control.read(value), placeholders })),
    add: control.add(),
    remove: t('Remove {0}', '{0}'),
  };
}

/** A stage without a name has only a number. */
export function stageLabel(target: string): string {
  return /^\d+$/.test(target) ? t('stage {0}', target) : target;
}

/** The stages of the Dockerfile; a text if they are not known. */
function targetOf(spec: BuildSpec, { facts }: World): FormControl {
  const value = valueOf(spec, 'target') ?? '';
  const stages = facts?.stages ?? [];
  if (stages.length === 0) return { kind: 'text', value };
  const last = stages.at(-1)?.target ?? '';
  // The last stage is built without --target too; one that is named stays so.
  const named = stages.map(({ target }) =>
    target === last
      ? { value: value === last ? last : '', label: t('{0} (last)', stageLabel(target)) }
      : { value: target, label: stageLabel(target) },
  );
  const isKnown = named.some((one) => one.value === value);
  const options = [...named].reverse();
  return {
    kind: 'select',
    value,
    options: isKnown ? options : [...options, { value, label: value }],
  };
}

/** The spec after a control was edited; unchanged if the value does not belong to the control. */
export function withControl(spec: BuildSpec, name: OptionName, value: FormValue): BuildSpec {
  const control = table[name].field?.control;
  switch (control?.kind) {
    case 'check':
      return withValues(spec, name, value === true ? ['true'] : []);
    case 'list':
      return withValues(spec, name, cellsOf(value).map(control.write).filter(isGiven));
    case 'arguments':
      return withValues(spec, name, argumentsOfItems(cellsOf(value), valuesOf(spec, name)));
    case 'secrets':
      return withValues(spec, name, cellsOf(value).map(secretOfCells).filter(isGiven));
    case 'platforms': {
      const chosen = textsOf(value);
      return withValues(spec, name, chosen.length === 0 ? [] : [chosen.join(',')]);
    }
    case undefined:
      return spec;
    default: {
      const text = typeof value === 'string' ? value.trim() : '';
      return withValues(spec, name, text === '' ? [] : [text]);
    }
  }
}

function isGiven(value: string): boolean {
  return value !== '';
}

function cellsOf(value: FormValue): readonly FormItem['cells'][] {
  if (typeof value !== 'object') return [];
  return value.filter((one): one is FormItem['cells'] => typeof one === 'object');
}

function textsOf(value: FormValue): readonly string[] {
  if (typeof value !== 'object') return [];
  return value.filter((one): one is string => typeof one === 'string');
}

/** The spec with texts added to a list; each can be a value, or options as in the command. */
export function withAdded(
  spec: BuildSpec,
  name: OptionName,
  { texts, context }: { readonly texts: readonly string[]; readonly context: LineContext },
): BuildSpec {
  const added = texts.flatMap((text) => {
    const line = text.trim().replace(/\s*[\\`^]$/, '');
    if (line === '') return [];
    if (!line.startsWith('-')) return [unquoted(line)];
    return valuesOf(specOfWords(wordsOf(line, context).words).spec, name);
  });
  const before = valuesOf(spec, name);
  if (name !== 'build-arg') return withValues(spec, name, [...before, ...added]);
  // A declared argument has one value.
  const names = new Set(added.map((value) => pairOf(value)[0]));
  return withValues(spec, name, [
    ...before.filter((value) => !names.has(pairOf(value)[0])),
    ...added,
  ]);
}

/** A value that was copied with its quotes. */
function unquoted(text: string): string {
  const inner = /^(["'])(.*)\1$/s.exec(text)?.[2];
  return inner ?? text;
}
