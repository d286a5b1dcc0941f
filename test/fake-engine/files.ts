/** The files of a fake container: a tree in memory that is read and written as tar archives. */
import { EngineError } from '../../client/src/engine/errors.ts';
import type { PathStat } from '../../client/src/engine/engine.ts';
import { fileEntry, packTar, unpackTar, type TarEntry } from '../../client/src/engine/tar.ts';

export type FakeNode =
  | { readonly kind: 'file'; readonly mode: number; readonly content: Uint8Array }
  | { readonly kind: 'directory'; readonly mode: number; readonly children: Map<string, FakeNode> }
  | { readonly kind: 'link'; readonly mode: number; readonly linkTarget: string };

export class FakeFiles {
  /** Paths that were extracted from an archive. */
  readonly unpacked: string[] = [];
  readonly #root: FakeNode & { readonly kind: 'directory' } = directory();

  /** A string is the text of a file; a directory path ends with a slash; a link is `{ linkTarget }`. */
  constructor(files: FakeTree = {}) {
    for (const [path, content] of Object.entries(files)) this.#add(path, content);
  }

  /** The text of a file; undefined if it does not exist. */
  text(path: string): string | undefined {
    const node = this.#find(path, true)?.node;
    return node?.kind === 'file' ? new TextDecoder().decode(node.content) : undefined;
  }

  write(path: string, content: string): void {
    this.#add(path, content);
  }

  /** The names in a directory; undefined if it does not exist. */
  names(path: string): readonly string[] | undefined {
    const node = this.#find(path, true)?.node;
    return node?.kind === 'directory' ? [...node.children.keys()].sort() : undefined;
  }

  stat(path: string): PathStat {
    const { name, node } = this.#existing(path, /\/\.?$/.test(path));
    return {
      name,
      size: node.kind === 'file' ? node.content.length : 0,
      kind: node.kind,
      mode: node.mode,
      ...(node.kind === 'link' && { linkTarget: node.linkTarget }),
    };
  }

  /** Reads a tar archive with the entry names of the engine: the name of the path first, or `./` if the path ends in `/.`. */
  async *read(path: string): AsyncGenerator<Uint8Array, void, undefined> {
    const { name, node } = this.#existing(path, /\/\.?$/.test(path));
    yield* packTar(entries(path.endsWith('/.') ? '.' : name, node));
  }

  async unpack(directory: string, tar: AsyncIterable<Uint8Array>): Promise<void> {
    const target = this.#existing(directory, true).node;
    if (target.kind !== 'directory') {
      throw new EngineError('failed', 'extraction point is not a directory');
    }
    for await (const entry of unpackTar(tar)) {
      this.unpacked.push(`${directory.replace(/\/$/, '')}/${entry.name}`);
      await place(target, entry);
    }
  }

  #add(path: string, content: FakeTree[string]): void {
    const parts = splitPath(path);
    const last = parts.pop();
    let parent = this.#root;
    for (const part of parts) parent = childDirectory(parent, part);
    if (last === undefined) return;
    if (path.endsWith('/')) childDirectory(parent, last);
    else parent.children.set(last, toNode(content));
  }

  #existing(path: string, follow: boolean): { readonly name: string; readonly node: FakeNode } {
    const found = this.#find(path, follow);
    if (found) return found;
    throw new EngineError('missing', `Could not find the file ${path} in container`);
  }

  #find(
    path: string,
    follow: boolean,
    depth = 0,
  ): { readonly name: string; readonly node: FakeNode } | undefined {
    const parts = splitPath(path);
    let node: FakeNode = this.#root;
    for (const [index, part] of parts.entries()) {
      const child: FakeNode | undefined =
        node.kind === 'directory' ? node.children.get(part) : undefined;
      if (child === undefined || depth > 40) return undefined;
      const last = index === parts.length - 1;
      if (child.kind === 'link' && (!last || follow)) {
        const base = child.linkTarget.startsWith('/') ? [] : parts.slice(0, index);
        const rest = [...base, child.linkTarget, ...parts.slice(index + 1)];
        return this.#find(rest.join('/'), follow, depth + 1);
      }
      node = child;
    }
    return { name: parts.at(-1) ?? '/', node };
  }
}

export type FakeTree = Readonly<
  Record<string, string | Uint8Array | { readonly linkTarget: string }>
>;

function directory(): FakeNode & { readonly kind: 'directory' } {
  return { kind: 'directory', mode: 0o755, children: new Map() };
}

function toNode(content: FakeTree[string]): FakeNode {
  if (typeof content === 'string') return file(new TextEncoder().encode(content));
  if (content instanceof Uint8Array) return file(content);
  return { kind: 'link', mode: 0o777, linkTarget: content.linkTarget };
}

function file(content: Uint8Array, mode = 0o644): FakeNode {
  return { kind: 'file', mode, content };
}

function childDirectory(
  parent: FakeNode & { readonly kind: 'directory' },
  name: string,
): FakeNode & { readonly kind: 'directory' } {
  const existing = parent.children.get(name);
  if (existing?.kind === 'directory') return existing;
  const created = directory();
  parent.children.set(name, created);
  return created;
}

/** The parts of an absolute path, with `..` resolved. */
function splitPath(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

function* entries(name: string, node: FakeNode): Generator<TarEntry> {
  if (node.kind === 'file') yield fileEntry(name, node.content, node.mode);
  else if (node.kind === 'link') yield { ...node, name, size: 0 };
  else {
    yield { name, kind: 'directory', mode: node.mode, size: 0 };
    for (const [child, inner] of node.children) yield* entries(`${name}/${child}`, inner);
  }
}

async function place(
  target: FakeNode & { readonly kind: 'directory' },
  entry: TarEntry,
): Promise<void> {
  const parts = splitPath(entry.name);
  const last = parts.pop();
  let parent = target;
  for (const part of parts) parent = childDirectory(parent, part);
  if (last === undefined) return;
  const existing = parent.children.get(last);
  if (entry.kind === 'directory') {
    if (existing && existing.kind !== 'directory') throw overwriteError(entry);
    childDirectory(parent, last);
  } else if (existing?.kind === 'directory') throw overwriteError(entry);
  else if (entry.kind === 'link') {
    parent.children.set(last, toNode({ linkTarget: entry.linkTarget ?? '' }));
  } else if (entry.kind === 'file') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry.content?.() ?? []) chunks.push(Uint8Array.from(chunk));
    parent.children.set(last, file(Buffer.concat(chunks), entry.mode));
  }
}

function overwriteError(entry: TarEntry): EngineError {
  return new EngineError(
    'failed',
    `cannot overwrite directory "${entry.name}" with non-directory or the other way round`,
  );
}
