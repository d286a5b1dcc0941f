/** The limits of a container that can be changed while it runs: what they are, the form, what is asked for. */
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

/** The present values, as the fields hold them. */
export function limitValues(host: RawHost): Values {
  const { texts } = hostTexts(host, { runtime: '', cgroups: '2' });
  return Object.fromEntries(
    names.map((name) => [name, texts[name] ?? (name === 'restart' ? 'no' : '')]),
  );
}

export function limitsForm(container: string, values: Values, removedAtEnd: boolean): Form {
  const text = (id: (typeof names)[number], label: string, placeholder: string) =>
    ({ kind: 'text', id, label, placeholder }) as const;
  return {
    title: t('Limits of {0}', container),
    sections: [
      {
        title: t('Takes effect at once, also while it runs'),
        open: true,
        fields: [
          {
            ...text('restart', t('Restart'), 'no'),
            choices: ['no', 'always', 'unless-stopped', 'on-failure:3'],
            ...(removedAtEnd && { hint: t('It is removed when it ends, and cannot be restarted') }),
          },
          text('memory', t('Memory'), t('no limit')),
          text('memory-swap', t('Memory and swap together'), t('twice the memory')),
          text('memory-reservation', t('Memory when it is short'), t('no limit')),
          text('cpus', t('CPUs'), t('no limit')),
          text('cpuset-cpus', t('On these CPUs'), '0-3'),
          text('pids-limit', t('Processes'), t('no limit')),
        ],
      },
    ],
    values,
    line: { label: t('docker update line'), hint: t('Follows the form.') },
    actions: [{ id: 'update', label: t('Change'), primary: true }],
  };
}

export interface Change {
  readonly limits: Limits;
  readonly line: string;
  readonly marks: readonly Mark[];
}

/** What is asked for: only what differs from before. */
export function changeOf(container: string, values: Values, before: Values): Change {
  const marks: Mark[] = [];
  const words: string[] = [];
  const said: Partial<Record<(typeof names)[number], string>> = {};
  for (const name of names) {
    const value = textOf(values[name]);
    if (value === textOf(before[name])) continue;
    const { trouble } = checked(name, value);
    if (value !== '' && trouble !== undefined)
      marks.push({ field: name, severity: 'error', message: trouble });
    said[name] = value;
    words.push(`--${name}`, value === '' ? unlimited[name] : value);
  }
  const unswapped = growsPastSwap(said, before);
  if (unswapped !== undefined) words.push('--memory-swap', unswapped);
  return {
    limits: limitsOf({ ...said, ...(unswapped !== undefined && { 'memory-swap': unswapped }) }),
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

/** The engine refuses more memory than there was memory and swap: the swap goes with it. */
function growsPastSwap(
  said: Readonly<Partial<Record<string, string>>>,
  before: Values,
): string | undefined {
  const memory = said.memory;
  if (memory === undefined || said['memory-swap'] !== undefined) return undefined;
  if (textOf(before.memory) === '' || textOf(before['memory-swap']) !== '') return undefined;
  const bytes = bytesOf(memory === '' ? '0' : memory);
  if (bytes === undefined) return undefined;
  return bytes === 0 ? '-1' : `${bytes * 2}b`;
}

function limitsOf(said: Readonly<Partial<Record<(typeof names)[number], string>>>): Limits {
  const size = (name: 'memory' | 'memory-reservation') => {
    const text = said[name];
    return text === undefined ? undefined : bytesOf(text === '' ? '0' : text);
  };
  const swap = said['memory-swap'];
  const [policy = 'no', retries = '0'] = (said.restart === '' ? 'no' : (said.restart ?? '')).split(
    ':',
  );
  const [memory, reservation] = [size('memory'), size('memory-reservation')];
  const swapBytes = swap === undefined ? undefined : bytesOf(swap === '' ? '-1' : swap);
  return {
    ...(said.restart !== undefined && { restart: { policy, retries: Number(retries) } }),
    ...(memory !== undefined && { memory }),
    ...(swapBytes !== undefined && { memorySwap: swapBytes }),
    ...(reservation !== undefined && { memoryReservation: reservation }),
    ...(said.cpus !== undefined && { cpus: Number(said.cpus) }),
    ...(said['cpuset-cpus'] !== undefined && { cpuset: said['cpuset-cpus'] }),
    ...(said['pids-limit'] !== undefined && { pids: Number(said['pids-limit']) }),
  };
}
