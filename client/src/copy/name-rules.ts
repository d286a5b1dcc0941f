/** Which names a disk can have, and which of them are the same. */
import { lstat, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a disk does to names. */
export interface NameRules {
  /** Names are bytes. Otherwise only UTF-8 is possible. */
  readonly anyBytes: boolean;
  /** The names that Windows reserves or changes are not possible. */
  readonly windows: boolean;
  /** `A` and `a` are the same file. */
  readonly ignoresCase: boolean;
  /** Equivalent sequences of Unicode characters, such as é in one or two characters, are the same file. */
  readonly ignoresNormalization: boolean;
}

/** The rules of this machine; `ignoresCase` and `ignoresNormalization` also depend on the disk. */
export function platformRules(platform: NodeJS.Platform = process.platform): NameRules {
  const isMac = platform === 'darwin';
  const isWindows = platform === 'win32';
  return {
    anyBytes: !isMac && !isWindows,
    windows: isWindows,
    ignoresCase: isMac || isWindows,
    ignoresNormalization: isMac,
  };
}

/** Finds out what the disk of a new, empty directory does to names. */
export async function rulesOfDisk(directory: string): Promise<NameRules> {
  const probe = join(directory, 'probe-\u00e9');
  await writeFile(probe, '', { flag: 'wx' });
  const ignores = (name: string): Promise<boolean> =>
    lstat(join(directory, name)).then(
      () => true,
      () => false,
    );
  const found = {
    ignoresCase: await ignores('PROBE-\u00e9'),
    ignoresNormalization: await ignores('probe-e\u0301'),
  };
  await rm(probe);
  return { ...platformRules(), ...found };
}
