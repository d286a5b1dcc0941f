/** The form that creates a network, and its request. */
import { t } from '@vscode/l10n';
import type { NewNetwork } from '../engine/objects.ts';
import type { Form, Mark, Section, Values } from '../run/form.ts';
import { networkNameError, subnetError } from './checks.ts';
import {
  createForm,
  driverFields,
  driverValues,
  errorMarks,
  optionFields,
  readDriverFields,
  textOf,
} from './driver-fields.ts';

export const networkValues: Values = {
  ...driverValues('bridge'),
  subnet: '',
  gateway: '',
  internal: false,
  ipv6: false,
};

export function networkForm(): Form {
  return createForm({
    title: t('Create Network'),
    sections: [
      networkSection(),
      addressSection(),
      { title: t('Options and labels'), fields: optionFields('parent=eth0') },
    ],
    line: t('docker network create command'),
    example: '--driver',
  });
}

function networkSection(): Section {
  return {
    title: t('Network'),
    fields: [
      ...driverFields(
        ['bridge', 'macvlan', 'ipvlan', 'overlay'],
        t('`overlay` requires a swarm; `macvlan` and `ipvlan` use a network card of the host.'),
      ),
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

/** The request for the values, the docker command, and the problems. */
export function networkRequest(
  values: Values,
  taken: ReadonlySet<string>,
): { readonly network: NewNetwork; readonly line: string; readonly marks: readonly Mark[] } {
  const nameError = (name: string) => networkNameError(name, taken);
  const common = readDriverFields(values, { object: 'network', usual: 'bridge', nameError });
  const { name, request } = common;
  const [subnet, gateway] = [textOf(values.subnet), textOf(values.gateway)];
  const internal = values.internal === true;
  const ipv6 = values.ipv6 === true;
  return {
    network: {
      name,
      ...request,
      ...(subnet !== '' && { subnet }),
      ...(gateway !== '' && { gateway }),
      internal,
      ipv6,
    },
    line: common.line([
      ...(internal ? ['--internal'] : []),
      ...(ipv6 ? ['--ipv6'] : []),
      ...(subnet === '' ? [] : ['--subnet', subnet]),
      ...(gateway === '' ? [] : ['--gateway', gateway]),
    ]),
    marks: [
      ...common.marks,
      ...errorMarks('subnet', subnetError(subnet)),
      ...errorMarks('gateway', gatewayError(gateway, subnet)),
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
