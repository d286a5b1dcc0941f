/** The web pages of images in their registries. */
import type { Image } from '../images/image.ts';
import { officialNames } from '../images/official-names.ts';

const hub = 'https://hub.docker.com';

/** Official images that are no longer in the library, whose pages say what replaces them. */
const retired =
  'adoptopenjdk centos consul django euleros express-gateway fsharp glassfish iojs java jenkins jobber known mono nats-streaming nuxeo opensuse owncloud piwik rails rapidoid scratch sl swarm thrift vault';

const official: ReadonlySet<string> = new Set([...officialNames.split(' '), ...retired.split(' ')]);

/** A name without a user is an official image, or one that only this project knows. */
function officialPage(name: string): string | undefined {
  return official.has(name) ? `${hub}/_/${name}` : undefined;
}

/** Undefined for unknown registries, and for names that are not valid in the registry. */
export function imagePage({ registry, repository }: Image): string | undefined {
  const parts = repository.split('/');
  const [first = '', second = '', third] = parts;
  switch (registry) {
    case undefined:
    case 'docker.io':
    case 'index.docker.io':
      if (second === '') return officialPage(first);
      if (third !== undefined) return undefined;
      return first === 'library' ? officialPage(second) : `${hub}/r/${repository}`;
    case 'ghcr.io':
      // Redirects to the package on GitHub.
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
    case 'gcr.io':
      // Redirects to the console, which also shows public images; distroless has its page elsewhere.
      return first === 'distroless'
        ? 'https://github.com/GoogleContainerTools/distroless'
        : `https://gcr.io/${repository}`;
    case 'registry.gitlab.com':
      // Only with two parts is it known that they are the project.
      return parts.length === 2
        ? `https://gitlab.com/${repository}/container_registry`
        : `https://gitlab.com/${first}/${second}`;
    case 'cgr.dev':
      return first === 'chainguard' && second !== ''
        ? `https://images.chainguard.dev/directory/image/${second}/overview`
        : undefined;
    case 'registry.access.redhat.com':
    case 'registry.redhat.io':
      return `https://catalog.redhat.com/search?searchType=containers&q=${repository}`;
    case 'docker.elastic.co':
      return `https://www.docker.elastic.co/r/${repository}`;
    case 'lscr.io':
      return first === 'linuxserver' && second !== ''
        ? `https://docs.linuxserver.io/images/docker-${second}/`
        : undefined;
    case 'dhi.io':
      return second === '' ? `${hub}/hardened-images/catalog/dhi/${first}` : undefined;
    case 'container-registry.oracle.com':
      return `https://container-registry.oracle.com/ords/ocr/ba/${repository}`;
    default:
      return ofCloud(registry, repository);
  }
}

/** Registries with a separate host for each customer or region. */
function ofCloud(registry: string, repository: string): string | undefined {
  if (registry.endsWith('-docker.pkg.dev')) return `https://${registry}/${repository}`;
  const [, account = '', region] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com$/.exec(registry) ?? [];
  return region === undefined
    ? undefined
    : `https://${region}.console.aws.amazon.com/ecr/repositories/private/${account}/${repository}`;
}
