/** Folders that package managers and compilers keep from build to build, for `RUN --mount=type=cache`. */
export interface CacheMount {
  /** The commands that profit from it. */
  readonly programs: readonly string[];
  /** `~` is the home of the user that runs them. */
  readonly target: string;
  /** Two builds must not use it at once. */
  readonly locked?: true;
  readonly documentation: string;
}

const apt =
  'Official images delete what apt loads: take `/etc/apt/apt.conf.d/docker-clean` away first.';
const dnf = 'dnf keeps what it loads with `--setopt=keepcache=1`.';

/** Nearest to the usual first, a program's folders together. */
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
    documentation: 'The lists of packages; `rm -rf /var/lib/apt/lists/*` is not needed with it.',
  },
  {
    programs: ['apk'],
    target: '/etc/apk/cache',
    documentation: 'apk keeps what it loads where this folder exists; leave out `--no-cache`.',
  },
  { programs: ['dnf', 'microdnf'], target: '/var/cache/dnf', locked: true, documentation: dnf },
  { programs: ['dnf5'], target: '/var/cache/libdnf5', locked: true, documentation: dnf },
  { programs: ['yum'], target: '/var/cache/yum', locked: true, documentation: dnf },
  {
    programs: ['zypper'],
    target: '/var/cache/zypp',
    locked: true,
    documentation: 'What zypper loads.',
  },
  {
    programs: ['pacman'],
    target: '/var/cache/pacman/pkg',
    locked: true,
    documentation: 'The packages that pacman loads.',
  },
  {
    programs: ['pip', 'pip3', 'python', 'python3'],
    target: '~/.cache/pip',
    documentation: 'What pip loads and builds; leave out `--no-cache-dir`.',
  },
  {
    programs: ['uv'],
    target: '~/.cache/uv',
    documentation: 'What uv loads and builds; set `UV_LINK_MODE=copy`.',
  },
  {
    programs: ['poetry'],
    target: '~/.cache/pypoetry',
    documentation: 'What Poetry loads.',
  },
  { programs: ['npm', 'npx'], target: '~/.npm', documentation: 'What npm loads.' },
  {
    programs: ['yarn'],
    target: '/usr/local/share/.cache/yarn',
    documentation: 'What Yarn 1 loads as root.',
  },
  {
    programs: ['pnpm'],
    target: '~/.local/share/pnpm/store',
    documentation: 'The store of pnpm.',
  },
  { programs: ['bun'], target: '~/.bun/install/cache', documentation: 'What Bun loads.' },
  { programs: ['go'], target: '/go/pkg/mod', documentation: 'The modules that Go loads.' },
  {
    programs: ['go'],
    target: '~/.cache/go-build',
    documentation: 'What the Go compiler has made.',
  },
  {
    programs: ['cargo'],
    target: '/usr/local/cargo/registry',
    documentation: 'The crates that Cargo loads, in the official image.',
  },
  {
    programs: ['cargo'],
    target: '/usr/local/cargo/git/db',
    documentation: 'The Git repositories that Cargo loads, in the official image.',
  },
  {
    programs: ['composer'],
    target: '/tmp/cache',
    documentation: 'What Composer loads, in the official image.',
  },
  {
    programs: ['bundle', 'bundler', 'gem'],
    target: '/usr/local/bundle/cache',
    documentation: 'The gems that are loaded, in the official image.',
  },
  {
    programs: ['mvn', 'mvnw'],
    target: '~/.m2',
    documentation: 'The local repository of Maven.',
  },
  {
    programs: ['gradle', 'gradlew'],
    target: '~/.gradle',
    locked: true,
    documentation: 'The home of Gradle, with what it loads.',
  },
  {
    programs: ['dotnet'],
    target: '~/.nuget/packages',
    documentation: 'The packages that NuGet loads.',
  },
  {
    programs: ['conda', 'mamba', 'micromamba'],
    target: '/opt/conda/pkgs',
    locked: true,
    documentation: 'The packages that conda loads.',
  },
  { programs: ['ccache'], target: '~/.cache/ccache', documentation: 'What ccache keeps.' },
];
