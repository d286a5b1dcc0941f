/** Directories that package managers and compilers can reuse between builds, for `RUN --mount=type=cache`. */
import { apkLike } from '../programs/apk.ts';
import { aptLike } from '../programs/apt.ts';
import { gradleLike, mavenLike } from '../programs/build-tools.ts';
import { bundleLike } from '../programs/bundle.ts';
import { cargoLike } from '../programs/cargo.ts';
import { composerLike } from '../programs/composer.ts';
import { condaLike } from '../programs/conda.ts';
import { dnfCaches, dnfLike } from '../programs/dnf.ts';
import { gemLike } from '../programs/gem.ts';
import { goLike } from '../programs/go.ts';
import { npmLike } from '../programs/npm.ts';
import { pacmanLike } from '../programs/pacman.ts';
import { pip, uvLike } from '../programs/pip.ts';
import { pnpmLike } from '../programs/pnpm.ts';
import { yarnLike } from '../programs/yarn.ts';
import { zypperLike } from '../programs/zypper.ts';
import { pythonNames } from '../programs/python.ts';

export interface CacheMount {
  /** Programs that use the cache. */
  readonly programs: readonly string[];
  /** `~` is the home directory of the user that runs them. */
  readonly target: string;
  /** Concurrent builds must not share it. */
  readonly locked?: true;
  readonly documentation: string;
}

const apt =
  'Downloaded packages. Debian and Ubuntu images delete them after each install; remove `/etc/apt/apt.conf.d/docker-clean` first.';
const dnf = 'Repository metadata; downloaded packages too with `--setopt=keepcache=1`.';

/** Most common programs first; the directories of one program are adjacent. */
export const cacheMounts: readonly CacheMount[] = [
  {
    programs: aptLike,
    target: '/var/cache/apt',
    locked: true,
    documentation: apt,
  },
  {
    programs: aptLike,
    target: '/var/lib/apt',
    locked: true,
    documentation: 'Package lists; with this mount, `rm -rf /var/lib/apt/lists/*` is not needed.',
  },
  {
    programs: apkLike,
    target: '/etc/apk/cache',
    documentation: 'Downloaded packages. apk uses this directory if it exists; omit `--no-cache`.',
  },
  ...[...new Set(Object.values(dnfCaches))].map((target): CacheMount => ({
    programs: dnfLike.filter((name) => dnfCaches[name] === target),
    target,
    locked: true,
    documentation: dnf,
  })),
  {
    programs: zypperLike,
    target: '/var/cache/zypp',
    locked: true,
    documentation: 'Repository metadata; downloaded packages too if the repository keeps them.',
  },
  {
    programs: pacmanLike,
    target: '/var/cache/pacman/pkg',
    locked: true,
    documentation: 'Downloaded packages.',
  },
  {
    programs: [...pip.names, ...pythonNames],
    target: '~/.cache/pip',
    documentation: 'Downloaded packages and wheels built from source. Omit `--no-cache-dir`.',
  },
  {
    programs: uvLike,
    target: '~/.cache/uv',
    documentation: 'Downloaded and built packages. Set `UV_LINK_MODE=copy`.',
  },
  {
    programs: ['poetry'],
    target: '~/.cache/pypoetry',
    documentation: 'Packages downloaded by Poetry.',
  },
  { programs: [...npmLike, 'npx'], target: '~/.npm', documentation: 'Packages downloaded by npm.' },
  {
    programs: yarnLike,
    target: '/usr/local/share/.cache/yarn',
    documentation: 'Packages downloaded by Yarn 1 when it runs as root.',
  },
  {
    programs: pnpmLike,
    target: '~/.local/share/pnpm/store',
    documentation: 'Package store of pnpm.',
  },
  {
    programs: ['bun'],
    target: '~/.bun/install/cache',
    documentation: 'Packages downloaded by Bun.',
  },
  { programs: goLike, target: '/go/pkg/mod', documentation: 'Modules downloaded by Go.' },
  {
    programs: goLike,
    target: '~/.cache/go-build',
    documentation: 'Build cache of the Go compiler.',
  },
  {
    programs: cargoLike,
    target: '/usr/local/cargo/registry',
    documentation: 'Crates downloaded by Cargo (path of the official image).',
  },
  {
    programs: cargoLike,
    target: '/usr/local/cargo/git/db',
    documentation: 'Git repositories downloaded by Cargo (path of the official image).',
  },
  {
    programs: composerLike,
    target: '/tmp/cache',
    documentation: 'Packages downloaded by Composer (path of the official image).',
  },
  {
    programs: [...bundleLike, ...gemLike],
    target: '/usr/local/bundle/cache',
    documentation: 'Downloaded gems (path of the official image).',
  },
  {
    programs: mavenLike,
    target: '~/.m2',
    documentation: 'Local repository of Maven.',
  },
  {
    programs: gradleLike,
    target: '~/.gradle',
    locked: true,
    documentation: 'User home of Gradle, with downloaded dependencies and caches.',
  },
  {
    programs: ['dotnet'],
    target: '~/.nuget/packages',
    documentation: 'Packages downloaded by NuGet.',
  },
  {
    programs: condaLike,
    target: '/opt/conda/pkgs',
    locked: true,
    documentation: 'Packages downloaded by conda.',
  },
  {
    programs: ['ccache'],
    target: '~/.cache/ccache',
    documentation: 'Compiler output cached by ccache.',
  },
];
