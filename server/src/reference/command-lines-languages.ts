/** Language package managers; most common subcommands and options first. */
import { wordInfos, type CommandLine } from './command-line.ts';
import { bundleLike } from '../programs/bundle.ts';
import { cargoLike } from '../programs/cargo.ts';
import { composerLike } from '../programs/composer.ts';
import { gemLike } from '../programs/gem.ts';
import { goLike } from '../programs/go.ts';
import { npmLike } from '../programs/npm.ts';
import { pip, uvLike, uvPip } from '../programs/pip.ts';
import { pnpmLike } from '../programs/pnpm.ts';
import { yarnLike } from '../programs/yarn.ts';

const pipOptions = wordInfos({
  '-r': 'Install from a requirements file.',
  '--no-cache-dir': 'Disable the cache; a cache mount also keeps it out of the image.',
  '--upgrade': 'Upgrade packages to the newest available version.',
  '--no-deps': 'Do not install dependencies.',
  '--require-hashes': 'Require a hash for every package, and verify it.',
  '-e': 'Install a project in editable mode.',
  '-c': 'Restrict versions with a constraints file.',
  '--index-url': 'Use this package index instead of PyPI.',
  '--extra-index-url': 'Use this package index in addition to PyPI.',
  '--only-binary': 'Do not build these packages from source; `:all:` for every package.',
  '--no-build-isolation': 'Build with the packages that are already installed.',
  '--target': 'Install into this directory.',
  '--prefix': 'Install below this directory.',
  '--user': 'Install into the home directory of the user.',
  '--pre': 'Include pre-release versions.',
  '--find-links': 'Look for packages in a directory or on a web page.',
  '--break-system-packages':
    'Allow changes to a Python installation that the distribution manages.',
  '--trusted-host': 'Do not verify the certificate of this host.',
});

export const python: readonly CommandLine[] = [
  {
    names: pip.names,
    subcommands: wordInfos({
      install: 'Install packages.',
      uninstall: 'Uninstall packages.',
      wheel: 'Build wheels, for example for installation in another stage.',
      download: 'Download packages without installing them.',
      freeze: 'List installed packages with their versions.',
      check: 'Verify that installed packages have compatible dependencies.',
      cache: 'Manage the cache.',
      config: 'Manage the configuration.',
      list: 'List installed packages.',
    }),
    options: pipOptions,
  },
  {
    names: uvPip.names,
    subcommands: wordInfos({
      install: 'Install packages.',
      sync: 'Install exactly the packages in a requirements file.',
      compile: 'Resolve requirements to a list of pinned versions.',
      uninstall: 'Uninstall packages.',
    }),
    options: [
      ...wordInfos({
        '--system': 'Install into the system Python instead of a virtual environment.',
        '--python': 'Python interpreter to use.',
        '--compile-bytecode': 'Compile to bytecode after the installation, for a faster start.',
      }),
      ...pipOptions,
    ],
  },
  {
    names: uvLike,
    subcommands: wordInfos({
      sync: "Update the project's environment to match the lockfile.",
      pip: 'Manage packages with a pip-compatible interface.',
      run: "Run a command in the project's environment.",
      venv: 'Create a virtual environment.',
      add: 'Add dependencies to the project.',
      lock: 'Update the lockfile.',
      tool: 'Run and install tools published as Python packages.',
      python: 'Install and manage Python versions.',
      export: 'Export the lockfile to another format.',
      build: 'Build source distributions and wheels.',
      cache: 'Manage the cache.',
    }),
    options: wordInfos({
      '--frozen': 'Use the lockfile without checking whether it is up to date.',
      '--locked': 'Fail if the lockfile is out of date.',
      '--no-dev': 'Do not install development dependencies.',
      '--no-install-project': 'Install the dependencies without the project, for a separate layer.',
      '--no-editable': 'Install the project itself instead of a link to its source.',
      '--compile-bytecode': 'Compile to bytecode after the installation, for a faster start.',
      '--no-cache': 'Disable the cache; a cache mount also keeps it out of the image.',
      '--python': 'Python interpreter to use.',
      '--all-extras': 'Include all optional dependencies.',
      '--extra': 'Include this group of optional dependencies.',
      '--group': 'Include this dependency group.',
      '--link-mode': 'How packages are installed from the cache; use `copy` with a cache mount.',
    }),
  },
  {
    names: ['poetry'],
    subcommands: wordInfos({
      install: 'Install the versions in the lockfile.',
      config: 'Manage the configuration.',
      export: 'Export the lockfile as `requirements.txt`; requires a plugin.',
      build: 'Build source distributions and wheels.',
      run: "Run a command in the project's environment.",
    }),
    options: wordInfos({
      '--no-root': 'Do not install the project itself.',
      '--only': 'Install only these dependency groups, such as `main`.',
      '--without': 'Exclude these dependency groups, such as `dev`.',
      '--no-interaction': 'Do not ask questions.',
      '--no-ansi': 'Disable colored output.',
      '--no-cache': 'Disable the cache.',
      '--sync': 'Remove packages that are not in the lockfile.',
    }),
  },
];

export const node: readonly CommandLine[] = [
  {
    names: npmLike,
    subcommands: wordInfos({
      ci: 'Install exactly the versions in the lockfile; fails if it does not match `package.json`.',
      install: 'Install packages; can change the lockfile.',
      run: 'Run a script from `package.json`.',
      prune: 'Remove packages that `package.json` does not list.',
      cache: 'Manage the cache.',
      config: 'Manage the configuration.',
      rebuild: 'Rebuild native modules.',
      start: 'Run the `start` script.',
      test: 'Run the `test` script.',
      pack: 'Create a package archive.',
    }),
    options: wordInfos({
      '--omit=dev': 'Do not install development dependencies.',
      '--ignore-scripts': 'Do not run the scripts of packages.',
      '--no-audit': 'Do not check for known vulnerabilities; faster.',
      '--no-fund': 'Do not print funding messages.',
      '-g': 'Install globally instead of in the project.',
      '--include=dev': 'Install development dependencies even if `NODE_ENV` is `production`.',
      '--legacy-peer-deps': 'Ignore peer dependencies.',
      '--prefer-offline': 'Use cached packages without checking for updates.',
      '--prefix': 'Run in this directory.',
      '--workspace': 'Run in this workspace.',
      '--registry': 'Use this package registry.',
      '--loglevel': 'Log level, such as `error`.',
    }),
  },
  {
    names: yarnLike,
    subcommands: wordInfos({
      install: 'Install the versions in the lockfile.',
      add: 'Add a dependency.',
      build: 'Run the `build` script.',
      run: 'Run a script from `package.json`.',
      global: 'Yarn 1: manage globally installed packages.',
      cache: 'Manage the cache, for example `cache clean`.',
      workspaces: 'Manage workspaces, for example `workspaces focus --production`.',
      config: 'Manage the configuration.',
    }),
    options: wordInfos({
      '--frozen-lockfile': 'Yarn 1: fail if the lockfile needs an update.',
      '--immutable': 'Yarn 2 and later: fail if the lockfile needs an update.',
      '--production': 'Do not install development dependencies.',
      '--ignore-scripts': 'Yarn 1: do not run the scripts of packages.',
      '--network-timeout': 'Yarn 1: network timeout in milliseconds.',
      '--non-interactive': 'Yarn 1: do not ask questions.',
      '--cache-folder': 'Yarn 1: directory of the cache.',
    }),
  },
  {
    names: pnpmLike,
    subcommands: wordInfos({
      install: 'Install the versions in the lockfile.',
      fetch:
        'Download packages using only the lockfile. In its own step, it stays cached until the lockfile changes.',
      add: 'Add a dependency.',
      run: 'Run a script from `package.json`.',
      deploy: 'Copy a workspace project with its dependencies to a directory.',
      prune: 'Remove unneeded packages; `prune --prod` also removes development dependencies.',
      build: 'Run the `build` script.',
      store: 'Manage the package store.',
      config: 'Manage the configuration.',
    }),
    options: wordInfos({
      '--frozen-lockfile': 'Fail if the lockfile needs an update.',
      '--prod': 'Do not install development dependencies.',
      '--offline': 'Use only packages in the store, for example after `pnpm fetch`.',
      '--filter': 'Run in these workspace projects.',
      '-r': 'Run in all workspace projects.',
      '--ignore-scripts': 'Do not run the scripts of packages.',
      '-g': 'Install globally.',
    }),
  },
];

export const ruby: readonly CommandLine[] = [
  {
    names: gemLike,
    subcommands: wordInfos({
      install: 'Install gems.',
      update: 'Update gems; `--system` updates RubyGems itself.',
      uninstall: 'Uninstall gems.',
      build: 'Build a gem.',
    }),
    options: wordInfos({
      '--no-document': 'Do not generate documentation.',
      '-v': 'Version to install.',
      '--conservative': 'Do not upgrade gems that already meet the requirement.',
      '--source': 'Gem server to use.',
    }),
  },
  {
    names: bundleLike,
    subcommands: wordInfos({
      install: 'Install the versions in the lockfile.',
      config: 'Set options, for example `config set --local without development:test`.',
      exec: 'Run a command with the gems of the project.',
      clean: 'Remove unused gems.',
    }),
    options: wordInfos({
      '--jobs': 'Number of gems to install in parallel.',
      '--retry': 'Number of retries after network errors.',
      '--local': 'With `config`: only for this project. With `install`: use only cached gems.',
      '--quiet': 'Do not show progress.',
    }),
  },
];

export const golang: readonly CommandLine[] = [
  {
    names: goLike,
    subcommands: wordInfos({
      build: 'Compile packages.',
      mod: 'Manage modules. `mod download` in its own step stays cached until `go.mod` or `go.sum` changes.',
      install: 'Compile and install a program, for example `install path@v1.2.3`.',
      test: 'Run tests.',
      generate: 'Run code generators.',
      vet: 'Report likely mistakes in code.',
      env: 'Print or set Go environment variables.',
      run: 'Compile and run a program.',
      work: 'Manage workspaces.',
    }),
    options: wordInfos({
      '-o': 'Output file.',
      '-ldflags': 'Linker flags; `"-s -w"` removes the symbol table and debug information.',
      '-trimpath': 'Remove file system paths from the binary.',
      '-tags': 'Build tags.',
      '-mod': 'Module download mode: `readonly`, `vendor` or `mod`.',
      '-buildvcs': 'Whether to include version control information in the binary.',
      '-race': 'Enable the data race detector.',
      '-v': 'Print the names of packages as they are compiled.',
    }),
  },
];

export const rust: readonly CommandLine[] = [
  {
    names: cargoLike,
    subcommands: wordInfos({
      build: 'Compile the project.',
      install: 'Compile and install a program.',
      fetch: 'Download the dependencies.',
      test: 'Run tests.',
      chef: 'Build dependencies in a separate layer (cargo-chef): `chef prepare`, `chef cook`.',
      vendor: 'Copy all dependencies to a local directory.',
      clippy: 'Report likely mistakes in code.',
    }),
    options: wordInfos({
      '--release': 'Build with optimizations.',
      '--locked': 'Fail if the lockfile is out of date.',
      '--target': 'Build for this target, such as `x86_64-unknown-linux-musl`.',
      '--bin': 'Build only this program.',
      '-p': 'Build only this package.',
      '--features': 'Enable these features.',
      '--no-default-features': 'Do not enable the default features.',
      '--frozen': 'Same as `--locked` and `--offline` together.',
      '--offline': 'Do not access the network.',
      '--path': 'With `install`: directory of the project.',
      '--root': 'With `install`: directory to install into.',
    }),
  },
];

export const php: readonly CommandLine[] = [
  {
    names: composerLike,
    subcommands: wordInfos({
      install: 'Install the versions in the lockfile.',
      require: 'Add a dependency.',
      'dump-autoload': 'Regenerate the class autoloader.',
      'create-project': 'Create a project from a package.',
      config: 'Manage the configuration.',
      update: 'Update dependencies and the lockfile.',
    }),
    options: wordInfos({
      '--no-dev': 'Do not install development dependencies.',
      '--no-interaction': 'Do not ask questions.',
      '--optimize-autoloader': 'Generate a faster autoloader.',
      '--prefer-dist': 'Download archives instead of cloning repositories.',
      '--no-scripts': 'Do not run scripts.',
      '--no-autoloader': 'Do not generate the autoloader.',
      '--no-progress': 'Do not show progress.',
      '--classmap-authoritative': 'Load classes only from the class map; the fastest autoloader.',
      '--ignore-platform-reqs': 'Ignore requirements on the PHP version and extensions.',
    }),
  },
];
