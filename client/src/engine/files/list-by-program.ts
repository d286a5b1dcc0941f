/** Lists a directory with the programs of a running container: `find` of GNU, or `stat`, or the shell alone. */
import { randomBytes } from 'node:crypto';
import { t } from '@vscode/l10n';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { FileEntry, ListLimits, Listing } from './entry.ts';
import { displayName, textOfBytes } from './names.ts';
import { argument, runScript } from './program.ts';

/**
 * `$1` is the directory, `$2` a word that no name contains, because it is new each time, and `$3` the only name to list, if it is
 * not empty. The first line of the output names the format.
 *
 * `P`: GNU find, one process for everything. `S`: `stat` of GNU or busybox, which both know `-c`; links are read in a second run
 * for what they lead to. `T`: the shell's own tests, without sizes and owners.
 */
const script = `${argument('d', 1)}W=$2
${argument('o', 3)}m=$(cd -- "$d" 2>&1) || { printf 'E\\n%s' "$m"; exit 0; }
exec 2>/dev/null
cd -- "$d" || exit 3
if [ -n "$o" ]; then [ -e "./$o" ] || [ -L "./$o" ] || { echo N; exit 0; }; fi
if find . -prune -printf ''; then
  p='%m %U %G %s %T@ %y%Y %f\\0%l\\0%u\\0%g\\0'
  echo P
  if [ -n "$o" ]; then exec find "./$o" -prune -printf "$p"; fi
  exec find . ! -name . -prune -printf "$p"
fi
F="%f %u %g %s %Y %n$W%N$W%U$W%G$W"
if stat -c %f . >/dev/null; then
  echo S
  if [ -n "$o" ]; then
    stat -c "$F" -- "./$o"; echo "L$W"; [ -L "./$o" ] && stat -L -c "%f %n$W" -- "./$o"
  elif find . -prune >/dev/null; then
    find . ! -name . -prune -exec stat -c "$F" -- {} +
    echo "L$W"
    find . ! -name . -prune -type l -exec stat -L -c "%f %n$W" -- {} +
  else
    for f in ./* ./.[!.]* ./..?*; do { [ -e "$f" ] || [ -L "$f" ]; } && stat -c "$F" -- "$f"; done
    echo "L$W"
    for f in ./* ./.[!.]* ./..?*; do [ -L "$f" ] && stat -L -c "%f %n$W" -- "$f"; done
  fi
  exit 0
fi
echo T
if [ -n "$o" ]; then set -- "./$o"; else set -- ./* ./.[!.]* ./..?*; fi
for f in "$@"; do
  if [ -L "$f" ]; then k=n; if [ -d "$f" ]; then k=D; elif [ -f "$f" ]; then k=F; elif [ -e "$f" ]; then k=O; fi
  elif [ -d "$f" ]; then k=d; elif [ -f "$f" ]; then k=f; elif [ -e "$f" ]; then k=o; else continue; fi
  printf '%s%s\\0' $k "$f"
done
exit 0`;

/** Undefined if no program of the container can list it; rejects with EngineError if the directory cannot be read. */
export async function listByProgram(
  engine: Engine,
  container: string,
  directory: string,
  {
    limits,
    signal,
    only = '',
  }: {
    readonly limits: ListLimits;
    readonly signal?: AbortSignal | undefined;
    /** The only name to list. */
    readonly only?: string;
  },
): Promise<Listing | undefined> {
  const word = randomBytes(9).toString('hex');
  const result = await runScript(engine, container, script, [directory, word, only], {
    signal,
    limit: limits.bytes,
  });
  if (result === undefined) return undefined;
  const text = result.output.toString('latin1');
  if (text.startsWith('E')) throw directoryError(directory, result.output.toString('utf8', 2));
  if (text.startsWith('N')) return { entries: [], isComplete: true, source: 'program' };
  const parsed = parseListing(text, word);
  if (parsed === undefined) return undefined;
  const isComplete = !result.isCut && parsed.length <= limits.entries;
  return { entries: parsed.slice(0, limits.entries), isComplete, source: 'program' };
}

/** What `cd` says: `sh: 1: cd: can't cd to /x`, which names no reason in some shells. */
function directoryError(directory: string, said: string): EngineError {
  const shown = displayName(directory);
  if (/not a directory/i.test(said))
    return new EngineError('failed', t('{0} is not a directory', shown));
  if (/permission denied/i.test(said))
    return new EngineError('failed', t('{0} cannot be read: permission denied', shown));
  return new EngineError('missing', t('{0} does not exist in the container', shown));
}

/** The entries in the output of the script, each byte as a character; undefined if it is not in a known format. */
export function parseListing(output: string, word: string): readonly FileEntry[] | undefined {
  const text = output.slice(2);
  switch (output.slice(0, 2)) {
    case 'P\n':
      return parseFind(text);
    case 'S\n':
      return parseStat(text, word);
    case 'T\n':
      return parseTests(text);
    default:
      return undefined;
  }
}

/** A name or link target in bytes as characters. */
function decode(latin1: string): string {
  // Most names are ASCII.
  return /^[\0-\x7f]*$/.test(latin1) ? latin1 : textOfBytes(Buffer.from(latin1, 'latin1'));
}

type Kind = Pick<FileEntry, 'kind' | 'special'>;

const other: Kind = { kind: 'other' };
const device: Kind = { kind: 'other', special: 'device' };

/** Letters of `find -printf %y`. */
const letters: Readonly<Record<string, Kind>> = {
  f: { kind: 'file' },
  d: { kind: 'directory' },
  l: { kind: 'link' },
  p: { kind: 'other', special: 'pipe' },
  s: { kind: 'other', special: 'socket' },
  b: device,
  c: device,
};

/** The type bits of a mode. */
const typeLetters: Readonly<Record<number, string>> = {
  0o100000: 'f',
  0o040000: 'd',
  0o120000: 'l',
  0o010000: 'p',
  0o140000: 's',
  0o060000: 'b',
  0o020000: 'c',
};

function letterOf(mode: number): string {
  return typeLetters[mode & 0o170000] ?? '?';
}

/** What a link with a target of this letter leads to. */
function leadsTo(letter: string): NonNullable<FileEntry['leadsTo']> {
  if (letter === 'f') return 'file';
  if (letter === 'd') return 'directory';
  // `N`: nothing, `L`: a loop, `l`: an unreadable link, `?`: an error.
  return 'NLl?'.includes(letter) ? 'nothing' : 'other';
}

interface Fields {
  readonly name: string;
  readonly kind: Kind;
  readonly mode: number;
  readonly user: number;
  readonly group: number;
  readonly size: number;
  /** Seconds. */
  readonly modified: number;
  readonly userName: string;
  readonly groupName: string;
  readonly linkTarget: string;
  readonly leadsTo: FileEntry['leadsTo'];
}

function entryOf(fields: Fields): FileEntry {
  const { name, kind, mode, user, group, size, modified, userName, groupName } = fields;
  return {
    name: decode(name),
    ...kind,
    ...(kind.kind === 'file' && { size }),
    mode,
    user,
    group,
    ...(isName(userName, user) && { userName: decode(userName) }),
    ...(isName(groupName, group) && { groupName: decode(groupName) }),
    modified: new Date(Math.floor(modified * 1000)),
    ...(kind.kind === 'link' && {
      linkTarget: decode(fields.linkTarget),
      ...(fields.leadsTo && { leadsTo: fields.leadsTo }),
    }),
  };
}

/** Programs write the number, or `UNKNOWN`, for an owner without a name. */
function isName(text: string, number: number): boolean {
  return text !== '' && text !== 'UNKNOWN' && text !== String(number);
}

const findFields = /^(\d+) (\d+) (\d+) (\d+) (-?[\d.]+) (.)(.) ([^]*)$/;

function parseFind(text: string): readonly FileEntry[] | undefined {
  const parts = text.split('\0');
  const entries: FileEntry[] = [];
  // The last part is empty, or cut.
  for (let at = 0; at + 4 < parts.length; at += 4) {
    const found = findFields.exec(parts[at] ?? '');
    if (found === null) return undefined;
    const [, mode = '', user, group, size, modified, type = '', target = '', name = ''] = found;
    entries.push(
      entryOf({
        name,
        kind: letters[type] ?? other,
        mode: parseInt(mode, 8),
        user: Number(user),
        group: Number(group),
        size: Number(size),
        modified: Number(modified),
        linkTarget: parts[at + 1] ?? '',
        userName: parts[at + 2] ?? '',
        groupName: parts[at + 3] ?? '',
        leadsTo: leadsTo(target),
      }),
    );
  }
  return entries;
}

const statFields = /^\n?([0-9a-f]+) (\d+) (\d+) (\d+) (-?\d+) (?:\.\/)?([^]*)$/;

function parseStat(text: string, word: string): readonly FileEntry[] | undefined {
  const end = text.lastIndexOf(`L${word}\n`);
  // Without an end, the output was cut.
  const list = end < 0 ? text : text.slice(0, end);
  const targets = new Map<string, string>();
  for (const part of end < 0 ? [] : text.slice(end + word.length + 2).split(word)) {
    const found = /^\n?([0-9a-f]+) \.\/([^]*)$/.exec(part);
    if (found !== null) targets.set(found[2] ?? '', letterOf(parseInt(found[1] ?? '', 16)));
  }
  const parts = list.split(word);
  const entries: FileEntry[] = [];
  for (let at = 0; at + 4 < parts.length; at += 4) {
    const found = statFields.exec(parts[at] ?? '');
    if (found === null) return undefined;
    const [, raw = '', user, group, size, modified, name = ''] = found;
    const mode = parseInt(raw, 16);
    entries.push(
      entryOf({
        name,
        kind: letters[letterOf(mode)] ?? other,
        mode: mode & 0o7777,
        user: Number(user),
        group: Number(group),
        size: Number(size),
        modified: Number(modified),
        linkTarget: targetIn(parts[at + 1] ?? '', name),
        userName: parts[at + 2] ?? '',
        groupName: parts[at + 3] ?? '',
        leadsTo: end < 0 ? undefined : leadsTo(targets.get(name) ?? 'N'),
      }),
    );
  }
  return entries;
}

/** `%N` of a link is `'./name' -> 'target'` in busybox, and `./name -> target` in GNU coreutils with literal quoting. */
function targetIn(text: string, name: string): string {
  const start = `'./${name}' -> '`;
  return text.startsWith(start) ? text.slice(start.length, -1) : text.slice(name.length + 6);
}

function parseTests(text: string): readonly FileEntry[] {
  return text
    .split('\0')
    .slice(0, -1)
    .map((part): FileEntry => {
      const letter = part[0] ?? '';
      const name = decode(part.slice(3));
      if (!'nDFO'.includes(letter)) return { name, ...(letters[letter] ?? other) };
      const leads = ({ n: 'nothing', D: 'directory', F: 'file' } as const)[letter] ?? 'other';
      return { name, kind: 'link', leadsTo: leads };
    });
}
