/** The parts of `RUN --mount=…`: its type, the options of the type, and their values. */
import { buildSecrets } from '../../reference/build-secrets.ts';
import { mountTypes, type MountOption } from '../../reference/instructions.ts';
import { t } from '../../text/translation.ts';
import { mountOptionMarkdown } from '../documentation.ts';
import { lastMountPart, mountOption, mountOptions, mountTypeOf, type MountPart } from '../facts.ts';
import type { Outside } from '../outside.ts';
import { cacheMountsFor, cacheTargets } from './cache-mounts.ts';
import { plain, type Completion, type Extras } from './item.ts';
import { mountSource } from './paths.ts';
import type { Place } from './place.ts';
import { sources } from './stages.ts';
import { directories } from './words.ts';

/** Most common first. */
const orderedTypes = ['cache', 'bind', 'secret', 'ssh', 'tmpfs'].flatMap((name) =>
  mountTypes.filter(({ type }) => type === name),
);

const comma: Extras = { commit: [','] };

/** Completions in a mount; `value` is the text between `=` and the cursor. */
export async function mountValues(
  place: Place,
  { value, start }: { readonly value: string; readonly start: number },
  outside: Outside,
): Promise<readonly Completion[]> {
  const last = lastMountPart(value, start);
  const others = mountOptions(value.slice(0, Math.max(0, last.start - start - 1)), start);
  const mount: Mount = { place, others, outside };
  return last.value === undefined
    ? [...cacheMountItems(mount, last, last.start === start), ...keys(mount, last)]
    : valuesOf(mount, last);
}

interface Mount {
  readonly place: Place;
  /** The parts before the one at the cursor. */
  readonly others: readonly MountPart[];
  readonly outside: Outside;
}

/** Complete cache mounts for the commands of the RUN. */
function cacheMountItems(
  { place, others }: Mount,
  { start, end }: MountPart,
  isFirst: boolean,
): readonly Completion[] {
  const used = isFirst ? [] : usedNames(others, partsAfterCursor(place));
  if (!isFirst && (mountTypeOf(others)?.type !== 'cache' || used.includes('target'))) return [];
  return cacheMountsFor(place).map(({ target, locked, program, documentation }) =>
    plain(
      [
        ...(isFirst ? ['type=cache'] : []),
        `target=${target}`,
        ...(locked && !used.includes('sharing') ? ['sharing=locked'] : []),
      ].join(','),
      { start, end },
      {
        kind: 'snippet',
        detail: program,
        markdown: () => documentation,
      },
    ),
  );
}

/** The names of the options that are set, without aliases. */
function usedNames(
  others: readonly MountPart[],
  after: readonly MountPart[],
): readonly (string | undefined)[] {
  const type = mountTypeOf(others);
  return [...others, ...after].map(({ key }) => mountOption(type, key)?.name);
}

/** The mount types first, then the options of the type that are not set yet. */
function keys({ others, place }: Mount, { start, end }: MountPart): readonly Completion[] {
  const span = { start, end };
  const type = mountTypeOf(others);
  const used = new Set(
    [...others, ...partsAfterCursor(place)].map(({ key }) => mountOption(type, key)?.name ?? key),
  );
  const types = used.has('type')
    ? []
    : orderedTypes.map(({ type: name, documentation }) =>
        plain(`type=${name}`, span, { ...comma, markdown: () => t(documentation) }),
      );
  const options = (type?.options ?? [])
    .filter(({ name }) => name !== 'type' && !used.has(name))
    .map((option) =>
      plain(option.name, span, {
        kind: 'flag',
        insert: option.bare === true ? option.name : `${option.name}=`,
        markdown: () => mountOptionMarkdown(option),
        ...(option.bare !== true && { triggersCompletion: true }),
      }),
    );
  return [...types, ...options];
}

/** The parts after the cursor. */
function partsAfterCursor({ document, offset }: Place): readonly MountPart[] {
  const rest = /^,?[^\s]*/.exec(document.text.slice(offset, offset + 500))?.[0] ?? '';
  const comma = rest.indexOf(',');
  return comma < 0 ? [] : mountOptions(rest.slice(comma + 1), offset + comma + 1);
}

async function valuesOf(
  mount: Mount,
  { key, valueStart: start, end }: MountPart,
): Promise<readonly Completion[]> {
  const { place, others, outside } = mount;
  const span = { start, end };
  if (key === 'type') {
    return orderedTypes.map(({ type, documentation }) =>
      plain(type, span, { ...comma, markdown: () => t(documentation) }),
    );
  }
  const type = mountTypeOf(others);
  const option = mountOption(type, key);
  if (option === undefined) return [];
  if (option.value === 'image-or-stage') return sources(place, span, outside);
  if (option.name === 'source' && type?.type === 'bind')
    return mountSource(place, others, span, outside);
  if (option.name === 'target') return targets(mount, type?.type ?? 'bind', span);
  if (option.name === 'id') return ids(mount, type?.type ?? 'bind', span);
  return commonValues(option).map((label) => plain(label, span, comma));
}

function commonValues({ bare, values, value, name }: MountOption): readonly string[] {
  if (bare === true) return ['true', 'false'];
  if (values !== undefined) return values;
  if (value === 'mode') return ['0755', '0700', '0644', '0400'];
  if (value === 'size') return ['64m', '256m', '1g'];
  if (name === 'uid' || name === 'gid') return ['1000', '0'];
  return name === 'env' ? ['GITHUB_TOKEN', 'NPM_TOKEN', 'AWS_ACCESS_KEY_ID'] : [];
}

/** Common targets of caches, secrets and bind mounts. */
function targets(
  { place, others }: Mount,
  type: string,
  span: Completion['span'],
): readonly Completion[] {
  if (type === 'cache') {
    const fitting = cacheMountsFor(place);
    const rest = place.offset > span.start ? cacheTargets(place, fitting) : [];
    return [
      ...fitting.map(({ target, locked, program, documentation }) =>
        plain(target, span, {
          kind: 'folder',
          insert:
            locked && !others.some(({ key }) => key === 'sharing')
              ? `${target},sharing=locked`
              : target,
          detail: program,
          markdown: () => documentation,
          ...comma,
        }),
      ),
      ...rest.map((path) => plain(path, span, { kind: 'folder', ...comma })),
      ...directories(place, span),
    ];
  }
  if (type === 'secret') {
    const id = others.find(({ key }) => key === 'id')?.value;
    const files = ['/root/.npmrc', '/root/.netrc', '/root/.aws/credentials', '/etc/pip.conf'];
    return [...(id ? [`/run/secrets/${id}`] : []), ...files].map((path) =>
      plain(path, span, { kind: 'path', ...comma }),
    );
  }
  const source = others.find(({ key }) => key === 'source' || key === 'src')?.value;
  const sameAsSource =
    type === 'bind' && source ? [plain(source, span, { kind: 'path', ...comma })] : [];
  return [...sameAsSource, ...directories(place, span)];
}

/** IDs of other mounts of this type in the file, then common ones. */
function ids({ place }: Mount, type: string, span: Completion['span']): readonly Completion[] {
  const found = new Set<string>();
  for (const { flags } of place.document.model.each('RUN')) {
    for (const { value, span: at } of flags) {
      if (at.start === place.word.start) continue;
      const parts = mountOptions(value?.text ?? '', 0);
      const id = parts.find(({ key }) => key === 'id')?.value;
      if (id && mountTypeOf(parts)?.type === type) found.add(id);
    }
  }
  const known = type === 'secret' ? ['npmrc', 'netrc', 'pip_conf', 'aws', 'github_token'] : [];
  if (type === 'ssh') known.push('default');
  const builtIn = type === 'secret' ? buildSecrets : [];
  return [
    ...[...new Set([...found, ...known])].map((id) => plain(id, span, comma)),
    ...builtIn
      .filter(({ id }) => !found.has(id))
      .map(({ id, documentation }) =>
        plain(id, span, { ...comma, markdown: () => t(documentation) }),
      ),
  ];
}
