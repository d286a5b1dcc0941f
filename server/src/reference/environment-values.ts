/** What values of well-known environment variables do. */

import { wordInfos } from './command-line.ts';
import type { WordInfo } from './words.ts';

/** A variable with the meanings of its values; `*` stands for any other value that is not empty. */
export interface ValueInfo {
  readonly name: string;
  readonly values: readonly WordInfo[];
}

const nodeEnvironments = {
  production: 'Runs Node.js libraries in production mode; npm omits `devDependencies`.',
  '*': 'Mode of Node.js libraries; npm installs `devDependencies` unless it is `production`.',
};

/** An empty value means the default of the program for all of them. */
export const environmentValues: readonly ValueInfo[] = [
  {
    name: 'CGO_ENABLED',
    values: wordInfos({
      '0': 'Disables cgo, so that Go programs do not need the C library.',
      '1': 'Enables cgo: Go programs can call C code, and need the C library and a C compiler to build.',
    }),
  },
  { name: 'NODE_ENV', values: wordInfos(nodeEnvironments) },
  {
    name: 'PIP_NO_CACHE_DIR',
    values: wordInfos({
      '0': 'Also disables the pip cache: pip reads any boolean here as `1`.',
      false: 'Also disables the pip cache: pip reads any boolean here as `1`.',
      off: 'Also disables the pip cache: pip reads any boolean here as `1`.',
      '*': 'Disables the pip cache; a cache mount also keeps it out of the image.',
    }),
  },
  {
    name: 'PIP_DISABLE_PIP_VERSION_CHECK',
    values: wordInfos({
      '0': 'Keeps the check for a newer version of pip.',
      '*': 'Disables the check for a newer version of pip.',
    }),
  },
  {
    name: 'PYTHONUNBUFFERED',
    values: wordInfos({
      '0': 'Disables output buffering in Python: any value that is not empty does, even `0`.',
      '*': 'Disables output buffering in Python, so that logs are complete.',
    }),
  },
  {
    name: 'PYTHONDONTWRITEBYTECODE',
    values: wordInfos({
      '0': 'Prevents Python from writing `.pyc` files: any value that is not empty does, even `0`.',
      '*': 'Prevents Python from writing `.pyc` files.',
    }),
  },
  {
    name: 'PYTHONHASHSEED',
    values: wordInfos({
      random: 'Python uses a random seed for hashes, which is the default.',
      '0': 'Disables hash randomization in Python.',
      '*': 'Python uses this seed for hashes, so that they are the same in each run.',
    }),
  },
  {
    name: 'DEBIAN_FRONTEND',
    values: wordInfos({
      noninteractive:
        'Debian packages are installed without questions, with their default answers.',
      '*': 'Debian packages ask questions during installation, which a build cannot answer.',
    }),
  },
  {
    name: 'UV_LINK_MODE',
    values: wordInfos({
      copy: 'uv copies packages from its cache; necessary if the cache is a mount.',
      hardlink: 'uv creates hard links to its cache, which fails across file systems.',
      symlink: 'uv creates symbolic links to its cache, which break if it is deleted.',
      clone: 'uv clones packages copy-on-write where the file system supports it.',
    }),
  },
  {
    name: 'UV_COMPILE_BYTECODE',
    values: wordInfos({
      '0': 'uv does not compile the packages that it installs to bytecode.',
      '*': 'Compiles packages that uv installs to bytecode, for a faster start.',
    }),
  },
  {
    name: 'GO111MODULE',
    values: wordInfos({
      on: 'Go uses modules, which is the default.',
      off: 'Go ignores `go.mod` and uses `GOPATH`.',
      auto: 'Go uses modules if there is a `go.mod` file.',
    }),
  },
  {
    name: 'GOPROXY',
    values: wordInfos({
      direct: 'Go downloads modules from their repositories, without a proxy.',
      off: 'Go does not download modules.',
      '*': 'Proxies from which Go downloads modules, in order.',
    }),
  },
  {
    name: 'RAILS_ENV',
    values: wordInfos({
      production: 'Runs Rails in production mode.',
      development: 'Runs Rails in development mode, which reloads code and shows errors.',
      test: 'Runs Rails in test mode.',
    }),
  },
  {
    name: 'RUST_BACKTRACE',
    values: wordInfos({
      '0': 'Rust programs print no backtrace after a panic.',
      full: 'Rust programs print a complete backtrace after a panic.',
      '*': 'Rust programs print a backtrace after a panic.',
    }),
  },
  {
    name: 'DOTNET_CLI_TELEMETRY_OPTOUT',
    values: wordInfos({
      '0': 'Keeps the telemetry of the `dotnet` command.',
      false: 'Keeps the telemetry of the `dotnet` command.',
      '*': 'Disables the telemetry of the `dotnet` command.',
    }),
  },
  {
    name: 'DOTNET_SYSTEM_GLOBALIZATION_INVARIANT',
    values: wordInfos({
      '0': '.NET uses ICU for cultures; the image needs its libraries.',
      false: '.NET uses ICU for cultures; the image needs its libraries.',
      '*': '.NET uses the invariant culture and does not need ICU.',
    }),
  },
  {
    name: 'NEXT_TELEMETRY_DISABLED',
    values: wordInfos({ '*': 'Disables the telemetry of Next.js.' }),
  },
  {
    name: 'COREPACK_ENABLE_DOWNLOAD_PROMPT',
    values: wordInfos({
      '0': 'Corepack downloads package managers without asking.',
      '1': 'Corepack waits for confirmation before it downloads a package manager, and the build fails.',
    }),
  },
  {
    name: 'COMPOSER_ALLOW_SUPERUSER',
    values: wordInfos({ '*': 'Composer does not warn about running as root.' }),
  },
  {
    name: 'NVIDIA_VISIBLE_DEVICES',
    values: wordInfos({
      all: 'All GPUs are visible in the container.',
      none: 'No GPU is visible, but the driver features are available.',
      void: 'The container runs without GPUs and driver.',
      '*': 'Only these GPUs are visible in the container.',
    }),
  },
  {
    name: 'LANG',
    values: wordInfos({
      'C.UTF-8': 'English messages and UTF-8; most images include this locale.',
      C: 'English messages and ASCII; use `C.UTF-8` for other characters.',
      POSIX: 'English messages and ASCII; use `C.UTF-8` for other characters.',
      '*': 'Language and character encoding; the locale must be installed in the image.',
    }),
  },
  {
    name: 'LC_ALL',
    values: wordInfos({
      'C.UTF-8': 'English messages and UTF-8, regardless of `LANG`.',
      C: 'English messages and ASCII, regardless of `LANG`.',
      POSIX: 'English messages and ASCII, regardless of `LANG`.',
      '*': 'Language and character encoding, regardless of `LANG`; the locale must be installed.',
    }),
  },
  {
    name: 'HF_HUB_OFFLINE',
    values: wordInfos({
      '0': 'Hugging Face libraries download models when they are needed.',
      '*': 'Hugging Face libraries use only models that are already stored.',
    }),
  },
];

const byName = new Map(environmentValues.map((one) => [one.name, one.values]));

/** Whether the values of a variable are described one by one. */
export function hasKnownValues(name: string): boolean {
  return byName.has(name);
}

/** What a value of a variable does; undefined if nothing is known of it. */
export function valueInfo(name: string, value: string): WordInfo | undefined {
  const values = byName.get(name);
  if (values === undefined || value === '') return undefined;
  return values.find((one) => one.name === value) ?? values.find((one) => one.name === '*');
}
