/** Looks for secrets in texts and files, as they are and in the encodings that programs use. */
import { lstatSync, readdirSync, readFileSync, type Dirent } from 'node:fs';
import path from 'node:path';

/** Secrets by what they are: `secret file`. */
export type Secrets = Readonly<Record<string, string>>;

interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A secret inside a longer text that is encoded as base64 begins at one of three positions. */
function needlesOf(secrets: Secrets): readonly Needle[] {
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const bytes = Buffer.from(secret);
    const inBase64 = [0, 1, 2].map((skipped) => {
      // Only whole groups of three bytes are the same whatever is around them.
      const start = (3 - skipped) % 3;
      const whole = bytes.subarray(start, start + Math.floor((bytes.length - start) / 3) * 3);
      return whole.toString('base64');
    });
    const texts = new Set([secret, encodeURIComponent(secret), bytes.toString('hex'), ...inBase64]);
    return [...texts].map((text) => ({ name, bytes: Buffer.from(text) }));
  });
}

/** `place: name of the secret`, for each text that contains one. */
export function secretsInTexts(
  texts: Readonly<Record<string, string>>,
  secrets: Secrets,
): readonly string[] {
  const needles = needlesOf(secrets);
  return Object.entries(texts).flatMap(([place, text]) => {
    const bytes = Buffer.from(text);
    return [
      ...new Set(
        needles.filter((one) => bytes.includes(one.bytes)).map(({ name }) => `${place}: ${name}`),
      ),
    ];
  });
}

/** The same for all files below a directory, whose names count, too; others of the same names are left out. */
export function secretsInFiles(
  directory: string,
  secrets: Secrets,
  without: readonly string[] = [],
): readonly string[] {
  const needles = needlesOf(secrets);
  const found = new Set<string>();
  const visit = (folder: string): void => {
    for (const entry of entriesOf(folder)) {
      const file = path.join(folder, entry.name);
      if (without.includes(file)) continue;
      const own = path.relative(directory, file);
      if (entry.isDirectory()) visit(file);
      const bytes = entry.isFile() ? contentOf(file) : Buffer.alloc(0);
      for (const one of needles)
        if (bytes.includes(one.bytes) || Buffer.from(entry.name).includes(one.bytes))
          found.add(`${own}: ${one.name}`);
    }
  };
  visit(directory);
  return [...found];
}

/** Files and directories of engines come and go. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Holes of sparse files need not be read. */
function contentOf(file: string): Buffer {
  try {
    return lstatSync(file).size > mostBytes ? Buffer.alloc(0) : readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}

const mostBytes = 256 << 20;
