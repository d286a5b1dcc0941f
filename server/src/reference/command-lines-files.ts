/** Shells, download tools and file commands, with the options used in Dockerfiles, most common first. */
import { wordInfos, type CommandLine } from './command-line.ts';
import { curlLike } from '../programs/curl.ts';
import { gpgLike } from '../programs/verifiers.ts';
import { wgetLike } from '../programs/wget.ts';

const curl: CommandLine = {
  names: curlLike,
  options: wordInfos({
    '-fsSL': 'Fail on HTTP errors, show errors but no progress, follow redirects.',
    '-f': 'Fail on HTTP errors instead of saving the error page.',
    '-s': 'Do not show progress or error messages.',
    '-S': 'Show error messages even with `-s`.',
    '-L': 'Follow redirects.',
    '-o': 'Write the output to this file.',
    '-O': 'Write to a file named as in the URL.',
    '--retry': 'Number of retries after transient errors.',
    '--retry-all-errors': 'Retry on any error.',
    '--proto': 'Allowed protocols, such as `=https`.',
    '--tlsv1.2': 'Require TLS 1.2 or later.',
    '-H': 'Add a request header.',
    '--create-dirs': 'Create missing directories for the output file.',
    '--connect-timeout': 'Maximum time for the connection, in seconds.',
    '-k': 'Do not verify certificates; the download can be tampered with.',
  }),
};

const wget: CommandLine = {
  names: wgetLike,
  options: wordInfos({
    '-q': 'Print nothing.',
    '-nv': 'Print only errors and basic information.',
    '-O': 'Write to this file; `-` means standard output.',
    '-P': 'Save files in this directory.',
    '--progress=dot:giga': 'Print one line per 32 MB instead of a progress bar.',
    '--https-only': 'In recursive mode, follow only HTTPS links.',
    '--tries': 'Number of attempts.',
    '--timeout': 'Network timeout in seconds.',
    '--no-check-certificate': 'Do not verify certificates; the download can be tampered with.',
  }),
};

const shellOptions = {
  '-eux': 'Exit on the first error or unset variable, and print each command.',
  '-ex': 'Exit on the first error, and print each command.',
  '-e': 'Exit as soon as a command fails.',
  '-u': 'Treat unset variables as errors.',
  '-x': 'Print each command before it runs.',
  '-o': 'Set an option by name, such as `pipefail`.',
  pipefail: 'Fail a pipeline if any of its commands fails, not only the last.',
};

export const files: readonly CommandLine[] = [
  curl,
  wget,
  {
    names: ['set'],
    options: wordInfos({
      ...shellOptions,
      '-f': 'Do not expand wildcards such as `*` and `?`.',
      '+x': 'Stop printing commands.',
    }),
  },
  {
    names: ['sh', 'bash', 'dash', 'ash', 'zsh'],
    options: wordInfos({
      '-c': 'Run the next argument as a script.',
      ...shellOptions,
      '-l': 'Act as a login shell, which reads `/etc/profile`.',
      '-i': 'Act as an interactive shell; bash reads `~/.bashrc`.',
    }),
  },
  {
    names: ['rm'],
    options: wordInfos({
      '-rf': 'Delete directories and their contents; ignore missing files.',
      '-f': 'Ignore missing files, and never prompt.',
      '-r': 'Delete directories and their contents.',
      '-v': 'Print what is deleted.',
    }),
  },
  {
    names: ['mkdir'],
    options: wordInfos({
      '-p': 'Create parent directories too; existing directories are not an error.',
      '-m': 'Set the permissions of the new directory.',
      '-v': 'Print each created directory.',
    }),
  },
  {
    names: ['cp'],
    options: wordInfos({
      '-r': 'Copy directories and their contents.',
      '-a': 'Copy directories, and preserve owners, permissions, timestamps and links.',
      '-p': 'Preserve owners, permissions and timestamps.',
      '-f': 'If a target file cannot be opened, delete it and try again.',
      '-v': 'Print what is copied.',
    }),
  },
  {
    names: ['mv'],
    options: wordInfos({ '-f': 'Overwrite without prompting.', '-v': 'Print what is moved.' }),
  },
  {
    names: ['ln'],
    options: wordInfos({
      '-s': 'Create a symbolic link.',
      '-sf': 'Create a symbolic link, and replace an existing file.',
      '-f': 'Replace an existing file.',
      '-n': 'Replace a symbolic link to a directory instead of creating the link inside the directory.',
      '-v': 'Print each link.',
    }),
  },
  {
    names: ['chmod'],
    options: wordInfos({
      '+x': 'Add execute permission, as far as the umask allows.',
      '-R': 'Include directories and all their contents.',
      'u+x': 'Add execute permission for the owner.',
      'a+x': 'Add execute permission for everyone.',
      'g+w': 'Add write permission for the group.',
    }),
  },
  {
    names: ['chown'],
    options: wordInfos({
      '-R': 'Include directories and all their contents.',
      '-h': 'Change symbolic links instead of their targets.',
    }),
  },
  {
    names: ['sed'],
    options: wordInfos({
      '-i': 'Edit files in place.',
      '-e': 'Run this script; can be repeated.',
      '-n': 'Print only what `p` selects.',
      '-E': 'Use extended regular expressions.',
      '-r': 'Use extended regular expressions.',
    }),
  },
  {
    names: ['find'],
    options: wordInfos({
      '-name': 'Match the file name against a pattern.',
      '-type': 'Match by type: file (`f`), directory (`d`) or symbolic link (`l`).',
      '-exec': 'Run a command for each match, or with `+` for many at once.',
      '-delete': 'Delete the matches.',
      '-depth': 'Process the contents of a directory before the directory itself.',
      '-maxdepth': 'Descend at most this many levels.',
      '-path': 'Match the path against a pattern.',
      '-o': 'Match if either expression matches (or).',
      '-prune': 'Do not descend into the directory.',
    }),
  },
  {
    names: ['configure'],
    options: wordInfos({
      '--prefix': 'Installation directory; the default is `/usr/local`.',
      '--enable-shared': 'Build shared libraries.',
      '--disable-static': 'Do not build static libraries.',
      '--disable-shared': 'Do not build shared libraries.',
      '--enable-static': 'Build static libraries.',
      '--sysconfdir': 'Directory for configuration files.',
      '--libdir': 'Directory for libraries.',
      '--host': 'System that the programs will run on.',
      '--build': 'System that compiles the programs.',
      '--with-ssl': 'Build with TLS support.',
    }),
  },
  {
    names: ['dpkg'],
    options: wordInfos({
      '-i': 'Install package files.',
      '--print-architecture': 'Print the architecture of the system, such as `amd64`.',
      '--add-architecture': 'Allow packages of another architecture.',
      '--force-depends': 'Treat dependency problems as warnings.',
    }),
  },
  {
    names: gpgLike,
    options: wordInfos({
      '--batch': 'Run in batch mode, without prompts.',
      '--keyserver': 'Keyserver to use.',
      '--recv-keys': 'Download keys by fingerprint.',
      '--dearmor': 'Convert an ASCII-armored key to binary, as APT expects in `.gpg` files.',
      '--verify': 'Verify a signature.',
      '--import': 'Import keys from a file.',
      '-o': 'Write the output to this file.',
    }),
  },
];
