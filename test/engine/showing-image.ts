/** A base image whose shell and programs print what they see, and do nothing else. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileEntry, packTar } from '../../client/src/engine/tar.ts';

/**
 * Prints the environment and the variables of a script on descriptor 9, whatever the script does with its output. All output
 * goes to one stream, since the engine reads two in any order; errors and traces of pipelines would be mixed with it.
 */
const shell = `#!/bin/busybox sh
while [ $# -gt 0 ]; do
  case $1 in
    -o) shift 2 ;;
    -*c) shift; break ;;
    *) shift ;;
  esac
done
[ $# -gt 0 ] || exec /bin/busybox cat
[ -e /tmp/environment ] || /bin/busybox env >/tmp/environment
/bin/busybox env | /bin/busybox sed 's/^/ENV /'
/bin/busybox sh -c ". /functions
trap 'set | /bin/busybox sed \\"s/^/VAR /\\" >&9' EXIT
$1" 9>&2 >&2 2>/dev/null
/bin/busybox rm -f /tmp/environment
exit 0
`;

/** Prints its arguments and the variables that it alone sees; its output is never empty. */
const program = `#!/bin/busybox sh
name=\${0##*/}
[ "$name" != show ] || { name=$1; shift; }
line="CMD $name"
for argument in "$@"; do line="$line [$argument]"; done
printf '%s\\n' "$line" 2>/dev/null >&9
if [ -e /tmp/environment ]; then
  /bin/busybox env | /bin/busybox grep -vxFf /tmp/environment |
    /bin/busybox sed "s/^/ENV of $name /" 2>/dev/null >&9
fi
echo "out-$name"
exit 0
`;

/** Programs of busybox, which its shell prefers to those in PATH. */
const applets = 'addgroup adduser awk base64 basename cat chgrp chmod chown cp curl cut date dirname dpkg env find getent grep groupadd gunzip gzip head hostname id install ln ls md5sum mkdir mktemp mv nproc rm rmdir rpm sed sha1sum sha256sum sha512sum sleep sort su tail tar tee touch tr uname unlink unzip useradd wc wget which whoami xargs xzcat'; // prettier-ignore

const busybox = '/bin/busybox';

/** Writes the archive of the image, with programs of these names, and imports it. */
export async function importShowingImage(
  name: string,
  programs: readonly string[],
  docker: (...args: string[]) => Promise<unknown>,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'drydock-showing-'));
  const shells = ['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh'];
  const functions = [...applets.split(' '), 'cd', 'pushd', 'popd', 'shopt']
    .map((one) => `${one}() { /bin/show ${one} "$@"; }`)
    .join('\n');
  const shown = [...new Set(programs)].filter(
    (one) => /^\w[\w.+-]{0,60}$/.test(one) && !shells.includes(one) && one !== 'busybox',
  );
  const tar = path.join(folder, 'base.tar');
  await writeFile(
    tar,
    packTar([
      fileEntry('file', 'file'),
      fileEntry('functions', `${functions}\n`),
      fileEntry('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n'),
      fileEntry('etc/group', 'root:x:0:\n'),
      fileEntry('tmp/none', ''),
      fileEntry('bin/busybox', await readFile(busybox), 0o755),
      ...shells.map((one) => fileEntry(`bin/${one}`, shell, 0o755)),
      ...['show', ...shown].map((one) => fileEntry(`bin/${one}`, program, 0o755)),
    ]),
  );
  await docker('import', '--change', 'ENV PATH=/bin', tar, name);
  await rm(folder, { recursive: true });
}
