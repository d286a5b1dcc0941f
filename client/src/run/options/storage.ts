/** Options for mounts and storage. */
import { t } from '@vscode/l10n';
import type { MountConfig } from '../../engine/container-config.ts';
import { absoluteMount, absoluteVolume } from '../absolute.ts';
import {
  longMount,
  longText,
  optionValue,
  optionValues,
  tmpfsMount,
  volumeMount,
  volumeText,
  type Mount,
} from '../mounts.ts';
import { bytesOf, pairsOf, pairTexts, sizeOf } from '../../command-line/values.ts';
import { map, on } from './compose-keys.ts';
import { composeLong, composeShort, composeTmpfs } from './compose-volumes.ts';
import { flag, list, text, type Compose, type Place } from './option.ts';
import { host, pairs, plain, texts } from './places.ts';
import { createSyntax, pair } from '../../command-line/syntax.ts';

/** `-v`: an anonymous volume is in Config.Volumes, others are in HostConfig.Binds. */
const volume: Place = {
  write: (values) => {
    const mounts = [...new Set(values)].flatMap((value) => {
      const mount = volumeMount(value);
      return typeof mount === 'string' ? [] : [{ value, mount }];
    });
    const anonymous = mounts.filter(({ mount }) => mount.source === '');
    const binds = mounts.filter(({ mount }) => mount.source !== '');
    return {
      ...(anonymous.length > 0 && {
        config: { Volumes: Object.fromEntries(anonymous.map(({ mount }) => [mount.target, {}])) },
      }),
      ...(binds.length > 0 && { host: { Binds: binds.map(({ value }) => value) } }),
    };
  },
  read: ({ container, image }) => {
    const ofImage = new Set(Object.keys(image.Volumes ?? {}));
    return [
      ...(container.host.Binds ?? []),
      ...(container.host.Mounts ?? []).flatMap((mount) => bindText(mount) ?? []),
      ...Object.keys(container.config.Volumes ?? {}).filter((path) => !ofImage.has(path)),
    ];
  },
};

/** The value of `-v`, which creates a missing source; undefined if `-v` has no equivalent of the options. */
function bindText(config: MountConfig): string | undefined {
  const { Type, Source = '', Target = '', ReadOnly, Consistency, BindOptions = {} } = config;
  const { CreateMountpoint, Propagation, ...others } = BindOptions;
  const special = Object.values(others).includes(true) || /:/.test(Source + Target);
  if (Type !== 'bind' || CreateMountpoint !== true || special) return undefined;
  const options = [
    ...(Propagation ? [Propagation] : []),
    ...(Consistency && Consistency !== 'default' ? [Consistency] : []),
  ];
  const readOnly = ReadOnly === true;
  return volumeText({ type: 'bind', source: Source, target: Target, readOnly, options });
}

const mount: Place = {
  ...host('Mounts', {
    encode: (values) =>
      values.flatMap((value) => {
        const read = longMount(value);
        return typeof read === 'string' ? [] : [mountConfig(read)];
      }),
    decode: (configs) => configs.filter((config) => bindText(config) === undefined).map(mountText),
  }),
};

function mountConfig(read: Mount): MountConfig {
  const { type, source, target, readOnly } = read;
  const groups = {
    BindOptions: bindOptions(read),
    VolumeOptions: volumeOptions(read),
    ImageOptions: given('Subpath', optionValue(read, 'image-subpath')),
    TmpfsOptions: tmpfsOptions(read),
  };
  const used = Object.entries(groups).filter(([, group]) => Object.keys(group).length > 0);
  return {
    Type: type,
    ...(source !== '' && { Source: source }),
    Target: target,
    ...(readOnly && { ReadOnly: true }),
    ...given('Consistency', optionValue(read, 'consistency')),
    ...Object.fromEntries(used),
  };
}

function given<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return (value === undefined || value === '' ? {} : { [name]: value }) as Partial<
    Record<K, string>
  >;
}

function isTrue(read: Mount, option: string): boolean {
  return /^(?:1|t|true)$/i.test(optionValue(read, option) ?? '');
}

function bindOptions(read: Mount): NonNullable<MountConfig['BindOptions']> {
  const recursive = optionValue(read, 'bind-recursive');
  return {
    ...given('Propagation', optionValue(read, 'bind-propagation')),
    ...((isTrue(read, 'bind-nonrecursive') || recursive === 'disabled') && { NonRecursive: true }),
    ...(recursive === 'writable' && { ReadOnlyNonRecursive: true }),
    ...(recursive === 'readonly' && { ReadOnlyForceRecursive: true }),
    ...(isTrue(read, 'bind-create-src') && { CreateMountpoint: true }),
  };
}

function volumeOptions(read: Mount): NonNullable<MountConfig['VolumeOptions']> {
  const [labels, options] = [optionValues(read, 'volume-label'), optionValues(read, 'volume-opt')];
  const driver = {
    ...given('Name', optionValue(read, 'volume-driver')),
    ...(options.length > 0 && { Options: pairsOf(options) }),
  };
  return {
    ...(isTrue(read, 'volume-nocopy') && { NoCopy: true }),
    ...given('Subpath', optionValue(read, 'volume-subpath')),
    ...(labels.length > 0 && { Labels: pairsOf(labels) }),
    ...(Object.keys(driver).length > 0 && { DriverConfig: driver }),
  };
}

function tmpfsOptions(read: Mount): NonNullable<MountConfig['TmpfsOptions']> {
  const bytes = bytesOf(optionValue(read, 'tmpfs-size') ?? '');
  const mode = optionValue(read, 'tmpfs-mode');
  return {
    ...(bytes !== undefined && { SizeBytes: bytes }),
    ...(mode !== undefined && { Mode: Number.parseInt(mode, 8) }),
  };
}

function mountText(config: MountConfig): string {
  const { Consistency, BindOptions = {}, VolumeOptions = {}, ImageOptions, TmpfsOptions } = config;
  const { Name, Options } = VolumeOptions.DriverConfig ?? {};
  const options = [
    ...(Consistency && Consistency !== 'default' ? [`consistency=${Consistency}`] : []),
    ...(BindOptions.Propagation ? [`bind-propagation=${BindOptions.Propagation}`] : []),
    ...(BindOptions.NonRecursive === true ? ['bind-recursive=disabled'] : []),
    ...(BindOptions.ReadOnlyNonRecursive === true ? ['bind-recursive=writable'] : []),
    ...(BindOptions.ReadOnlyForceRecursive === true ? ['bind-recursive=readonly'] : []),
    ...(BindOptions.CreateMountpoint === true ? ['bind-create-src=true'] : []),
    ...(VolumeOptions.NoCopy === true ? ['volume-nocopy=true'] : []),
    ...(VolumeOptions.Subpath ? [`volume-subpath=${VolumeOptions.Subpath}`] : []),
    ...pairTexts(VolumeOptions.Labels).map((label) => `volume-label=${label}`),
    ...(Name ? [`volume-driver=${Name}`] : []),
    ...pairTexts(Options).map((option) => `volume-opt=${option}`),
    ...(ImageOptions?.Subpath ? [`image-subpath=${ImageOptions.Subpath}`] : []),
    ...(TmpfsOptions?.SizeBytes ? [`tmpfs-size=${sizeOf(TmpfsOptions.SizeBytes)}`] : []),
    ...(TmpfsOptions?.Mode ? [`tmpfs-mode=${TmpfsOptions.Mode.toString(8)}`] : []),
  ];
  return longText({
    // Other types are kept as the engine returns them.
    type: (config.Type ?? 'volume') as Mount['type'],
    source: config.Source ?? '',
    target: config.Target ?? '',
    readOnly: config.ReadOnly === true,
    options,
  });
}

const tmpfs: Place = {
  ...host('Tmpfs', {
    encode: (values) =>
      Object.fromEntries(
        values.map((value) => {
          const [, target = '', words = ''] = /^([^:]*)(?::(.*))?$/s.exec(value) ?? [];
          return [target, words];
        }),
      ),
    decode: (value) =>
      Object.entries(value).map(([path, words]) => (words === '' ? path : `${path}:${words}`)),
  }),
};

function sentence(meaning: Mount | string): string | undefined {
  return typeof meaning === 'string' ? meaning : undefined;
}

/** Converts each mount to its part of a compose service. */
function composed(read: (value: string) => Mount | string, compose: typeof composeLong): Compose {
  return (values, line) => {
    const mounts = values.map(read).filter((one): one is Mount => typeof one !== 'string');
    return compose(mounts, line);
  };
}

/** Without the registry credentials, which only the docker CLI copies into the container. */
const apiSocket: Place = {
  write: (values) => {
    const path = '/var/run/docker.sock';
    const socket: MountConfig = { Type: 'bind', Source: path, Target: path };
    return values.at(-1) === 'true' ? { host: { Mounts: [socket] } } : {};
  },
};

export const storageOptions = {
  volume: list({
    short: 'v',
    brief: true,
    syntax: (value, context) => {
      const full = absoluteVolume(value, context);
      const trouble = sentence(volumeMount(full));
      return trouble === undefined ? { value: full } : { value: full, trouble };
    },
    place: volume,
    compose: composed(volumeMount, composeShort),
    field: 'row',
  }),
  mount: list({
    syntax: (value, context) => {
      const full = absoluteMount(value, context);
      const read = longMount(full);
      return typeof read === 'string' ? { value: full, trouble: read } : { value: longText(read) };
    },
    place: mount,
    compose: composed(longMount, composeLong),
    field: 'row',
  }),
  tmpfs: list({
    syntax: createSyntax((value) => sentence(tmpfsMount(value))),
    place: tmpfs,
    compose: composed(tmpfsMount, composeTmpfs),
    field: 'row',
  }),
  'volumes-from': list({
    syntax: createSyntax((value) =>
      /^[^:]+(?::[^:]+)?$/.test(value)
        ? undefined
        : t('{0} is not valid; use container or container:ro', value),
    ),
    place: host('VolumesFrom', texts),
    compose: (values) => ({
      service: { volumes_from: [...new Set(values)].map((value) => `container:${value}`) },
      // Compose mounts them writable.
      left: values.filter((value) => value.endsWith(':ro')).map((value) => `ro of ${value}`),
    }),
  }),
  'volume-driver': text({
    place: host('VolumeDriver', plain),
    // Handled with the top-level volumes.
    compose: (_, { values }) =>
      values('volume').some((value) => !value.includes(':')) ? { left: ['--volume-driver'] } : {},
  }),
  'use-api-socket': flag({ place: apiSocket, compose: on('use_api_socket'), os: 'linux' }),
  'storage-opt': list({
    syntax: pair,
    place: host('StorageOpt', pairs),
    compose: map('storage_opt'),
  }),
};
