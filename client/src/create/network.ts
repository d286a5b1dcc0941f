/** The form that creates a network, and its request. */
import { t } from '@vscode/l10n';
import type { NewNetwork } from '../engine/objects.ts';
import { printWords } from '../command-line/words.ts';
import type { Form, Mark, Section, Values } from '../run/form.ts';
import { networkNameError, subnetError } from './checks.ts';
import { pairsOf, textOf } from './pairs.ts';

export const networkValues: Values = {
  name: '',
  driver: 'bridge',
  subnet: '',
  gateway: '',
  internal: false,
  ipv6: false,
  options: '',
  labels: '',
};

export function networkForm(): Form {
  return {
    title: t('Create Network'),
    sections: [networkSection(), addressSection(), optionSection()],
    line: { label: t('docker network create command'), hint: t('Shows the values of the form.') },
    example: '--driver',
    actions: [{ id: 'create', label: t('Create'), primary: true }],
  };
}

function networkSection(): Section {
  return {
    title: t('Network'),
    fields: [
      { kind: 'text', id: 'name', label: t('Name') },
      {
        kind: 'text',
        id: 'driver',
        label: t('Driver'),
        flag: '--driver',
        about: t(
          '`overlay` requires a swarm; `macvlan` and `ipvlan` use a network card of the host.',
        ),
        choices: ['bridge', 'macvlan', 'ipvlan', 'overlay'],
        placeholder: 'bridge',
      },
      {
        kind: 'check',
        id: 'internal',
        label: t('Internal'),
        flag: '--internal',
        about: t('Without access to other networks.'),
      },
    ],
  };
}

function addressSection(): Section {
  return {
    title: t('Addresses'),
    fields: [
      {
        kind: 'text',
        id: 'subnet',
        label: t('Subnet'),
        flag: '--subnet',
        about: t('The engine chooses a free subnet if this is empty.'),
        placeholder: '172.28.0.0/16',
      },
      {
        kind: 'text',
        id: 'gateway',
        label: t('Gateway'),
        flag: '--gateway',
        placeholder: '172.28.0.1',
      },
      { kind: 'check', id: 'ipv6', label: t('IPv6'), flag: '--ipv6', about: t('Enable IPv6.') },
    ],
  };
}

function optionSection(): Section {
  return {
    title: t('Options and labels'),
    fields: [
      {
        kind: 'lines',
        id: 'options',
        label: t('Driver options'),
        flag: '--opt',
        placeholder: 'parent=eth0',
      },
      {
        kind: 'lines',
        id: 'labels',
        label: t('Labels'),
        flag: '--label',
        placeholder: 'name=value',
      },
    ],
  };
}

/** The request for the values, the docker command, and the problems. */
export function networkRequest(
  values: Values,
  taken: ReadonlySet<string>,
): { readonly network: NewNetwork; readonly line: string; readonly marks: readonly Mark[] } {
  const [name, driver] = [textOf(values.name), textOf(values.driver)];
  const [subnet, gateway] = [textOf(values.subnet), textOf(values.gateway)];
  const options = pairsOf('options', '--opt', values.options);
  const labels = pairsOf('labels', '--label', values.labels);
  const internal = values.internal === true;
  const ipv6 = values.ipv6 === true;
  const error = (field: string, message: string | undefined): readonly Mark[] =>
    message === undefined ? [] : [{ field, severity: 'error', message }];
  const words = [
    ...(driver === '' || driver === 'bridge' ? [] : ['--driver', driver]),
    ...(internal ? ['--internal'] : []),
    ...(ipv6 ? ['--ipv6'] : []),
    ...(subnet === '' ? [] : ['--subnet', subnet]),
    ...(gateway === '' ? [] : ['--gateway', gateway]),
    ...options.words,
    ...labels.words,
  ];
  return {
    network: {
      name,
      ...(driver !== '' && { driver }),
      ...(subnet !== '' && { subnet }),
      ...(gateway !== '' && { gateway }),
      internal,
      ipv6,
      options: options.pairs,
      labels: labels.pairs,
    },
    line: printWords(['docker', 'network', 'create', ...words, ...(name === '' ? [] : [name])]),
    marks: [
      ...error('name', networkNameError(name, taken)),
      ...error('subnet', subnetError(subnet)),
      ...error('gateway', gatewayError(gateway, subnet)),
      ...options.marks,
      ...labels.marks,
    ],
  };
}

function gatewayError(gateway: string, subnet: string): string | undefined {
  if (gateway === '') return undefined;
  if (subnet === '') return t('A gateway requires a subnet.');
  return /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:]*)$/i.test(gateway)
    ? undefined
    : t('Enter an address, such as 172.28.0.1.');
}
