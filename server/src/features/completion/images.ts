/** Names and tags of images, by the list of official ones and by what the engine has. */
import { t } from '@vscode/l10n';
import { image as imageOf } from '../../model/image.ts';
import { officialName } from '../../model/releases.ts';
import { day } from '../../text/day.ts';
import type { Span } from '../../text/span.ts';
import { officialImages, type Tag } from '../official-images.ts';
import type { Outside } from '../outside.ts';
import { plain, type Completion } from './item.ts';

/** Those that most files begin with. */
const usual: readonly string[] =
  'alpine debian ubuntu python node golang rust eclipse-temurin nginx php ruby busybox postgres redis httpd maven gradle caddy mysql mariadb mongo bash gcc fedora rockylinux almalinux amazonlinux'.split(
    ' ',
  );

/** Of other registries. */
const elsewhere: readonly string[] = [
  'gcr.io/distroless/static-debian12',
  'gcr.io/distroless/base-debian12',
  'gcr.io/distroless/cc-debian12',
  'gcr.io/distroless/python3-debian12',
  'gcr.io/distroless/nodejs22-debian12',
  'gcr.io/distroless/java21-debian12',
  'ghcr.io/astral-sh/uv',
  'mcr.microsoft.com/dotnet/aspnet',
  'mcr.microsoft.com/dotnet/runtime',
  'mcr.microsoft.com/dotnet/sdk',
  'mcr.microsoft.com/devcontainers/base',
  'mcr.microsoft.com/playwright',
  'nvidia/cuda',
  'oven/bun',
  'denoland/deno',
  'pytorch/pytorch',
  'quay.io/fedora/fedora',
  'redhat/ubi9',
  'redhat/ubi9-minimal',
];

/** What could be the image in a span, whose text up to the cursor is `typed`. */
export async function images(
  typed: string,
  span: Span,
  { images: local }: Outside,
): Promise<readonly Completion[]> {
  if (/[@$"']/.test(typed)) return [];
  const colon = typed.indexOf(':', typed.lastIndexOf('/') + 1);
  const [known, here] = await Promise.all([officialImages(), local.search(typed)]);
  if (colon < 0) return [...localNames(here, span), ...names(known.names, typed, span)];
  const name = typed.slice(0, colon);
  const place = { start: span.start + colon + 1, end: span.end };
  const repository = imageOf(name);
  const official = repository && officialName(repository);
  const tags = official === undefined ? [] : known.tags(official);
  const atHand = here.map((reference) => reference.slice(colon + 1));
  const listed = new Set(tags.map((tag) => tag.name));
  return [
    ...atHand
      .filter((tag) => !listed.has(tag))
      .map((tag) => plain(tag, place, { kind: 'tag', detail: t('local image') })),
    ...tags.map((tag) => asCompletion(tag, place, atHand.includes(tag.name))),
  ];
}

function localNames(references: readonly string[], span: Span): readonly Completion[] {
  return references.map((label) => plain(label, span, { kind: 'image', detail: t('local image') }));
}

function names(official: readonly string[], typed: string, span: Span): readonly Completion[] {
  const prefix = /^(?:docker\.io\/)?(?:library\/)?/.exec(typed)?.[0] ?? '';
  const known = new Set(official);
  const ordered = [...new Set([...usual.filter((name) => known.has(name)), ...official])];
  const named = (label: string, detail: string): Completion =>
    plain(label, span, { kind: 'image', insert: `${label}:`, detail, again: true });
  return [
    ...ordered.map((name) => named(`${prefix}${name}`, t('official image'))),
    ...elsewhere.map((name) => plain(name, span, { kind: 'image' })),
  ];
}

function asCompletion(tag: Tag, span: Span, here: boolean): Completion {
  const said = detail(tag);
  const parts = [...(here ? [t('local image')] : []), ...(said === undefined ? [] : [said])];
  return plain(tag.name, span, {
    kind: 'tag',
    ...(parts.length > 0 && { detail: parts.join(', ') }),
    ...(tag.state === 'ended' && { ended: true }),
  });
}

function detail({ state, end }: Tag): string | undefined {
  switch (state) {
    case 'ended':
      return end === undefined ? undefined : t('past its end of life since {0}', day(end));
    case 'moving':
      return t('moves on to newer releases');
    case 'early':
      return t('not released yet');
    default:
      return end === undefined ? undefined : t('supported until {0}', day(end));
  }
}
