/** Which instance of BuildKit of a builder does the work. */
import { t } from '@vscode/l10n';
import type { BuildxBuilder, BuildxNode } from '../docker-cli/buildx-store.ts';
import { failed } from './errors.ts';

/**
 * The node that lists all platforms; otherwise the first one, which may build them under emulation. Throws EngineError if only
 * several nodes together build them.
 */
export function nodeFor({ name, nodes }: BuildxBuilder, platforms: readonly string[]): BuildxNode {
  const [first] = nodes;
  if (first === undefined) throw failed(t('Builder {0} has no nodes', name));
  const wanted = platforms.map(withoutDefault);
  const lists = (node: BuildxNode, platform: string): boolean =>
    node.platforms.map(withoutDefault).includes(platform);
  const all = nodes.find((node) => wanted.every((platform) => lists(node, platform)));
  if (all !== undefined && wanted.length > 0) return all;
  const isDivided =
    wanted.length > 1 && wanted.every((platform) => nodes.some((node) => lists(node, platform)));
  if (isDivided)
    throw failed(
      t(
        'Builder {0} does not have a node for all of {1}; build one platform at a time',
        name,
        platforms.join(', '),
      ),
    );
  return first;
}

/** The variant of a platform that is the same without it: `linux/arm64/v8`. */
function withoutDefault(platform: string): string {
  return platform.toLowerCase().replace(/^(\w+\/(?:arm64))\/v8$|^(\w+\/amd64)\/v1$/, '$1$2');
}
