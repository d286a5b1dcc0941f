/** Whether a value is one that its option takes, told as docker would refuse it, only sooner. */
import { t } from '@vscode/l10n';
import { longMount, tmpfsMount, volumeMount, longText } from './mounts.ts';
import { options, type Option, type OptionName } from './options.ts';
import { numbersOf, portRuleOf, portText } from './ports.ts';
import { bytesOf, nanosecondsOf, pairOf } from './values.ts';

export interface Checked {
  /** As the spec keeps it. */
  readonly value: string;
  readonly trouble?: string;
}

/** The value in its one spelling, and what is wrong with it. */
export function checked(name: OptionName, value: string): Checked {
  const trouble = kindTrouble(options[name], value) ?? checks[name]?.(value);
  if (trouble !== undefined) return { value, trouble };
  return { value: canonical(name, value) };
}

function canonical(name: OptionName, value: string): string {
  if (name === 'publish') {
    const rule = portRuleOf(value);
    return typeof rule === 'string' ? value : portText(rule);
  }
  if (name !== 'mount') return value;
  const mount = longMount(value);
  return typeof mount === 'string' ? value : longText(mount);
}

function kindTrouble(option: Option, value: string): string | undefined {
  if (value === '' && option.kind === 'text') return undefined;
  switch (option.value) {
    case 'size':
      return bytesOf(value) === undefined
        ? t('{0} is no size: a number with b, k, m or g', value)
        : undefined;
    case 'integer':
      return /^-?\d+$/.test(value) ? undefined : t('{0} is no whole number', value);
    case 'number':
      return /^(?:\d+(?:\.\d+)?|\.\d+)$/.test(value) ? undefined : t('{0} is no number', value);
    case 'duration':
      return nanosecondsOf(value) === undefined
        ? t('{0} is no time: a number with ms, s, m or h', value)
        : undefined;
    case undefined:
      return undefined;
  }
}

function sentence(meaning: object | string): string | undefined {
  return typeof meaning === 'string' ? meaning : undefined;
}

const checks: Readonly<Partial<Record<OptionName, (value: string) => string | undefined>>> = {
  publish: (value) => sentence(portRuleOf(value)),
  volume: (value) => sentence(volumeMount(value)),
  mount: (value) => sentence(longMount(value)),
  tmpfs: (value) => sentence(tmpfsMount(value)),
  expose: (value) =>
    numbersOf(value.replace(/\/(?:tcp|udp|sctp)$/, '')) === undefined
      ? t('{0} is no port: a number from 1 to 65535, or a range', value)
      : undefined,
  restart: (value) =>
    /^(?:no|always|unless-stopped|on-failure(?::\d+)?)$/.test(value)
      ? undefined
      : t('{0} is no restart policy: no, always, unless-stopped or on-failure:5', value),
  name: (value) =>
    /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value)
      ? undefined
      : t('{0} cannot be a name: letters, digits, _, . and -, two at least', value),
  env: (value) => (pairOf(value)[0] === '' ? t('{0} lacks the name before =', value) : undefined),
  label: (value) => (pairOf(value)[0] === '' ? t('{0} lacks the name before =', value) : undefined),
  'add-host': (value) =>
    /^[^:=]+[:=].+$/.test(value)
      ? undefined
      : t(
          '{0} is no host: name:address, such as db:10.0.0.5 or host.docker.internal:host-gateway',
          value,
        ),
  ulimit: (value) =>
    /^[a-z]+=-?\d+(?::-?\d+)?$/.test(value)
      ? undefined
      : t('{0} is no limit: name=soft:hard, such as nofile=1024:4096', value),
  user: (value) =>
    /\s/.test(value) ? t('{0} is no user: a name or number, or uid:gid', value) : undefined,
  workdir: (value) =>
    /^(?:\/|[A-Za-z]:)/.test(value)
      ? undefined
      : t('{0} must be a path from / in the container', value),
  pull: (value) =>
    /^(?:always|missing|never)$/.test(value)
      ? undefined
      : t('{0} is none of always, missing, never', value),
  platform: (value) =>
    /^[a-z0-9_]+(?:\/[a-z0-9_]+){0,2}$/i.test(value)
      ? undefined
      : t('{0} is no platform: linux/arm64', value),
  attach: (value) =>
    /^(?:stdin|stdout|stderr)$/i.test(value)
      ? undefined
      : t('{0} is none of stdin, stdout, stderr', value),
  sysctl: (value) => (/^[^=]+=/.test(value) ? undefined : t('{0} lacks its value', value)),
};
