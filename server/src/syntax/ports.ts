/** Port specifications (BuildKit dockerfile2llb/convert_expose.go, parsePortSpec; Go's net.ParseIP). */
import { t } from '../text/translation.ts';

/** Checks `[[address:]host port:]port[/protocol]`; BuildKit validates address and host port and then ignores them. */
export function portTrouble(text: string): string | undefined {
  const parts = text.split(':');
  const [container = '', ...rest] = (parts.pop() ?? '').split('/');
  const protocol = rest.join('/');
  const host = parts.pop() ?? '';
  const address = parts.join(':');
  if (container === '') return t('`{0}` has no port', text);
  if (!/^(?:|tcp|udp|sctp)$/i.test(protocol)) {
    return t('`{0}` is not a valid protocol; use `tcp`, `udp` or `sctp`', protocol);
  }
  if (address !== '' && !isAddress(address)) return t('`{0}` is not a valid IP address', address);
  const problem = rangeProblem(container) ?? (host === '' ? undefined : rangeProblem(host));
  if (problem !== undefined || host === '' || width(container) === 0) return problem;
  if (width(container) === width(host)) return undefined;
  return t('The ranges `{0}` and `{1}` have different lengths', host, container);
}

function rangeProblem(text: string): string | undefined {
  const range = /^\+?(\d+)(?:-\+?(\d+))?$/.exec(text);
  if (!range) return t('`{0}` is not a valid port', text);
  const first = Number(range[1]);
  const last = Number(range[2] ?? range[1]);
  if (first > 65535 || last > 65535)
    return t('`{0}` is not a valid port; the highest is 65535', text);
  return last < first ? t('The port range `{0}` ends before it starts', text) : undefined;
}

function width(range: string): number {
  const [first = '', last = first] = range.split('-');
  return Number(last) - Number(first);
}

function isAddress(text: string): boolean {
  const address = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  const octets = address.slice(address.lastIndexOf(':') + 1);
  const isDotted = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(octets);
  if (isDotted && octets === address) return true;
  const groups = (isDotted ? address.slice(0, -octets.length) + '0:0' : address).split(/:(?!:)/);
  const isShortened = address.includes('::');
  return (
    groups.length > 1 &&
    (isShortened ? groups.length <= 8 : groups.length === 8) &&
    groups.every((group) => /^(?:[0-9a-f]{1,4})?:?$/i.test(group)) &&
    address.split('::').length <= 2
  );
}
