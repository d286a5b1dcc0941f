/** Limits for reading from and writing to block devices. */
import { t } from '@vscode/l10n';
import type { DeviceRate, DeviceWeight } from '../../engine/container-config.ts';
import { bytesOf, integerOf } from '../../command-line/values.ts';
import { list, text, type Compose, type Place } from './option.ts';
import { count, each, host } from './places.ts';
import { createSyntax } from '../../command-line/syntax.ts';

type RateKey =
  'BlkioDeviceReadBps' | 'BlkioDeviceReadIOps' | 'BlkioDeviceWriteBps' | 'BlkioDeviceWriteIOps';

/** The device, and the text after the first colon. */
function deviceAndValue(text: string): readonly [device: string, value: string] {
  const [, device = '', value = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  return [device, value];
}

function rates(name: RateKey, read: (value: string) => DeviceRate['Rate'] | undefined): Place {
  return host(
    name,
    each<DeviceRate>(
      (text) => {
        const [Path, value] = deviceAndValue(text);
        return { Path, Rate: read(value) ?? 0 };
      },
      ({ Path = '', Rate = 0 }) => `${Path}:${Rate}`,
    ),
  );
}

const weights: Place = host(
  'BlkioWeightDevice',
  each<DeviceWeight>(
    (text) => {
      const [Path, value] = deviceAndValue(text);
      return { Path, Weight: integerOf(value) ?? 0 };
    },
    ({ Path = '', Weight = 0 }) => `${Path}:${Weight}`,
  ),
);

function deviceSyntax(isValue: (value: string) => boolean) {
  return createSyntax((value) => {
    const [device, rest] = deviceAndValue(value);
    return device.startsWith('/dev/') && isValue(rest)
      ? undefined
      : t('{0} is not valid; use device:value, such as /dev/sda:1mb', value);
  });
}

const isRate = (value: string): boolean => bytesOf(value) !== undefined;
const isCount = (value: string): boolean => /^\d+$/.test(value);
const isWeight = (value: string): boolean =>
  isCount(value) && (Number(value) === 0 || (Number(value) >= 10 && Number(value) <= 1000));

/** A part of `blkio_config` of the service. */
function blockDevices(name: string, property: 'rate' | 'weight'): Compose {
  return (values) => ({
    service: {
      blkio_config: {
        [name]: values.map((text) => {
          const [path, value] = deviceAndValue(text);
          return { path, [property]: property === 'weight' ? Number(value) : value };
        }),
      },
    },
  });
}

export const blockOptions = {
  'blkio-weight': text({
    syntax: createSyntax((value) =>
      isWeight(value) ? undefined : t('{0} is not 0 or between 10 and 1000', value),
    ),
    place: host('BlkioWeight', count),
    compose: (values) => ({ service: { blkio_config: { weight: Number(values.at(-1)) } } }),
  }),
  'blkio-weight-device': list({
    syntax: deviceSyntax(isWeight),
    place: weights,
    compose: blockDevices('weight_device', 'weight'),
  }),
  'device-read-bps': list({
    syntax: deviceSyntax(isRate),
    place: rates('BlkioDeviceReadBps', bytesOf),
    compose: blockDevices('device_read_bps', 'rate'),
  }),
  'device-read-iops': list({
    syntax: deviceSyntax(isCount),
    place: rates('BlkioDeviceReadIOps', integerOf),
    compose: blockDevices('device_read_iops', 'rate'),
  }),
  'device-write-bps': list({
    syntax: deviceSyntax(isRate),
    place: rates('BlkioDeviceWriteBps', bytesOf),
    compose: blockDevices('device_write_bps', 'rate'),
  }),
  'device-write-iops': list({
    syntax: deviceSyntax(isCount),
    place: rates('BlkioDeviceWriteIOps', integerOf),
    compose: blockDevices('device_write_iops', 'rate'),
  }),
} as const;
