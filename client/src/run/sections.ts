/** The form for a container to be: its fields, in the order in which people think of them. */
import { t } from '@vscode/l10n';
import type { World } from './check.ts';
import type { Action, Field, Form, Option, Section, Values } from './form.ts';
import { pairOf } from './values.ts';
import { printWords } from './words.ts';

/** The whole form, filled. */
export function runForm(world: World, values: Values): Form {
  return {
    title: t('Run a Container'),
    sections: [process(world), reach(world), data(world), power(world), more(world)],
    values,
    line: {
      label: t('docker run line'),
      hint: t('Follows the form. Paste another line here, and the form follows it.'),
    },
    actions,
  };
}

const actions: readonly Action[] = [
  {
    id: 'run',
    get label() {
      return t('Run');
    },
    primary: true,
  },
  {
    id: 'copy',
    get label() {
      return t('Copy Line');
    },
  },
  {
    id: 'task',
    get label() {
      return t('Save as Task…');
    },
  },
  {
    id: 'compose',
    get label() {
      return t('Add to Compose File…');
    },
  },
];

function text(
  id: string,
  label: string,
  more: Partial<Extract<Field, { kind: 'text' }>> = {},
): Field {
  return { kind: 'text', id, label, ...more };
}

function option(value: string, label: string): Option {
  return { value, label };
}

function process({ image, images }: World): Section {
  const entrypoint = printWords(image.entrypoint);
  return {
    title: t('Container'),
    open: true,
    fields: [
      text('image', t('Image'), { choices: images.flatMap(({ tags }) => tags) }),
      text('name', t('Name'), { placeholder: t('the engine makes one up') }),
      text('command', t('Command'), {
        placeholder: printWords(image.command),
        ...(entrypoint !== '' && { hint: t('Goes to {0}', entrypoint) }),
      }),
      {
        kind: 'choice',
        id: 'mode',
        label: t('Runs'),
        options: [
          option('detached', t('in the background')),
          option('interactive', t('in a terminal, with input')),
          option('attached', t('in a terminal, without input')),
        ],
      },
      { kind: 'check', id: 'rm', label: t('Remove it when it ends') },
      text('restart', t('Restart'), {
        placeholder: 'no',
        choices: ['no', 'always', 'unless-stopped', 'on-failure:3'],
      }),
    ],
  };
}

function reach({ image, networks }: World): Section {
  const ports = image.ports.map((port) => port.replace(/\/tcp$/, '')).join(', ');
  return {
    title: t('Ports and Network'),
    open: true,
    fields: [
      {
        kind: 'rows',
        id: 'ports',
        label: t('Published ports'),
        ...(ports !== '' && { hint: t('The image listens on {0}', ports) }),
        add: t('Add Port'),
        remove: t('Remove Port'),
        columns: [
          { id: 'host', label: t('On this machine'), kind: 'text', placeholder: '8080' },
          { id: 'container', label: t('In the container'), kind: 'text', placeholder: '80' },
          {
            id: 'protocol',
            label: t('Protocol'),
            kind: 'choice',
            options: ['tcp', 'udp', 'sctp'].map((one) => option(one, one)),
          },
        ],
      },
      {
        kind: 'check',
        id: 'publish-all',
        label: t('Publish all ports of the image, on free ports'),
      },
      text('network', t('Network'), {
        placeholder: 'bridge',
        choices: networks.map(({ name }) => name),
      }),
      {
        kind: 'lines',
        id: 'add-host',
        label: t('Extra hosts'),
        placeholder: 'host.docker.internal:host-gateway',
      },
    ],
  };
}

function data({ image }: World): Section {
  const volumes = image.volumes.join(', ');
  const names = image.env.map((entry) => pairOf(entry)[0]).join(', ');
  return {
    title: t('Data and Environment'),
    open: true,
    fields: [
      {
        kind: 'rows',
        id: 'mounts',
        label: t('Mounts'),
        ...(volumes !== '' && { hint: t('The image keeps data in {0}', volumes) }),
        add: t('Add Mount'),
        remove: t('Remove Mount'),
        columns: [
          {
            id: 'type',
            label: t('Kind'),
            kind: 'choice',
            fresh: 'bind',
            options: [
              option('bind', t('folder')),
              option('volume', t('volume')),
              option('tmpfs', t('memory')),
            ],
          },
          {
            id: 'source',
            label: t('From'),
            kind: 'text',
            placeholder: './data',
            browse: t('Choose a Folder…'),
          },
          { id: 'target', label: t('To'), kind: 'text', placeholder: '/data' },
          { id: 'readOnly', label: t('Read-only'), kind: 'check' },
          { id: 'options', label: t('Options'), kind: 'text' },
        ],
      },
      {
        kind: 'lines',
        id: 'env',
        label: t('Environment'),
        placeholder: 'NAME=value',
        ...(names !== '' && { hint: t('The image sets {0}', names) }),
      },
      { kind: 'lines', id: 'env-file', label: t('Environment files'), placeholder: '.env' },
      text('user', t('User'), { placeholder: image.user === '' ? 'root' : image.user }),
      text('workdir', t('Working folder'), {
        placeholder: image.workdir === '' ? '/' : image.workdir,
      }),
    ],
  };
}

function power({ gpu, info }: World): Section {
  const gpus =
    gpu.available === false ? t('This engine hands out no GPUs now') : t('all, or numbers: 0,1');
  const machine =
    info === undefined ? {} : { placeholder: t('no limit; the machine has {0}', info.cpus) };
  return {
    title: t('GPUs and Limits'),
    open: false,
    fields: [
      text('gpus', t('GPUs'), {
        hint: gpus,
        choices: ['all', ...gpu.devices.flatMap((name) => /=(\d+)$/.exec(name)?.[1] ?? [])],
      }),
      text('memory', t('Memory'), { placeholder: t('no limit') }),
      text('cpus', t('CPUs'), machine),
      text('shm-size', t('Shared memory'), { placeholder: '64m' }),
      {
        kind: 'lines',
        id: 'ulimit',
        label: t('Limits of the process'),
        placeholder: 'nofile=1024:4096',
      },
    ],
  };
}

function more({ image }: World): Section {
  return {
    title: t('More'),
    open: false,
    fields: [
      text('entrypoint', t('Entrypoint'), { placeholder: printWords(image.entrypoint) }),
      text('hostname', t('Host name')),
      text('platform', t('Platform'), { placeholder: image.platform }),
      { kind: 'lines', id: 'label', label: t('Labels'), placeholder: 'name=value' },
      text('health-cmd', t('Health check'), { placeholder: image.health }),
      text('health-interval', t('Checked every'), { placeholder: '30s' }),
      text('health-timeout', t('Given up after'), { placeholder: '30s' }),
      text('health-start-period', t('Time to start'), { placeholder: '0s' }),
      text('health-retries', t('Failures until unhealthy'), { placeholder: '3' }),
      text('other', t('Other options of docker run'), { placeholder: '--cap-add=NET_ADMIN' }),
    ],
  };
}
