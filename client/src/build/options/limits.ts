/** Memory and CPU of RUN instructions. A limit of 0 is none, as for docker. */
import { t } from '@vscode/l10n';
import type { BuildLimits } from '../../../../contract/build.ts';
import {
  createSyntax,
  integer,
  size,
  sizeOrUnlimited,
  type Syntax,
} from '../../command-line/syntax.ts';
import { bytesOf, integerOf, pairOf } from '../../command-line/values.ts';
import { list, text, type Option, type Part } from './option.ts';

/** `0-3`, `0,1`: numbers, and ranges that start with the lower one. */
const cpuList = createSyntax((value) => {
  const isValid = value.split(',').every((part) => {
    const [, low = '', high = low] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    return low !== '' && Number(low) <= Number(high);
  });
  return value === '' || isValid
    ? undefined
    : t('{0} is not valid; use a form such as {1}', value, '0-3,6');
});

interface Limit {
  readonly syntax: Syntax;
  readonly read: (value: string) => BuildLimits;
}

const limits = {
  memory: { syntax: size, read: (value) => bytes('memory', value) },
  'memory-swap': {
    syntax: sizeOrUnlimited,
    read: (value) => (value === '-1' ? { memorySwap: -1 } : bytes('memorySwap', value)),
  },
  'cpu-shares': { syntax: integer(0), read: (value) => count('cpuShares', value) },
  'cpu-period': { syntax: integer(0), read: (value) => count('cpuPeriod', value) },
  'cpu-quota': { syntax: integer(-1), read: (value) => count('cpuQuota', value) },
  'cpuset-cpus': { syntax: cpuList, read: (value) => (value === '' ? {} : { cpusetCpus: value }) },
  'cpuset-mems': { syntax: cpuList, read: (value) => (value === '' ? {} : { cpusetMems: value }) },
} satisfies Readonly<Record<string, Limit>>;

function bytes(key: 'memory' | 'memorySwap', value: string): BuildLimits {
  const read = bytesOf(value) ?? 0;
  return read > 0 ? { [key]: read } : {};
}

function count(key: 'cpuShares' | 'cpuPeriod' | 'cpuQuota', value: string): BuildLimits {
  const read = Number(integerOf(value) ?? 0);
  return read > 0 ? { [key]: read } : {};
}

type LimitName = keyof typeof limits;

function limitOption(
  name: LimitName,
  { byDefault, ...facts }: Pick<Option, 'short' | 'label' | 'about'> & { byDefault?: string },
): Option {
  const { syntax, read } = limits[name];
  return text({
    ...facts,
    color: 'number',
    syntax,
    write: ([value = '']): Part => ({ limits: read(value) }),
    field: {
      section: 'network',
      control: { kind: 'text', ...(byDefault !== undefined && { placeholder: byDefault }) },
    },
  });
}

/** A value of `--resource`: `memory=2g`. */
function limitOf(value: string): readonly [limit: Limit | undefined, name: string, text: string] {
  const [name, text = ''] = pairOf(value).map((part) => part?.trim() ?? '');
  const isKnown = name !== undefined && Object.hasOwn(limits, name);
  return [isKnown ? limits[name as LimitName] : undefined, name ?? '', text];
}

export const limitOptions = {
  memory: limitOption('memory', {
    short: 'm',
    label: () => t('Memory'),
    about: () => t('Memory of each `RUN` instruction, for example `2g`.'),
  }),
  'memory-swap': limitOption('memory-swap', {
    label: () => t('Memory plus swap'),
    about: () => t('Memory and swap together; `-1` does not limit swap.'),
  }),
  'cpu-shares': limitOption('cpu-shares', {
    short: 'c',
    label: () => t('CPU shares'),
    about: () => t('CPU time relative to others when all CPUs are busy. The default is 1024.'),
    byDefault: '1024',
  }),
  'cpu-period': limitOption('cpu-period', {
    label: () => t('CPU period'),
    about: () => t('Microseconds that the CPU quota is for.'),
    byDefault: '100000',
  }),
  'cpu-quota': limitOption('cpu-quota', {
    label: () => t('CPU quota'),
    about: () => t('Microseconds of CPU time in each period: half of the period is half a CPU.'),
  }),
  'cpuset-cpus': limitOption('cpuset-cpus', {
    label: () => t('Allowed CPUs'),
    about: () => t('CPUs that `RUN` instructions can use, for example {0}.', '`0-3,6`'),
  }),
  'cpuset-mems': limitOption('cpuset-mems', {
    label: () => t('Allowed memory nodes'),
    about: () => t('Memory nodes that `RUN` instructions can use, on NUMA systems.'),
  }),
  'cgroup-parent': text({
    label: () => t('Parent cgroup'),
    about: () => t('Parent cgroup of `RUN` instructions.'),
    write: ([value = '']) => (value === '' ? {} : { cgroupParent: value }),
    field: { section: 'network', control: { kind: 'text' } },
  }),
  resource: list({
    color: 'pair',
    label: () => t('Resource limits'),
    about: () => t('The same limits as pairs, for example {0}.', '`memory=2g`'),
    syntax: createSyntax((value) => {
      const [limit, name, text] = limitOf(value);
      if (!value.includes('=')) return t('{0} is not of the form name=value', value);
      if (limit === undefined)
        return t('{0} is not valid; use {1}', name, Object.keys(limits).join(', '));
      return limit.syntax(text, { folder: undefined, variables: {} }).trouble;
    }),
    write: (values) => ({
      limits: Object.assign(
        {},
        ...values.map((value) => {
          const [limit, , text] = limitOf(value);
          return limit?.read(text) ?? {};
        }),
      ) as BuildLimits,
    }),
  }),
};
