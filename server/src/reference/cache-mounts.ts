/** Directories that package managers and compilers can reuse between builds, for `RUN --mount=type=cache`. */
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
    programs: ['apt-get', 'apt', 'aptitude'],
    target: '/var/cache/apt',
    locked: true,
    documentation: apt,
  },
  {
    programs: ['apt-get', 'apt', 'aptitude'],
    target: '/var/lib/apt',
    locked: true,
    documentation: 'Package lists; with this mount, `rm -rf /var/lib/apt/lists/*` is not needed.',
  },
  {
    programs: ['apk'],
    target: '/etc/apk/cache',
    documentation: 'Downloaded packages. apk uses this directory if it exists; omit `--no-cache`.',
  },
  { programs: ['dnf', 'microdnf'], target: '/var/cache/dnf', locked: true, documentation: dnf },
  { programs: ['dnf5'], target: '/var/cache/libdnf5', locked: true, documentation: dnf },
  { programs: ['yum'], target: '/var/cache/yum', locked: true, documentation: dnf },
  {
    programs: ['zypper'],
    target: '/var/cache/zypp',
    locked: true,
    documentation: 'Repository metadata; downloaded packages too if the repository keeps them.',
  },
  {
    programs: ['pacman'],
    target: '/var/cache/pacman/pkg',
    locked: true,
    documentation: 'Downloaded packages.',
  },
  {
    programs: ['pip', 'pip3', 'python', 'python3'],
    target: '~/.cache/pip',
    documentation: 'Downloaded packages and wheels built from source. Omit `--no-cache-dir`.',
  },
  {
    programs: ['uv'],
    target: '~/.cache/uv',
    documentation: 'Downloaded and built packages. Set `UV_LINK_MODE=copy`.',
  },
  {
    programs: ['poetry'],
    target: '~/.cache/pypoetry',
    documentation: 'Packages downloaded by Poetry.',
  },
  { programs: ['npm', 'npx'], target: '~/.npm', documentation: 'Packages downloaded by npm.' },
  {
    programs: ['yarn'],
    target: '/usr/local/share/.cache/yarn',
    documentation: 'Packages downloaded by Yarn 1 when it runs as root.',
  },
  {
    programs: ['pnpm'],
    target: '~/.local/share/pnpm/store',
    documentation: 'Package store of pnpm.',
  },
  {
    programs: ['bun'],
    target: '~/.bun/install/cache',
    documentation: 'Packages downloaded by Bun.',
  },
  { programs: ['go'], target: '/go/pkg/mod', documentation: 'Modules downloaded by Go.' },
  {
    programs: ['go'],
    target: '~/.cache/go-build',
    documentation: 'Build cache of the Go compiler.',
  },
  {
    programs: ['cargo'],
    target: '/usr/local/cargo/registry',
    documentation: 'Crates downloaded by Cargo (path of the official image).',
  },
  {
    programs: ['cargo'],
    target: '/usr/local/cargo/git/db',
    documentation: 'Git repositories downloaded by Cargo (path of the official image).',
  },
  {
    programs: ['composer'],
    target: '/tmp/cache',
    documentation: 'Packages downloaded by Composer (path of the official image).',
  },
  {
    programs: ['bundle', 'bundler', 'gem'],
    target: '/usr/local/bundle/cache',
    documentation: 'Downloaded gems (path of the official image).',
  },
  {
    programs: ['mvn', 'mvnw'],
    target: '~/.m2',
    documentation: 'Local repository of Maven.',
  },
  {
    programs: ['gradle', 'gradlew'],
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
    programs: ['conda', 'mamba', 'micromamba'],
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
