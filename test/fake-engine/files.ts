/** The files of a fake container: a tree in memory that takes and gives tars. */
import { EngineError } from '../../client/src/engine/errors.ts';
import type { PathStat } from '../../client/src/engine/engine.ts';
import { fileEntry, packTar, unpackTar, type TarEntry } from '../../client/src/engine/tar.ts';

export type FakeNode =
  | { readonly kind: 'file'; readonly mode: number; readonly content: Uint8Array }
  | { readonly kind: 'directory'; readonly mode: number; readonly children: Map<string, FakeNode> }
  | { readonly kind: 'link'; readonly mode: number; readonly linkTarget: string };

export class FakeFiles {
  /** Paths that came in by an archive. */
  readonly unpacked: string[] = [];
  readonly #root: FakeNode & { readonly kind: 'directory' } = directory();

  /** A string is a file's text; a folder ends with a slash; a link is `{ linkTarget }`. */
  constructor(files: FakeTree = {}) {
    for (const [path, content] of Object.entries(files)) this.#plant(path, content);
  }

  /** The text of a file, where there is one. */
  text(path: string): string | undefined {
    const node = this.#find(path, true)?.node;
    return node?.kind === 'file' ? new TextDecoder().decode(node.content) : undefined;
  }

  write(path: string, content: string): void {
    this.#plant(path, content);
  }

  /** Names in a folder, where there is one. */
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

  /** As the engine names entries: the path's own name first, `./` where the path ends in `/.`. */
  async *read(path: string): AsyncGenerator<Uint8Array, void, undefined> {
    const { name, node } = this.#existing(path, /\/\.?$/.test(path));
    yield* packTar(entries(path.endsWith('/.') ? '.' : name, node));
  }

  async unpack(folder: string, tar: AsyncIterable<Uint8Array>): Promise<void> {
    const target = this.#existing(folder, true).node;
    if (target.kind !== 'directory') {
      throw new EngineError('failed', 'extraction point is not a directory');
    }
    for await (const entry of unpackTar(tar)) {
      this.unpacked.push(`${folder.replace(/\/$/, '')}/${entry.name}`);
      await place(target, entry);
    }
  }

  #plant(path: string, content: FakeTree[string]): void {
    const words = parts(path);
    const last = words.pop();
    let folder = this.#root;
    for (const word of words) folder = childFolder(folder, word);
    if (last === undefined) return;
    if (path.endsWith('/')) childFolder(folder, last);
    else folder.children.set(last, planted(content));
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
    const words = parts(path);
    let node: FakeNode = this.#root;
    for (const [index, word] of words.entries()) {
      const child: FakeNode | undefined =
        node.kind === 'directory' ? node.children.get(word) : undefined;
      if (child === undefined || depth > 40) return undefined;
      const last = index === words.length - 1;
      if (child.kind === 'link' && (!last || follow)) {
        const base = child.linkTarget.startsWith('/') ? [] : words.slice(0, index);
        const rest = [...base, child.linkTarget, ...words.slice(index + 1)];
        return this.#find(rest.join('/'), follow, depth + 1);
      }
      node = child;
    }
    return { name: words.at(-1) ?? '/', node };
  }
}

export type FakeTree = Readonly<
  Record<string, string | Uint8Array | { readonly linkTarget: string }>
>;

function directory(): FakeNode & { readonly kind: 'directory' } {
  return { kind: 'directory', mode: 0o755, children: new Map() };
}

function planted(content: FakeTree[string]): FakeNode {
  if (typeof content === 'string') return file(new TextEncoder().encode(content));
  if (content instanceof Uint8Array) return file(content);
  return { kind: 'link', mode: 0o777, linkTarget: content.linkTarget };
}

function file(content: Uint8Array, mode = 0o644): FakeNode {
  return { kind: 'file', mode, content };
}

function childFolder(
  folder: FakeNode & { readonly kind: 'directory' },
  name: string,
): FakeNode & { readonly kind: 'directory' } {
  const there = folder.children.get(name);
  if (there?.kind === 'directory') return there;
  const made = directory();
  folder.children.set(name, made);
  return made;
}

/** Words of an absolute path, `..` already walked. */
function parts(path: string): string[] {
  const words: string[] = [];
  for (const word of path.split('/')) {
    if (word === '..') words.pop();
    else if (word !== '' && word !== '.') words.push(word);
  }
  return words;
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
  const words = parts(entry.name);
  const last = words.pop();
  let folder = target;
  for (const word of words) folder = childFolder(folder, word);
  if (last === undefined) return;
  const there = folder.children.get(last);
  if (entry.kind === 'directory') {
    if (there && there.kind !== 'directory') throw noOverwrite(entry);
    childFolder(folder, last);
  } else if (there?.kind === 'directory') throw noOverwrite(entry);
  else if (entry.kind === 'link') {
    folder.children.set(last, planted({ linkTarget: entry.linkTarget ?? '' }));
  } else if (entry.kind === 'file') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry.content?.() ?? []) chunks.push(chunk);
    folder.children.set(last, file(Buffer.concat(chunks), entry.mode));
  }
}

function noOverwrite(entry: TarEntry): EngineError {
  return new EngineError(
    'failed',
    `cannot overwrite directory "${entry.name}" with non-directory or the other way round`,
  );
}
