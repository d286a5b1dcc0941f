/** Options for devices of the host. */
import { t } from '@vscode/l10n';
import type { DeviceMapping, DeviceRequest } from '../../engine/container-config.ts';
import {
  fieldsOf,
  isFields,
  lineOf,
  pairOf,
  pairsOf,
  pairTexts,
} from '../../command-line/values.ts';
import { each, key } from './compose-keys.ts';
import { list, text, type Compose, type Place } from './option.ts';
import { host, plain, texts } from './places.ts';
import { createSyntax } from '../../command-line/syntax.ts';

/** Reads `all`, `2`, `"device=0,1"` or `device=0,"capabilities=compute,utility"`; returns an error message if docker would refuse it. */
function gpuRequest(value: string): DeviceRequest | string {
  if (!isFields(value)) return t('{0} has a quote inside a field', value);
  const request: { -readonly [K in keyof DeviceRequest]: DeviceRequest[K] } = {};
  const seen = new Set<string>();
  for (const field of fieldsOf(value)) {
    const [name, given] = pairOf(field);
    const [key, text] = given === undefined ? ['count', name] : [name, given];
    if (seen.has(key)) return t('{0} is given twice', key);
    seen.add(key);
    const trouble = takeGpuField(request, key, text);
    if (trouble !== undefined) return trouble;
  }
  const counted = request.Count ?? (request.DeviceIDs === undefined ? 1 : 0);
  return { Capabilities: [['gpu']], ...request, Count: counted };
}

/** Takes a field; returns an error message if it is invalid. */
function takeGpuField(
  request: { -readonly [K in keyof DeviceRequest]: DeviceRequest[K] },
  key: string,
  value: string,
): string | undefined {
  switch (key) {
    case 'count': {
      const count = value === 'all' ? -1 : /^[+-]?\d+$/.test(value) ? Number(value) : undefined;
      if (count === undefined || !Number.isSafeInteger(count))
        return t('{0} is not valid; use all or a number', value);
      request.Count = count;
      return undefined;
    }
    case 'driver':
      request.Driver = value;
      return undefined;
    case 'device':
      request.DeviceIDs = value.split(',');
      return undefined;
    case 'capabilities':
      request.Capabilities = [[...new Set([...value.split(','), 'gpu'])]];
      return undefined;
    case 'options':
      request.Options = pairsOf(fieldsOf(value));
      return undefined;
    default:
      return t('--gpus has no option {0}', key);
  }
}

function gpuText({ Driver = '', Count = 0, DeviceIDs, Capabilities, Options }: DeviceRequest) {
  const ids = DeviceIDs ?? [];
  const more = (Capabilities?.[0] ?? []).filter((one) => one !== 'gpu');
  const options = pairTexts(Options);
  return lineOf([
    ...(Number(Count) === -1 ? ['all'] : []),
    ...(Number(Count) > 0 || (Number(Count) === 0 && ids.length === 0) ? [String(Count)] : []),
    ...(ids.length > 0 ? [`device=${ids.join(',')}`] : []),
    ...(Driver === '' ? [] : [`driver=${Driver}`]),
    ...(more.length === 0 ? [] : [`capabilities=${more.join(',')}`]),
    ...(options.length > 0 ? [`options=${lineOf(options)}`] : []),
  ]);
}

const gpus: Place = {
  ...host('DeviceRequests', {
    encode: (values) =>
      values.flatMap((value) => {
        const request = gpuRequest(value);
        return typeof request === 'string' ? [] : [request];
      }),
    decode: (requests) => requests.filter(({ Driver }) => Driver !== 'cdi').map(gpuText),
  }),
};

const composeGpus: Compose = (values, line) => {
  const devices = values.flatMap((value) => {
    const request = gpuRequest(value);
    if (typeof request === 'string') return [];
    const { Driver, Count = 0, DeviceIDs, Capabilities = [], Options } = request;
    return [
      {
        ...(Driver && { driver: Driver }),
        ...(DeviceIDs ? { device_ids: DeviceIDs } : { count: Number(Count) < 0 ? 'all' : Count }),
        capabilities: Capabilities[0],
        ...(Options && { options: Options }),
      },
    ];
  });
  const memory = line.values('memory-reservation').at(-1);
  // Compose refuses `mem_reservation` together with these reservations.
  const reservations = { devices, ...(memory && { memory }) };
  return { service: { deploy: { resources: { reservations } } } };
};

/** Whether it is a CDI name (Container Device Interface), such as `nvidia.com/gpu=0`. */
export function isCdi(value: string): boolean {
  return /^[A-Za-z](?:[\w.-]*[A-Za-z0-9])?\/[A-Za-z](?:[\w-]*[A-Za-z0-9])?=[A-Za-z0-9](?:[\w.:-]*[A-Za-z0-9])?$/.test(
    value,
  );
}

function isDeviceMode(text: string): boolean {
  return /^[rwm]+$/.test(text) && new Set(text).size === text.length;
}

/** Reads `/dev/sda:/dev/xvda:rwm`; devices of Windows engines have only one part. */
function deviceMapping(value: string): DeviceMapping {
  const [source = '', second, third] = value.split(':');
  if (!value.startsWith('/')) return { PathOnHost: value };
  const mode = second !== undefined && isDeviceMode(second) ? second : third;
  const target = second === undefined || isDeviceMode(second) ? source : second;
  return {
    PathOnHost: source,
    PathInContainer: target,
    CgroupPermissions: mode ?? 'rwm',
  };
}

function deviceText({
  PathOnHost = '',
  PathInContainer = '',
  CgroupPermissions = '',
}: DeviceMapping) {
  const mode = CgroupPermissions === 'rwm' || CgroupPermissions === '' ? [] : [CgroupPermissions];
  const same = PathInContainer === PathOnHost || PathInContainer === '';
  return [PathOnHost, ...(same ? [] : [PathInContainer]), ...mode].join(':');
}

const device: Place = {
  write: (values) => {
    const plainDevices = values.filter((value) => !isCdi(value)).map(deviceMapping);
    const byName = values.filter(isCdi);
    return {
      host: {
        ...(plainDevices.length > 0 && { Devices: plainDevices }),
        ...(byName.length > 0 && { DeviceRequests: [{ Driver: 'cdi', DeviceIDs: byName }] }),
      },
    };
  },
  read: ({ container: { host: seen } }) => [
    ...(seen.DeviceRequests ?? [])
      .filter(({ Driver }) => Driver === 'cdi')
      .flatMap(({ DeviceIDs }) => DeviceIDs ?? []),
    ...(seen.Devices ?? []).map(deviceText),
  ],
};

const deviceSyntax = createSyntax((value) => {
  if (isCdi(value) || /^class\//.test(value)) return undefined;
  const [source = '', second, third, ...more] = value.split(':');
  const target = second === undefined || isDeviceMode(second) ? source : second;
  if (more.length > 0 || !source.startsWith('/') || !target.startsWith('/')) {
    return t('{0} is not a valid device; use a path such as /dev/sda:/dev/xvda:rwm', value);
  }
  return third === undefined || isDeviceMode(third)
    ? undefined
    : t('{0} is not a valid mode of a device; use letters of rwm', third);
});

export const deviceOptions = {
  gpus: list({
    syntax: createSyntax((value) => {
      const request = gpuRequest(value);
      return typeof request === 'string' ? request : undefined;
    }),
    place: gpus,
    compose: composeGpus,
    field: 'text',
    since: '1.40',
  }),
  runtime: text({
    place: host('Runtime', plain, (value, { engine }) => value === engine.defaultRuntime),
    compose: key('runtime'),
  }),
  device: list({
    syntax: deviceSyntax,
    place: device,
    compose: each('devices', (value) => {
      if (isCdi(value)) return value;
      const { PathOnHost = '', PathInContainer, CgroupPermissions } = deviceMapping(value);
      return [PathOnHost, PathInContainer, CgroupPermissions].filter(Boolean).join(':');
    }),
  }),
  'device-cgroup-rule': list({
    syntax: createSyntax((value) =>
      /^[acb] (?:\d+|\*):(?:\d+|\*) [rwm]{1,3}$/.test(value)
        ? undefined
        : t('{0} is not a valid rule; use a form such as c 1:3 rwm', value),
    ),
    place: host('DeviceCgroupRules', texts),
    compose: each('device_cgroup_rules'),
  }),
} as const;
