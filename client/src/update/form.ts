/** The form for the resource limits of a container that can be changed while it runs. */
import { t } from '@vscode/l10n';
import type { Limits } from '../engine/container-requests.ts';
import { hostTexts } from '../run/again-host.ts';
import type { Form, Mark, Values } from '../run/form.ts';
import type { RawHost } from '../engine/inspect-data.ts';
import { checked } from '../run/option-values.ts';
import { bytesOf } from '../run/values.ts';
import { printWords } from '../run/words.ts';

const names = [
  'restart',
  'memory',
  'memory-swap',
  'memory-reservation',
  'cpus',
  'cpuset-cpus',
  'pids-limit',
] as const;

/** The current limits as values of the form fields. */
export function limitValues(host: RawHost): Values {
  const { texts } = hostTexts(host, { runtime: '', cgroups: '2' });
  return Object.fromEntries(
    names.map((name) => [name, texts[name] ?? (name === 'restart' ? 'no' : '')]),
  );
}

export function limitsForm(container: string, values: Values, autoRemove: boolean): Form {
  const text = (id: (typeof names)[number], label: string, placeholder: string) =>
    ({ kind: 'text', id, label, placeholder }) as const;
  return {
    title: t('Resource limits of {0}', container),
    sections: [
      {
        title: t('Applied immediately, even while the container is running'),
        open: true,
        fields: [
          {
            ...text('restart', t('Restart policy'), 'no'),
            choices: ['no', 'always', 'unless-stopped', 'on-failure:3'],
            ...(autoRemove && {
              hint: t('The container is removed when it exits (--rm) and cannot be restarted'),
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
    values,
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
  const words: string[] = [];
  const changed: Partial<Record<(typeof names)[number], string>> = {};
  for (const name of names) {
    const value = textOf(values[name]);
    if (value === textOf(before[name])) continue;
    const { trouble } = checked(name, value);
    if (value !== '' && trouble !== undefined)
      marks.push({ field: name, severity: 'error', message: trouble });
    changed[name] = value;
    words.push(`--${name}`, value === '' ? unlimited[name] : value);
  }
  const adjustedSwap = swapForMemory(changed, before);
  if (adjustedSwap !== undefined) words.push('--memory-swap', adjustedSwap);
  return {
    limits: toLimits({
      ...changed,
      ...(adjustedSwap !== undefined && { 'memory-swap': adjustedSwap }),
    }),
    line: words.length === 0 ? '' : printWords(['docker', 'update', ...words, container]),
    marks,
  };
}

const unlimited: Readonly<Record<(typeof names)[number], string>> = {
  restart: 'no',
  memory: '0',
  'memory-swap': '-1',
  'memory-reservation': '0',
  cpus: '0',
  'cpuset-cpus': '',
  'pids-limit': '0',
};

function textOf(value: Values[string] | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** The new memory plus swap limit: the engine refuses more memory than the old limit of memory plus swap. */
function swapForMemory(
  changed: Readonly<Partial<Record<string, string>>>,
  before: Values,
): string | undefined {
  const memory = changed.memory;
  if (memory === undefined || changed['memory-swap'] !== undefined) return undefined;
  if (textOf(before.memory) === '' || textOf(before['memory-swap']) !== '') return undefined;
  const bytes = bytesOf(memory === '' ? '0' : memory);
  if (bytes === undefined) return undefined;
  return bytes === 0 ? '-1' : `${bytes * 2}b`;
}

function toLimits(changed: Readonly<Partial<Record<(typeof names)[number], string>>>): Limits {
  const size = (name: 'memory' | 'memory-reservation') => {
    const text = changed[name];
    return text === undefined ? undefined : bytesOf(text === '' ? '0' : text);
  };
  const swap = changed['memory-swap'];
  const [policy = 'no', retries = '0'] = (
    changed.restart === '' ? 'no' : (changed.restart ?? '')
  ).split(':');
  const [memory, reservation] = [size('memory'), size('memory-reservation')];
  const swapBytes = swap === undefined ? undefined : bytesOf(swap === '' ? '-1' : swap);
  return {
    ...(changed.restart !== undefined && { restart: { policy, retries: Number(retries) } }),
    ...(memory !== undefined && { memory }),
    ...(swapBytes !== undefined && { memorySwap: swapBytes }),
    ...(reservation !== undefined && { memoryReservation: reservation }),
    ...(changed.cpus !== undefined && { cpus: Number(changed.cpus) }),
    ...(changed['cpuset-cpus'] !== undefined && { cpuset: changed['cpuset-cpus'] }),
    ...(changed['pids-limit'] !== undefined && { pids: Number(changed['pids-limit']) }),
  };
}
