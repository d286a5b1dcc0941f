/** The form for the resource limits of a container that can be changed while it runs. */
import { t } from '@vscode/l10n';
import type { ContainerDetails } from '../engine/details.ts';
import type { Limits } from '../engine/container-requests.ts';
import type { Form, Mark, Values } from '../run/form.ts';
import { seenValues, fallbackDefaults } from '../run/from-container.ts';
import { mergeParts, type Part } from '../run/options/option.ts';
import { table } from '../run/options.ts';
import { bytesOf } from '../command-line/values.ts';
import { printWords } from '../command-line/words.ts';

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

/** The current limits as values of the form fields. */
export function limitValues(container: ContainerDetails): Values {
  const seen = { container, image: {}, engine: fallbackDefaults };
  return Object.fromEntries(
    names.map((name) => [name, seenValues(name, seen).at(-1) ?? (name === 'restart' ? 'no' : '')]),
  );
}

export function limitsForm(container: string, autoRemove: boolean): Form {
  const text = (id: Name, label: string, placeholder: string) =>
    ({ kind: 'text', id, label, placeholder, flag: `--${id}` }) as const;
  return {
    title: t('Resource limits of {0}', container),
    sections: [
      {
        title: t('Applied immediately, even while the container is running'),
        fields: [
          {
            ...text('restart', t('Restart policy'), 'no'),
            choices: ['no', 'always', 'unless-stopped', 'on-failure:3'],
            ...(autoRemove && {
              about: t('The container is removed when it exits (--rm) and cannot be restarted'),
            }),
          },
          text('memory', t('Memory'), t('no limit')),
          text('memory-swap', t('Memory plus swap'), t('twice the memory')),
          text('memory-reservation', t('Memory reservation'), t('no limit')),
          text('cpus', t('CPUs'), t('no limit')),
          text('cpuset-cpus', t('Allowed CPUs'), '0-3'),
          text('pids-limit', t('Process limit'), t('no limit')),
        ],
      },
    ],
    example: '--memory',
    line: { label: t('docker update command'), hint: t('Shows the values of the form.') },
    actions: [{ id: 'update', label: t('Update'), primary: true }],
  };
}

export interface UpdateRequest {
  readonly limits: Limits;
  readonly line: string;
  readonly marks: readonly Mark[];
}

/** The update request: only the values that differ from `before`. */
export function updateRequest(container: string, values: Values, before: Values): UpdateRequest {
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
  const swap = swapForMemory(changed, before);
  if (swap !== undefined) changed.set('memory-swap', swap);
  const words = [...changed].flatMap(([name, value]) => [`--${name}`, value]);
  return {
    limits: mergeParts([...changed].map(([name, value]) => limitsOf(name, value))),
    line: words.length === 0 ? '' : printWords(['docker', 'update', ...words, container]),
    marks,
  };
}

function textOf(value: Values[string] | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** The new limit of memory plus swap: the engine refuses more memory than the old one. */
function swapForMemory(changed: ReadonlyMap<Name, string>, before: Values): string | undefined {
  const memory = changed.get('memory');
  if (memory === undefined || changed.has('memory-swap')) return undefined;
  if (textOf(before.memory) === '' || textOf(before['memory-swap']) !== '') return undefined;
  const bytes = bytesOf(memory);
  if (bytes === undefined) return undefined;
  return bytes === 0 ? '-1' : `${bytes * 2}b`;
}

/** Values that the table leaves out of a create request mean no limit here. */
function limitsOf(name: Name, value: string): Limits {
  const line = { values: () => [], outside: { variables: {}, files: new Map<string, string>() } };
  const part: Part = table[name].place?.write?.([value], line) ?? {};
  return { ...unlimited[name].limits, ...part.host };
}
