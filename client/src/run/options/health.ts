/** Options for the health check; parts that are not given are inherited from the image. */
import type { ContainerConfig, Healthcheck } from '../../engine/container-config.ts';
import { durationOf, integerOf, isSame, nanosecondsOf } from '../../command-line/values.ts';
import { printWords } from '../../command-line/words.ts';
import { flag, isOn, mergeParts, text, type Compose, type Place } from './option.ts';
import { duration, integer } from '../../command-line/syntax.ts';

/** A part of the health check; 0 means the default. */
function health<K extends Exclude<keyof Healthcheck, 'Test'>>(
  name: K,
  codec: { readonly encode: (text: string) => Healthcheck[K]; readonly decode: typeof durationOf },
): Place {
  return {
    write: (values) => {
      const value = codec.encode(values.at(-1) ?? '');
      return value === undefined || value === 0
        ? {}
        : { config: { Healthcheck: { [name]: value } } };
    },
    read: ({ container, image }) => {
      const value = container.config.Healthcheck?.[name] ?? 0;
      const inherited = image.Healthcheck?.[name] ?? 0;
      return isDisabled(container.config) || BigInt(value) === 0n || value === inherited
        ? []
        : [codec.decode(value)];
    },
  };
}

const time = { encode: nanosecondsOf, decode: durationOf };

function isDisabled({ Healthcheck: check }: ContainerConfig): boolean {
  return check?.Test?.[0] === 'NONE';
}

const healthCommand: Place = {
  write: (values) => {
    const command = values.at(-1) ?? '';
    return command === '' ? {} : { config: { Healthcheck: { Test: ['CMD-SHELL', command] } } };
  },
  read: ({ container, image }) => {
    const [kind, ...words] = container.config.Healthcheck?.Test ?? [];
    const inherited = isSame(container.config.Healthcheck?.Test, image.Healthcheck?.Test);
    if (kind === undefined || kind === 'NONE' || inherited) return [];
    return [kind === 'CMD-SHELL' ? words.join(' ') : printWords(words)];
  },
};

/** A part of the health check of the service; 0 means the default. */
function checkPart(name: string, convert: (value: string) => unknown = (value) => value): Compose {
  return (values, line) => {
    const value = values.at(-1) ?? '';
    const isNone = value === '' || nanosecondsOf(value) === 0 || integerOf(value) === 0;
    return isOn(line, 'no-healthcheck') || isNone
      ? {}
      : { service: { healthcheck: { [name]: convert(value) } } };
  };
}

export const healthOptions = {
  'no-healthcheck': flag({
    place: {
      write: (values) =>
        values.at(-1) === 'true' ? { config: { Healthcheck: { Test: ['NONE'] } } } : {},
      read: ({ container, image }) =>
        isDisabled(container.config) && !isDisabled(image) ? ['true'] : [],
    },
    compose: () => ({ service: { healthcheck: { disable: true } } }),
  }),
  'health-cmd': text({
    place: healthCommand,
    compose: checkPart('test', (value) => ['CMD-SHELL', value]),
    field: 'text',
  }),
  'health-interval': text({
    syntax: duration,
    place: health('Interval', time),
    compose: checkPart('interval'),
    field: 'text',
  }),
  'health-timeout': text({
    syntax: duration,
    place: health('Timeout', time),
    compose: checkPart('timeout'),
    field: 'text',
  }),
  'health-start-period': text({
    syntax: duration,
    place: health('StartPeriod', time),
    compose: checkPart('start_period'),
    field: 'text',
  }),
  'health-start-interval': text({
    syntax: duration,
    place: health('StartInterval', time),
    compose: (values, line) => {
      const interval = checkPart('start_interval')(values, line);
      const period = line.values('health-start-period').at(-1) ?? '0s';
      // Compose requires a start period with it, which can be 0.
      return Object.keys(interval).length === 0 || nanosecondsOf(period) !== 0
        ? interval
        : mergeParts([interval, { service: { healthcheck: { start_period: '0s' } } }]);
    },
    since: '1.44',
  }),
  'health-retries': text({
    syntax: integer(0),
    place: health('Retries', { encode: integerOf, decode: String }),
    compose: checkPart('retries', (value) => integerOf(value)),
    field: 'text',
  }),
} as const;
