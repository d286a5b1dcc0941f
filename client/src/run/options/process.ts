/** What runs in a container, how it is attached to, and how it is stopped. */
import { t } from '@vscode/l10n';
import { fullPath } from '../absolute.ts';
import type { ContainerConfig } from '../../engine/container-config.ts';
import { integerOf, isSame } from '../values.ts';
import { key, needless, on, one } from './compose-keys.ts';
import { flag, isOn, list, text, type Place, type Seen } from './option.ts';
import { config, host, number, plain, yes } from './places.ts';
import { absoluteInContainer, checked, integer, oneOf } from './syntax.ts';

/** Detached, no stream is attached; otherwise those that are asked for, or all. */
const attach: Place = {
  write: (values, line) => {
    const open = isOn(line, 'interactive');
    const asked = new Set(values.map((one) => one.toLowerCase()));
    const attached = (stream: string): boolean =>
      !isOn(line, 'detach') &&
      ((stream === 'stdin' && open) || (asked.size > 0 ? asked.has(stream) : stream !== 'stdin'));
    return {
      config: {
        AttachStdin: attached('stdin'),
        AttachStdout: attached('stdout'),
        AttachStderr: attached('stderr'),
        StdinOnce: open && attached('stdin'),
      },
    };
  },
  read: ({ container: { config: seen } }) => {
    const streams = attachedStreams(seen);
    const usual = seen.OpenStdin === true ? 'stdin,stdout,stderr' : 'stdout,stderr';
    return streams.join(',') === usual ? [] : streams;
  },
};

function attachedStreams(seen: ContainerConfig): readonly string[] {
  return [
    ...(seen.AttachStdin === true ? ['stdin'] : []),
    ...(seen.AttachStdout === true ? ['stdout'] : []),
    ...(seen.AttachStderr === true ? ['stderr'] : []),
  ];
}

const restart: Place = {
  // The docker CLI sends `no` where none is given.
  write: (values) => {
    const [Name = '', retries = ''] = (values.at(-1) ?? 'no').split(':');
    return {
      host: { RestartPolicy: { Name, MaximumRetryCount: integerOf(retries) ?? 0 } },
    };
  },
  read: ({ container }) => {
    const { Name = '', MaximumRetryCount = 0 } = container.host.RestartPolicy ?? {};
    if (Name === '' || Name === 'no') return [];
    return [BigInt(MaximumRetryCount) > 0n ? `${Name}:${MaximumRetryCount}` : Name];
  },
};

/** The option takes one word; the others of an entrypoint become the first of the command. */
const entrypoint: Place = {
  // The one empty word takes the image's entrypoint away.
  write: (values) => (values.length === 0 ? {} : { config: { Entrypoint: [values.at(-1) ?? ''] } }),
  read: (seen) => {
    const { Entrypoint = [] } = seen.container.config;
    return inheritsEntrypoint(seen) ? [] : [Entrypoint[0] ?? ''];
  },
};

/** An entrypoint that is given drops the image's command, even where it is the image's own. */
function inheritsEntrypoint({ container: { config: seen }, image }: Seen): boolean {
  const dropped = (seen.Cmd ?? []).length === 0 && (image.Cmd ?? []).length > 0;
  return isSame(seen.Entrypoint, image.Entrypoint) && !dropped;
}

/** The words after the image. */
export function commandOf(seen: Seen): readonly string[] {
  const { Entrypoint = [], Cmd = [] } = seen.container.config;
  if (!inheritsEntrypoint(seen)) return [...Entrypoint.slice(1), ...Cmd];
  return isSame(Cmd, seen.image.Cmd) ? [] : Cmd;
}

const restarts = /^(?:|(?:no|always|unless-stopped)(?::0*)?|on-failure(?::\d*)?)$/;

export const processOptions = {
  detach: flag({
    short: 'd',
    place: {
      read: ({ container }) => (attachedStreams(container.config).length === 0 ? ['true'] : []),
    },
    compose: needless,
    field: 'mode',
  }),
  interactive: flag({
    short: 'i',
    place: config('OpenStdin', yes),
    compose: on('stdin_open'),
    field: 'mode',
  }),
  tty: flag({ short: 't', place: config('Tty', yes), compose: on('tty'), field: 'mode' }),
  attach: list({
    short: 'a',
    syntax: checked((value) =>
      /^std(?:in|out|err)$/i.test(value)
        ? undefined
        : t('{0} is not valid; use {1}', value, 'stdin, stdout, stderr'),
    ),
    place: attach,
    compose: needless,
  }),
  rm: flag({ place: host('AutoRemove', yes), field: 'check' }),
  // An engine may be set up to run an init unless it is told not to.
  init: flag({
    unset: undefined,
    place: host('Init', {
      encode: (values) => values.at(-1) === 'true',
      decode: (value) => [String(value)],
    }),
    compose: on('init'),
  }),
  pull: text({ syntax: oneOf('always', 'missing', 'never', ''), compose: key('pull_policy') }),
  platform: text({
    syntax: checked((value) =>
      value === '' || /^[a-z0-9_]+(?:\/[a-z0-9_.]+){0,2}$/i.test(value)
        ? undefined
        : t('{0} is not a valid platform; use a form such as linux/arm64', value),
    ),
    // Of the platform, inspect returns no more than the operating system.
    place: { write: (values) => ({ query: queryOf('platform', values) }) },
    compose: key('platform'),
    field: 'text',
  }),
  name: text({
    syntax: checked((value) =>
      value === '' || /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value)
        ? undefined
        : t('{0} is not a valid name; use at least two letters, digits, _, . or -', value),
    ),
    place: {
      write: (values) => ({ query: queryOf('name', values) }),
      read: ({ container: { name } }) => (name === '' ? [] : [name]),
    },
    compose: key('container_name'),
    field: 'text',
  }),
  restart: text({
    syntax: checked((value) =>
      restarts.test(value)
        ? undefined
        : t('{0} is not a restart policy; use no, always, unless-stopped or on-failure:5', value),
    ),
    place: restart,
    compose: (values) => {
      const policy = (values.at(-1) ?? '').replace(/:0*$/, '');
      return policy === '' || policy === 'no' ? {} : { service: { restart: policy } };
    },
    field: 'text',
  }),
} as const;

function queryOf(name: 'name' | 'platform', values: readonly string[]): Record<string, string> {
  const value = values.at(-1) ?? '';
  return value === '' ? {} : { [name]: value };
}

/** Printed after what the container reaches and holds. */
export const programOptions = {
  user: text({
    short: 'u',
    brief: true,
    syntax: checked((value) =>
      /\s/.test(value)
        ? t('{0} is not a valid user; use a name or a number, or uid:gid', value)
        : undefined,
    ),
    place: config('User', plain, (value, { image }) => value === (image.User ?? '')),
    compose: key('user'),
    field: 'text',
  }),
  workdir: text({
    short: 'w',
    brief: true,
    syntax: absoluteInContainer,
    place: config('WorkingDir', plain, (value, { image }) => value === (image.WorkingDir ?? '')),
    compose: key('working_dir'),
    field: 'text',
  }),
  entrypoint: text({
    place: entrypoint,
    compose: one('entrypoint', (value) => [value]),
    field: 'text',
  }),
} as const;

export const stopOptions = {
  'stop-signal': text({
    place: config('StopSignal', plain, (value, { image }) => value === (image.StopSignal ?? '')),
    compose: key('stop_signal'),
  }),
  'stop-timeout': text({
    syntax: integer(),
    place: config('StopTimeout', number),
    compose: (values) =>
      Number(values.at(-1)) < 0
        ? { left: ['--stop-timeout'] }
        : { service: { stop_grace_period: `${integerOf(values.at(-1) ?? '') ?? 0}s` } },
  }),
} as const;

/** Options that concern the docker CLI and the terminal that it runs in. */
export const cliOptions = {
  cidfile: text({
    syntax: (value, around) => ({ value: fullPath(value, around) }),
    cliOnly: true,
    compose: needless,
  }),
  'detach-keys': text({ cliOnly: true, compose: needless }),
  'disable-content-trust': flag({ unset: true, cliOnly: true, compose: needless }),
  help: flag({ cliOnly: true, compose: needless }),
  quiet: flag({ short: 'q', cliOnly: true, compose: needless }),
  'sig-proxy': flag({ unset: true, cliOnly: true, compose: needless }),
} as const;
