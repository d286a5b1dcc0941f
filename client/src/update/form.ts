/** The limits of a container that can be changed while it runs: the form, and what is asked of the engine. */
import { t } from '@vscode/l10n';
import type { ContainerDetails } from '../engine/details.ts';
import type { Limits } from '../engine/container-requests.ts';
import type { Form, Mark, Values } from '../run/form.ts';
import { seenValues, fallbackDefaults } from '../run/from-container.ts';
import { merged, type Part } from '../run/options/option.ts';
import { table } from '../run/options.ts';
import { bytesOf } from '../run/values.ts';
import { printWords } from '../run/words.ts';

/** Options of `docker update`, each with its value for no limit. */
const unlimited = {
  restart: { text: 'no', limits: { RestartPolicy: { Name: 'no', MaximumRetryCount: 0 } } },
  memory: { text: '0', limits: { Memory: 0 } },
  'memory-swap': { text: '-1', limits: { MemorySwap: -1 } },
  'memory-reservation': { text: '0', limits: { MemoryReservation: 0 } },
  cpus: { text: '0', limits: { NanoCpus: 0 } },
  'cpuset-cpus': { text: '', limits: { CpusetCpus: '' } },
  'pids-limit': { text: '0', limits: { PidsLimit: 0 } },
} as const;

type Name = keyof typeof unlimited;

const names = Object.keys(unlimited) as readonly Name[];

/** The present values, as the fields hold them. */
export function limitValues(container: ContainerDetails): Values {
  const seen = { container, image: {}, engine: fallbackDefaults };
  return Object.fromEntries(
    names.map((name) => [name, seenValues(name, seen).at(-1) ?? (name === 'restart' ? 'no' : '')]),
  );
}

export function limitsForm(container: string, values: Values, autoRemoved: boolean): Form {
  const text = (id: Name, label: string, placeholder: string) =>
    ({ kind: 'text', id, label, placeholder }) as const;
  return {
    title: t('Resource Limits of {0}', container),
    sections: [
      {
        title: t('Applied immediately, also while the container runs'),
        open: true,
        fields: [
          {
            ...text('restart', t('Restart policy'), 'no'),
            choices: ['no', 'always', 'unless-stopped', 'on-failure:3'],
            ...(autoRemoved && {
              hint: t('The container is removed when it exits, so it cannot be restarted'),
            }),
          },
          text('memory', t('Memory limit'), t('no limit')),
          text('memory-swap', t('Limit of memory and swap'), t('twice the memory limit')),
          text('memory-reservation', t('Memory reservation (soft limit)'), t('no limit')),
          text('cpus', t('CPUs'), t('no limit')),
          text('cpuset-cpus', t('CPUs to run on'), '0-3'),
          text('pids-limit', t('Process limit'), t('no limit')),
        ],
      },
    ],
    values,
    line: { label: t('docker update command'), hint: t('Follows the form.') },
    actions: [{ id: 'update', label: t('Update'), primary: true }],
  };
}

export interface Change {
  readonly limits: Limits;
  readonly line: string;
  readonly marks: readonly Mark[];
}

/** What is asked of the engine: only what differs from before. */
export function changeOf(container: string, values: Values, before: Values): Change {
  const marks: Mark[] = [];
  const changed = new Map<Name, string>();
  for (const name of names) {
    const value = textOf(values[name]);
    if (value === textOf(before[name])) continue;
    const { trouble } = table[name].syntax?.(value, { folder: undefined, variables: {} }) ?? {};
    if (value !== '' && trouble !== undefined)
      marks.push({ field: name, severity: 'error', message: trouble });
    changed.set(name, value === '' ? unlimited[name].text : value);
  }
  const swap = neededSwap(changed, before);
  if (swap !== undefined) changed.set('memory-swap', swap);
  const words = [...changed].flatMap(([name, value]) => [`--${name}`, value]);
  return {
    limits: merged([...changed].map(([name, value]) => limitsOf(name, value))),
    line: words.length === 0 ? '' : printWords(['docker', 'update', ...words, container]),
    marks,
  };
}

function textOf(value: Values[string] | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** The engine refuses a memory limit above that of memory and swap, so the latter is changed too. */
function neededSwap(changed: ReadonlyMap<Name, string>, before: Values): string | undefined {
  const memory = changed.get('memory');
  if (memory === undefined || changed.has('memory-swap')) return undefined;
  if (textOf(before.memory) === '' || textOf(before['memory-swap']) !== '') return undefined;
  const bytes = bytesOf(memory);
  if (bytes === undefined) return undefined;
  return bytes === 0 ? '-1' : `${bytes * 2}b`;
}

/** What the table leaves out of a request is no limit here. */
function limitsOf(name: Name, value: string): Limits {
  const line = { values: () => [], outside: { variables: {}, files: new Map<string, string>() } };
  const part: Part = table[name].place?.write?.([value], line) ?? {};
  return { ...unlimited[name].limits, ...part.host };
}
