/** Build arguments: those that the Dockerfile declares, and others. */
import { t } from '@vscode/l10n';
import type { BuildFactsArgument } from '../../../../contract/protocol.ts';
import { pairOf } from '../../command-line/values.ts';
import type { FormItem } from '../../form/page.ts';
import { joinDetails } from '../../ui/format.ts';
import type { World } from './world.ts';

/** One item per declared argument, then those that are not declared. */
export function argumentItems(
  values: readonly string[],
  { facts, context }: World,
): readonly FormItem[] {
  const declared = (facts?.arguments ?? []).filter(
    ({ name, predefined }) => !predefined || values.some((value) => pairOf(value)[0] === name),
  );
  const names = new Set(declared.map(({ name }) => name));
  const given = values.filter((value) => !names.has(pairOf(value)[0]));
  return [
    ...declared.map((argument) => {
      const value = values.findLast((one) => pairOf(one)[0] === argument.name);
      return declaredItem(argument, value);
    }),
    ...given.map((value) => otherItem(value, context.variables)),
  ];
}

function declaredItem(argument: BuildFactsArgument, given: string | undefined): FormItem {
  const { name, value: initial, line, usedBy } = argument;
  const users = usedBy.length === 0 ? undefined : t('used by {0}', usedBy.join(', '));
  const note = joinDetails(t('line {0}', line + 1), users ?? t('unused'));
  const placeholder = initial === undefined ? t('no default') : t('{0} (default)', initial);
  const cells = { name, note };
  if (given === undefined) {
    return { cells, placeholders: { value: placeholder }, fixed: ['name'], given: false };
  }
  return { ...valued(cells, given), fixed: ['name'], given: true };
}

function otherItem(given: string, variables: World['context']['variables']): FormItem {
  const [name, value] = pairOf(given);
  const note = value === undefined && variables[name] === undefined ? t('variable is not set') : '';
  return valued({ name, note }, given);
}

/** A name alone has the value of the environment, and an empty value is one too. */
function valued(cells: { readonly name: string; readonly note: string }, given: string): FormItem {
  const [, value] = pairOf(given);
  return {
    cells: { ...cells, ...(value !== undefined && { value }) },
    placeholders: { value: value === undefined ? t('from environment') : t('empty') },
  };
}

/** The values of edited items: an item without a value is not given, or has the value of the environment as before. */
export function argumentsOfItems(
  items: readonly FormItem['cells'][],
  before: readonly string[],
): readonly string[] {
  const inherited = new Set(before.filter((value) => !value.includes('=')));
  return items.flatMap(({ name = '', value, given }) => {
    const trimmed = name.trim();
    if (trimmed === '') return [];
    if (value !== undefined) return [`${trimmed}=${value}`];
    return given === 'true' && inherited.has(trimmed) ? [trimmed] : [];
  });
}
