/** Sources of ADD that are not files (BuildKit dockerfile2llb/convert_copy.go, dfgitutil, util/gitutil). */

/** The kind of address that a source is; undefined if BuildKit uses it as a path. */
export function remoteKind(source: string): 'http' | 'git' | undefined {
  if (!source.includes(':')) return undefined;
  // `user@host:path`, the short form of an SSH address.
  if (/^[A-Za-z0-9_-]+@[A-Za-z0-9.-]+:/.test(source)) return 'git';
  const [, scheme = '', rest = ''] = /^([A-Za-z0-9]+):\/\/(.*)$/s.exec(source) ?? [];
  if (/^(?:git|ssh)$/i.test(scheme)) return 'git';
  if (!/^https?$/i.test(scheme)) return undefined;
  const [path = ''] = rest.split(/[?#]/);
  if (path.includes('/') && path.endsWith('.git')) return 'git';
  return /^https?$/.test(scheme) ? 'http' : undefined;
}
