/** Why this user cannot open a socket: no permission, or permission that takes effect after the next login. */
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';

/** A user and the groups of the system. */
export interface Membership {
  readonly user: string;
  /** Ids of the groups that are in effect for this process. */
  readonly effective: readonly number[];
  /** The lines of `/etc/group`. */
  readonly groups: string;
}

/** Whether `/etc/group` lists the user in the group of the socket, but the group is not in effect for this process. */
export async function needsNewLogin(
  socket: string,
  membership: () => Promise<Membership> = processMembership,
): Promise<boolean> {
  try {
    const { gid, mode } = await stat(socket);
    const groupHasAccess = (mode & 0o060) === 0o060;
    const { user, effective, groups } = await membership();
    return groupHasAccess && !effective.includes(gid) && membersOf(groups, gid).includes(user);
  } catch {
    return false;
  }
}

async function processMembership(): Promise<Membership> {
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
