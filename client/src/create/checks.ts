/** Names and subnets of new networks and volumes: why they are invalid. */
import { t } from '@vscode/l10n';

/** Why a network cannot have this name; undefined if it can. */
export function networkNameError(name: string, taken: ReadonlySet<string>): string | undefined {
  if (taken.has(name)) return t('A network named {0} already exists.', name);
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name)
    ? undefined
    : t('A name must consist of letters, digits, _ . and -, and start with a letter or digit.');
}

/** Why a text is not a subnet; undefined if it is one, or empty. */
export function subnetError(text: string): string | undefined {
  const subnet = text.trim();
  if (subnet === '') return undefined;
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(subnet);
  const bytes = v4?.slice(1, 5).map(Number) ?? [];
  if (v4 && bytes.every((byte) => byte < 256) && Number(v4[5]) <= 32) return undefined;
  return /^[0-9a-f:]+\/\d{1,3}$/i.test(subnet) && subnet.includes(':')
    ? undefined
    : t('Enter a subnet in CIDR notation, such as 172.28.0.0/16.');
}

/** The pattern that the engine requires. The engine itself accepts an existing name without an error. */
export function volumeNameError(name: string, taken: ReadonlySet<string>): string | undefined {
  if (taken.has(name)) return t('A volume named {0} already exists.', name);
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)
    ? undefined
    : t(
        'A name must have at least two characters: letters, digits, _ . and -, starting with a letter or digit.',
      );
}
