/** Why a socket is closed to this user: never allowed, or allowed since this process began. */
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';

/** What the system says of a user and its groups. */
export interface Membership {
  readonly user: string;
  /** Ids of the groups that count for this process. */
  readonly effective: readonly number[];
  /** The lines of `/etc/group`. */
  readonly groups: string;
}

/** Whether the user is in the group of the socket on paper, but this process does not know it yet. */
export async function waitsForLogin(
  socket: string,
  membership: () => Promise<Membership> = thisProcess,
): Promise<boolean> {
  try {
    const { gid, mode } = await stat(socket);
    const groupMay = (mode & 0o060) === 0o060;
    const { user, effective, groups } = await membership();
    return groupMay && !effective.includes(gid) && membersOf(groups, gid).includes(user);
  } catch {
    return false;
  }
}

async function thisProcess(): Promise<Membership> {
  return {
    user: userInfo().username,
    effective: [...(process.getgroups?.() ?? []), process.getegid?.() ?? -1],
    groups: await readFile('/etc/group', 'utf8'),
  };
}

/** `docker:x:998:me,you`. */
function membersOf(groups: string, gid: number): readonly string[] {
  const line = groups.split('\n').find((one) => one.split(':')[2] === String(gid));
  return (line?.split(':')[3] ?? '').split(',').map((name) => name.trim());
}
