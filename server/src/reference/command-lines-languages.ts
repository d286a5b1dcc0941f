/** Package managers of languages, the usual subcommands and options first. */
import { told, type CommandLine } from './command-line.ts';

const pipOptions = told({
  '-r': 'Installs what a file lists.',
  '--no-cache-dir': 'Keeps nothing of what was loaded; a cache mount is better.',
  '--upgrade': 'Takes the newest version where one is there.',
  '--no-deps': 'Installs nothing that the packages need.',
  '--require-hashes': 'Refuses what has not the hash that the file names.',
  '-e': 'Installs a folder so that changes in it count at once.',
  '-c': 'Versions that are allowed, from a file.',
  '--index-url': 'Takes packages from this index instead of PyPI.',
  '--extra-index-url': 'Takes packages from this index as well as PyPI.',
  '--only-binary': 'Builds none of these packages; `:all:` for every one.',
  '--no-build-isolation': 'Builds with the packages that are there.',
  '--target': 'Installs into this folder.',
  '--prefix': 'Installs below this folder.',
  '--user': 'Installs into the home of the user.',
  '--pre': 'Takes versions that are not finished too.',
  '--find-links': 'Looks for packages in a folder or page.',
  '--break-system-packages': 'Installs beside the packages of the distribution.',
  '--trusted-host': 'Takes packages from this host without a check of its certificate.',
});

export const python: readonly CommandLine[] = [
  {
    names: ['pip', 'pip2', 'pip3', 'pipx'],
    subcommands: told({
      install: 'Installs packages.',
      uninstall: 'Removes packages.',
      wheel: 'Builds wheels, for another stage to install.',
      download: 'Loads packages without installing them.',
      freeze: 'Lists what is installed, with versions.',
      check: 'Tells whether what is installed fits together.',
      cache: 'Looks after the cache.',
      config: 'Sets options.',
      list: 'Shows what is installed.',
    }),
    options: pipOptions,
  },
  {
    names: ['uv pip'],
    subcommands: told({
      install: 'Installs packages.',
      sync: 'Installs exactly what a file lists.',
      compile: 'Writes a list of versions that fit together.',
      uninstall: 'Removes packages.',
    }),
    options: [
      ...told({
        '--system': 'Into the Python of the system instead of a virtual environment.',
        '--python': 'Which Python.',
        '--compile-bytecode': 'Compiles at once; programs start faster.',
      }),
      ...pipOptions,
    ],
  },
  {
    names: ['uv'],
    subcommands: told({
      sync: 'Brings the environment of a project to what its lock file says.',
      pip: 'Works as pip does.',
      run: 'Runs a command in the environment of a project.',
      venv: 'Makes a virtual environment.',
      add: 'Adds a package to a project.',
      lock: 'Writes the lock file.',
      tool: 'Installs and runs tools.',
      python: 'Installs Python.',
      export: 'Writes the lock file as another format.',
      build: 'Builds a package.',
      cache: 'Looks after the cache.',
    }),
    options: told({
      '--frozen': 'Takes the lock file as it is.',
      '--locked': 'Fails where the lock file is out of date.',
      '--no-dev': 'Leaves out what only developers need.',
      '--no-install-project': 'Installs all but the project itself, for a layer of its own.',
      '--no-editable': 'Installs the project itself instead of a link to its source.',
      '--compile-bytecode': 'Compiles at once; programs start faster.',
      '--no-cache': 'Keeps nothing of what was loaded; a cache mount is better.',
      '--python': 'Which Python.',
      '--all-extras': 'With all that is optional.',
      '--extra': 'With this optional group.',
      '--group': 'With this group of dependencies.',
      '--link-mode': 'How files get from the cache: `copy` where it is a mount.',
    }),
  },
  {
    names: ['poetry'],
    subcommands: told({
      install: 'Installs what the lock file says.',
      config: 'Sets options.',
      export: 'Writes the lock file as requirements; a plugin.',
      build: 'Builds a package.',
      run: 'Runs a command in the environment.',
    }),
    options: told({
      '--no-root': 'Installs all but the project itself.',
      '--only': 'Only these groups, such as `main`.',
      '--without': 'Without these groups, such as `dev`.',
      '--no-interaction': 'Asks nothing: nobody can answer in a build.',
      '--no-ansi': 'Without colours.',
      '--no-cache': 'Keeps nothing of what was loaded.',
      '--sync': 'Removes what the lock file does not name.',
    }),
  },
];

export const node: readonly CommandLine[] = [
  {
    names: ['npm'],
    subcommands: told({
      ci: 'Installs exactly what the lock file says, and fails where it does not fit.',
      install: 'Installs packages; may change the lock file.',
      run: 'Runs a script of package.json.',
      prune: 'Removes what package.json does not ask for.',
      cache: 'Looks after the cache.',
      config: 'Sets options.',
      rebuild: 'Builds native modules again.',
      start: 'Runs the script `start`.',
      test: 'Runs the script `test`.',
      pack: 'Makes a package.',
    }),
    options: told({
      '--omit=dev': 'Leaves out what only developers need.',
      '--ignore-scripts': 'Runs no scripts of packages.',
      '--no-audit': 'Asks nobody about known holes; faster.',
      '--no-fund': 'Does not ask for donations.',
      '-g': 'For the whole system instead of the project.',
      '--include=dev': 'With what developers need, whatever `NODE_ENV` says.',
      '--legacy-peer-deps': 'Does not mind peers that do not fit.',
      '--prefer-offline': 'Takes what is in the cache without asking for newer.',
      '--prefix': 'Works in this folder.',
      '--workspace': 'Works on this workspace.',
      '--registry': 'Takes packages from this registry.',
      '--loglevel': 'How much it says, such as `error`.',
    }),
  },
  {
    names: ['yarn'],
    subcommands: told({
      install: 'Installs what the lock file says.',
      add: 'Adds a package.',
      build: 'Runs the script `build`.',
      run: 'Runs a script of package.json.',
      global: 'Yarn 1: for the whole system.',
      cache: 'Looks after the cache: `cache clean`.',
      workspaces: 'Works on workspaces: `workspaces focus --production`.',
      config: 'Sets options.',
    }),
    options: told({
      '--frozen-lockfile': 'Yarn 1: fails where the lock file does not fit.',
      '--immutable': 'Yarn 2 and later: fails where the lock file does not fit.',
      '--production': 'Leaves out what only developers need.',
      '--ignore-scripts': 'Yarn 1: runs no scripts of packages.',
      '--network-timeout': 'Yarn 1: milliseconds to wait.',
      '--non-interactive': 'Yarn 1: asks nothing.',
      '--cache-folder': 'Yarn 1: where it keeps what it loads.',
    }),
  },
  {
    names: ['pnpm'],
    subcommands: told({
      install: 'Installs what the lock file says.',
      fetch: 'Loads what the lock file says, without package.json: a layer that stays.',
      add: 'Adds a package.',
      run: 'Runs a script of package.json.',
      deploy: 'Copies one project of a workspace with what it needs.',
      prune: 'Removes what package.json does not ask for: `prune --prod`.',
      build: 'Runs the script `build`.',
      store: 'Looks after the store.',
      config: 'Sets options.',
    }),
    options: told({
      '--frozen-lockfile': 'Fails where the lock file does not fit.',
      '--prod': 'Leaves out what only developers need.',
      '--offline': 'Takes everything from the store, after `pnpm fetch`.',
      '--filter': 'Works on these projects of a workspace.',
      '-r': 'Works on all projects of a workspace.',
      '--ignore-scripts': 'Runs no scripts of packages.',
      '-g': 'For the whole system.',
    }),
  },
];

export const ruby: readonly CommandLine[] = [
  {
    names: ['gem'],
    subcommands: told({
      install: 'Installs gems.',
      update: 'Brings gems up to date; `--system` RubyGems itself.',
      uninstall: 'Removes gems.',
      build: 'Builds a gem.',
    }),
    options: told({
      '--no-document': 'Makes no documentation.',
      '-v': 'Which version.',
      '--conservative': 'Leaves alone what fits already.',
      '--source': 'Takes gems from this address.',
    }),
  },
  {
    names: ['bundle', 'bundler'],
    subcommands: told({
      install: 'Installs what the lock file says.',
      config: 'Sets options: `config set --local without development:test`.',
      exec: 'Runs a command with the gems of the project.',
      clean: 'Removes gems that are not used.',
    }),
    options: told({
      '--jobs': 'How many gems at once.',
      '--retry': 'Tries again so many times.',
      '--local': 'Of `config`: for the project. Of `install`: from the cache alone.',
      '--quiet': 'Says only what is wrong.',
    }),
  },
];

export const golang: readonly CommandLine[] = [
  {
    names: ['go'],
    subcommands: told({
      build: 'Compiles packages.',
      mod: 'Looks after modules: `mod download` for a layer that stays.',
      install: 'Compiles and installs a program: `install path@v1.2.3`.',
      test: 'Runs tests.',
      generate: 'Runs generators.',
      vet: 'Looks for mistakes.',
      env: 'Shows or sets variables of Go.',
      run: 'Compiles and runs.',
      work: 'Looks after workspaces.',
    }),
    options: told({
      '-o': 'The file to write.',
      '-ldflags': 'For the linker; `"-s -w"` leaves out what debuggers need.',
      '-trimpath': 'Leaves paths of this machine out of the program.',
      '-tags': 'Build tags.',
      '-mod': '`readonly`, `vendor` or `mod`.',
      '-buildvcs': 'Whether the state of Git gets into the program.',
      '-race': 'Looks for races.',
      '-v': 'Names packages as they are compiled.',
    }),
  },
];

export const rust: readonly CommandLine[] = [
  {
    names: ['cargo'],
    subcommands: told({
      build: 'Compiles the project.',
      install: 'Compiles and installs a program.',
      fetch: 'Loads what the lock file says.',
      test: 'Runs tests.',
      chef: 'Builds dependencies apart (cargo-chef): `chef prepare`, `chef cook`.',
      vendor: 'Copies all sources into a folder.',
      clippy: 'Looks for mistakes.',
    }),
    options: told({
      '--release': 'Optimised.',
      '--locked': 'Fails where the lock file is out of date.',
      '--target': 'For this target, such as `x86_64-unknown-linux-musl`.',
      '--bin': 'Only this program.',
      '-p': 'Only this package.',
      '--features': 'With these features.',
      '--no-default-features': 'Without the features that are on by default.',
      '--frozen': 'Locked, and without network.',
      '--offline': 'Without network.',
      '--path': 'Of `install`: the folder of the project.',
      '--root': 'Of `install`: where to.',
    }),
  },
];

export const php: readonly CommandLine[] = [
  {
    names: ['composer'],
    subcommands: told({
      install: 'Installs what the lock file says.',
      require: 'Adds a package.',
      'dump-autoload': 'Writes the class loader anew.',
      'create-project': 'Makes a project from a package.',
      config: 'Sets options.',
      update: 'Brings packages up to date, and the lock file with them.',
    }),
    options: told({
      '--no-dev': 'Leaves out what only developers need.',
      '--no-interaction': 'Asks nothing: nobody can answer in a build.',
      '--optimize-autoloader': 'A faster class loader.',
      '--prefer-dist': 'Loads archives instead of repositories.',
      '--no-scripts': 'Runs no scripts.',
      '--no-autoloader': 'Writes no class loader yet.',
      '--no-progress': 'Shows no progress.',
      '--classmap-authoritative': 'The class loader takes only what it knows; fastest.',
      '--ignore-platform-reqs': 'Does not mind PHP and extensions that do not fit.',
    }),
  },
];
