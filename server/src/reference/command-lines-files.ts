/** Shells, and what nearly every RUN does with files, loading them included: the options that are used in images, the usual first. */
import { told, type CommandLine } from './command-line.ts';

const curl: CommandLine = {
  names: ['curl'],
  options: told({
    '-fsSL': 'Fails by HTTP errors, shows no progress but errors, follows redirects.',
    '-f': 'Fails by HTTP errors instead of saving their page.',
    '-s': 'Shows neither progress nor errors.',
    '-S': 'Shows errors even with `-s`.',
    '-L': 'Follows redirects.',
    '-o': 'Writes into this file.',
    '-O': 'Writes into a file named as in the address.',
    '--retry': 'Tries again so many times.',
    '--retry-all-errors': 'Tries again whatever the error was.',
    '--proto': 'Protocols that are allowed, such as `=https`.',
    '--tlsv1.2': 'At least TLS 1.2.',
    '-H': 'Adds a header.',
    '--create-dirs': 'Makes the folders of the file that is written.',
    '--connect-timeout': 'Seconds to wait for a connection.',
    '-k': 'Checks no certificate: anybody on the way can change what is loaded.',
  }),
};

const wget: CommandLine = {
  names: ['wget'],
  options: told({
    '-q': 'Shows nothing.',
    '-nv': 'Shows errors and little more.',
    '-O': 'Writes into this file; `-` to the output.',
    '-P': 'Writes into this folder.',
    '--progress=dot:giga': 'One line for every 32 MB instead of a bar.',
    '--https-only': 'Follows links to HTTPS only.',
    '--tries': 'Tries so many times.',
    '--timeout': 'Seconds to wait.',
    '--no-check-certificate':
      'Checks no certificate: anybody on the way can change what is loaded.',
  }),
};

const ofShells = {
  '-eux': 'Shows each command, and ends at the first that fails or that reads what is not set.',
  '-ex': 'Shows each command, and ends at the first that fails.',
  '-e': 'Ends at the first command that fails.',
  '-u': 'Fails on a variable that is not set.',
  '-x': 'Shows each command before it runs.',
  '-o': 'Sets an option by its name, such as `pipefail`.',
  pipefail: 'A pipe fails when any command in it does, and not only the last.',
};

export const files: readonly CommandLine[] = [
  curl,
  wget,
  {
    names: ['set'],
    options: told({ ...ofShells, '-f': 'Leaves `*` and `?` as they are.', '+x': 'Ends `-x`.' }),
  },
  {
    names: ['sh', 'bash', 'dash', 'ash', 'zsh'],
    options: told({
      '-c': 'The next word is the script.',
      ...ofShells,
      '-l': 'As at a login: reads `/etc/profile`.',
      '-i': 'As for a person: reads `~/.bashrc`.',
    }),
  },
  {
    names: ['rm'],
    options: told({
      '-rf': 'Folders with all that is in them; what is not there is no failure.',
      '-f': 'What is not there is no failure.',
      '-r': 'Folders with all that is in them.',
      '-v': 'Says what it removes.',
    }),
  },
  {
    names: ['mkdir'],
    options: told({
      '-p': 'Makes the folders above too; one that is there is no failure.',
      '-m': 'With these permissions.',
      '-v': 'Says what it makes.',
    }),
  },
  {
    names: ['cp'],
    options: told({
      '-r': 'Folders with all that is in them.',
      '-a': 'Folders too, with owners, permissions, times and links as they are.',
      '-p': 'With owners, permissions and times as they are.',
      '-f': 'Writes over what is there.',
      '-v': 'Says what it copies.',
    }),
  },
  {
    names: ['mv'],
    options: told({ '-f': 'Writes over what is there.', '-v': 'Says what it moves.' }),
  },
  {
    names: ['ln'],
    options: told({
      '-s': 'A symbolic link: it leads to a path.',
      '-sf': 'A symbolic link in place of what is there.',
      '-f': 'In place of what is there.',
      '-n': 'A link to a folder is replaced, and not written into the folder.',
      '-v': 'Says what it links.',
    }),
  },
  {
    names: ['chmod'],
    options: told({
      '+x': 'Everybody may run it.',
      '-R': 'All that is in the folders too.',
      'u+x': 'The owner may run it.',
      'a+x': 'Everybody may run it.',
      'g+w': 'The group may write.',
    }),
  },
  {
    names: ['chown'],
    options: told({
      '-R': 'All that is in the folders too.',
      '-h': 'Links themselves, and not what they lead to.',
    }),
  },
  {
    names: ['sed'],
    options: told({
      '-i': 'Changes the file itself.',
      '-e': 'The next word is a command; there may be several.',
      '-n': 'Prints only what `p` asks for.',
      '-E': 'Extended regular expressions.',
      '-r': 'Extended regular expressions.',
    }),
  },
  {
    names: ['find'],
    options: told({
      '-name': 'Whose name fits a pattern.',
      '-type': 'Files (`f`), folders (`d`), links (`l`).',
      '-exec': 'Runs a command on each, or with `+` on many at once.',
      '-delete': 'Removes them.',
      '-depth': 'What is in a folder before the folder.',
      '-maxdepth': 'Goes down so many folders.',
      '-path': 'Whose path fits a pattern.',
      '-o': 'Or.',
      '-prune': 'Does not go into the folder.',
    }),
  },
  {
    names: ['configure'],
    options: told({
      '--prefix': 'The folder to install in, `/usr/local` unless said.',
      '--enable-shared': 'Makes libraries that are loaded at run time.',
      '--disable-static': 'Makes no libraries to link into programs.',
      '--disable-shared': 'Makes only libraries to link into programs.',
      '--enable-static': 'Makes libraries to link into programs.',
      '--sysconfdir': 'The folder for settings.',
      '--libdir': 'The folder for libraries.',
      '--host': 'The system that is compiled for.',
      '--build': 'The system that compiles.',
      '--with-ssl': 'With TLS.',
    }),
  },
  {
    names: ['dpkg'],
    options: told({
      '-i': 'Installs packages from files.',
      '--print-architecture': 'The architecture of the system, such as `amd64`.',
      '--add-architecture': 'Takes packages of another architecture too.',
      '--force-depends': 'Goes on where dependencies are missing.',
    }),
  },
  {
    names: ['gpg'],
    options: told({
      '--batch': 'Asks nothing: nobody can answer in a build.',
      '--keyserver': 'Where keys are looked for.',
      '--recv-keys': 'Loads keys by their fingerprints.',
      '--dearmor': 'From text to bytes, as APT wants keys.',
      '--verify': 'Checks a signature.',
      '--import': 'Takes keys from a file.',
      '-o': 'Writes to this file.',
    }),
  },
];
