/** Reads the users of a container from its files, so that it does not need a shell and need not be running. */
import type { Engine } from '../engine/engine.ts';
import { unpackTar } from '../engine/tar.ts';

export interface User {
  readonly name: string;
  readonly id: number;
  readonly home: string;
  /** Whether the user cannot log in, because a program such as nologin is set as shell. */
  readonly system: boolean;
}

/** Maximum size of /etc/passwd in bytes. */
const maxSize = 1_000_000;

/** The users in /etc/passwd, those who can log in first; empty if the file does not exist. */
export async function usersOf(engine: Engine, container: string): Promise<readonly User[]> {
  try {
    const users = parsePasswd(await passwd(engine, container));
    return [...users.filter(({ system }) => !system), ...users.filter(({ system }) => system)];
  } catch {
    return [];
  }
}

async function passwd(engine: Engine, container: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const { content, size } of unpackTar(engine.readArchive(container, '/etc/passwd'))) {
    if (content === undefined || size > maxSize) continue;
    for await (const chunk of content()) text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

/** `name:password:uid:gid:comment:home:shell`, see passwd(5). */
function parsePasswd(text: string): readonly User[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , id = '', , , home = '', shell = ''] = line.split(':');
    if (!/^[\w.][\w.@-]*\$?$/.test(name) || !/^\d+$/.test(id)) return [];
    const system = /\/(?:nologin|false|sync|halt|shutdown)$/.test(shell);
    return [{ name, id: Number(id), home, system }];
  });
}
