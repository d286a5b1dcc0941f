/** The pages on which registries show their images. */
import type { Image } from '../model/model.ts';

const hub = 'https://hub.docker.com';

/** Undefined for a registry of which it is not known, and for a name that its registry can not have. */
export function imagePage({ registry, repository }: Image): string | undefined {
  const parts = repository.split('/');
  const [first = '', second = '', third] = parts;
  switch (registry) {
    case undefined:
    case 'docker.io':
    case 'index.docker.io':
      if (second === '') return `${hub}/_/${first}`;
      if (third !== undefined) return undefined;
      return first === 'library' ? `${hub}/_/${second}` : `${hub}/r/${repository}`;
    case 'ghcr.io':
      // Leads on to the package at GitHub, whoever owns it.
      return second === '' ? undefined : `https://ghcr.io/${repository}`;
    case 'quay.io':
      return parts.length === 2 ? `https://quay.io/repository/${repository}` : undefined;
    case 'mcr.microsoft.com':
      return `https://mcr.microsoft.com/artifact/mar/${repository}`;
    case 'public.ecr.aws':
      return second === '' ? undefined : `https://gallery.ecr.aws/${repository}`;
    case 'nvcr.io': {
      const catalog = `https://catalog.ngc.nvidia.com/orgs/${first}`;
      if (parts.length === 2) return `${catalog}/containers/${second}`;
      return parts.length === 3 ? `${catalog}/teams/${second}/containers/${third}` : undefined;
    }
    default:
      return undefined;
  }
}
