/** Who can be in a container: read from its files, so that it needs no shell and need not run. */
import type { Engine } from '../engine/engine.ts';
import { unpackTar } from '../engine/tar.ts';

export interface User {
  readonly name: string;
  readonly id: number;
  readonly home: string;
  /** A program that lets nobody in stands in place of a shell. */
  readonly system: boolean;
}

/** Bytes; a longer list of users would be none. */
const most = 1_000_000;

/** The users of /etc/passwd, those who may log in first; none where there is no such file. */
export async function usersOf(engine: Engine, container: string): Promise<readonly User[]> {
  try {
    const users = parsed(await passwd(engine, container));
    return [...users.filter(({ system }) => !system), ...users.filter(({ system }) => system)];
  } catch {
    return [];
  }
}

async function passwd(engine: Engine, container: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const { content, size } of unpackTar(engine.readArchive(container, '/etc/passwd'))) {
    if (content === undefined || size > most) continue;
    for await (const chunk of content()) text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

/** `name:password:uid:gid:about:home:shell`, as passwd(5) has it. */
function parsed(text: string): readonly User[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , id = '', , , home = '', shell = ''] = line.split(':');
    if (!/^[\w.][\w.@-]*\$?$/.test(name) || !/^\d+$/.test(id)) return [];
    const system = /\/(?:nologin|false|sync|halt|shutdown)$/.test(shell);
    return [{ name, id: Number(id), home, system }];
  });
}
