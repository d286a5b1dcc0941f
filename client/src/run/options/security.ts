/** Options for privileges. */
import { t } from '@vscode/l10n';
import type { HostConfig } from '../../engine/container-config.ts';
import { fullPath } from '../../command-line/paths.ts';
import { seccompFile } from '../env.ts';
import { each, map, on, relative } from './compose-keys.ts';
import { flag, list, type Place } from './option.ts';
import { host, pairs, texts, yes } from './places.ts';
import { createSyntax, type Syntax } from '../../command-line/syntax.ts';

/** Whether the engine added `label=disable`, which it does for these containers without a label. */
function isLabelAdded({ Privileged, IpcMode, PidMode, SecurityOpt = [] }: HostConfig): boolean {
  const labels = SecurityOpt.filter((option) => option.startsWith('label'));
  return labels.length === 1 && (Privileged === true || IpcMode === 'host' || PidMode === 'host');
}

const unmasked = 'systempaths=unconfined';

/** Profiles are sent as text, and unmasked paths as empty lists. */
const security: Place = {
  write: (values, { outside }) => {
    const options = values
      .filter((option) => option !== unmasked)
      .map((option) => {
        const profile = outside.files.get(seccompFile(option) ?? '');
        return profile === undefined ? option : `seccomp=${compact(profile)}`;
      });
    return {
      host: {
        ...(options.length > 0 && { SecurityOpt: options }),
        ...(values.includes(unmasked) && { MaskedPaths: [], ReadonlyPaths: [] }),
      },
    };
  },
  read: ({ container: { host: seen } }) => [
    ...(seen.SecurityOpt ?? []).filter((one) => one !== 'label=disable' || !isLabelAdded(seen)),
    ...(seen.Privileged !== true && seen.MaskedPaths?.length === 0 ? [unmasked] : []),
  ],
};

/** The profile on one line, as docker sends it; unchanged if it is not JSON, which the engine reports. */
function compact(profile: string): string {
  try {
    return JSON.stringify(JSON.parse(profile));
  } catch {
    return profile;
  }
}

const securitySyntax: Syntax = (value, context) => {
  const file = seccompFile(value);
  const [name, rest = ''] = value.split(value.includes('=') ? /=(.*)/s : /:(.*)/s);
  if (rest === '' && name !== 'no-new-privileges') {
    return { value, trouble: t('{0} is not of the form name=value', value) };
  }
  return { value: file === undefined ? value : `seccomp=${fullPath(file, context)}` };
};

/** `net_admin` is short for `CAP_NET_ADMIN`. */
function capability(name: string): string {
  const full = name.toUpperCase();
  return full === 'ALL' || full.startsWith('CAP_') ? full : `CAP_${full}`;
}

const sysctlNames =
  /^(?:kernel\.(?:msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|net\..*|fs\.mqueue\..*)=/s;

export const securityOptions = {
  privileged: flag({ place: host('Privileged', yes), compose: on('privileged') }),
  'read-only': flag({ place: host('ReadonlyRootfs', yes), compose: on('read_only') }),
  'cap-add': list({
    place: host('CapAdd', { encode: (values) => values.map(capability), decode: texts.decode }),
    compose: each('cap_add'),
  }),
  'cap-drop': list({
    place: host('CapDrop', { encode: (values) => values.map(capability), decode: texts.decode }),
    compose: each('cap_drop'),
  }),
  'group-add': list({ place: host('GroupAdd', texts), compose: each('group_add') }),
  'security-opt': list({
    syntax: securitySyntax,
    place: security,
    compose: (values, { folder }) => ({
      service: {
        security_opt: [...new Set(values)].map((value) => {
          const file = seccompFile(value);
          return file === undefined ? value : `seccomp=${relative(file, folder)}`;
        }),
      },
    }),
  }),
  sysctl: list({
    syntax: createSyntax((value) =>
      sysctlNames.test(value) ? undefined : t('{0} is not a sysctl that docker allows', value),
    ),
    place: host('Sysctls', pairs),
    compose: map('sysctls'),
  }),
} as const;
