/** Reads the users of a container from its files. */
import type { Engine } from '../engine/engine.ts';
import { readSmallFile } from './small-files.ts';

export interface User {
  readonly name: string;
  readonly id: number;
  readonly home: string;
  /** The login shell; may be empty. */
  readonly shell: string;
  /** Whether the user cannot log in, because a program such as nologin is set as shell. */
  readonly system: boolean;
}

/** The users in /etc/passwd, those who can log in first; empty if the file does not exist. */
export async function usersOf(engine: Engine, container: string): Promise<readonly User[]> {
  const users = parsePasswd(await readSmallFile(engine, container, '/etc/passwd'));
  return [...users.filter(({ system }) => !system), ...users.filter(({ system }) => system)];
}

/** The user with this name or number, which may be followed by a group: `1000:1000`. */
export function findUser(users: readonly User[], text: string): User | undefined {
  const [who = ''] = text.trim().split(':');
  return users.find(({ name, id }) => name === who || String(id) === who);
}

/** `name:password:uid:gid:comment:home:shell`, see passwd(5). */
function parsePasswd(text: string): readonly User[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , id = '', , , home = '', shell = ''] = line.split(':');
    if (!/^[\w.][\w.@-]*\$?$/.test(name) || !/^\d+$/.test(id)) return [];
    const system = /\/(?:nologin|false|sync|halt|shutdown)$/.test(shell);
    return [{ name, id: Number(id), home, shell, system }];
  });
}
