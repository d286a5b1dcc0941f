/**
 * The addresses that the project may name. Each one must exist: the project has no repository or site of its own, so an
 * address of ours is always dead.
 */

/** Beginnings of addresses, each with the reason why it is named. */
export const allowedAddresses: Readonly<Record<string, string>> = {
  // Documentation that rules and pages link to.
  'https://docs.docker.com/': 'the Dockerfile reference and manuals',
  'https://github.com/hadolint/hadolint/': 'the pages of hadolint rules',
  'https://www.shellcheck.net/': 'the pages of ShellCheck codes',
  'https://docs.nvidia.com/': 'CUDA and the NVIDIA Container Toolkit',
  'https://docs.python.org/': 'site-packages and virtual environments',
  'https://docs.npmjs.com/': 'the npm command line',
  'https://docs.astral.sh/': 'uv',
  'https://docs.conda.io/': 'conda',
  'https://classic.yarnpkg.com/': 'Yarn 1',
  'https://pnpm.io/': 'pnpm',
  'https://getcomposer.org/': 'Composer',
  'https://bundler.io/': 'Bundler',
  'https://guides.rubyonrails.org/': 'Rails',
  'https://github.com/rails/bootsnap/issues/': 'why Bootsnap hangs under QEMU',
  'https://pip.pypa.io/': 'pip',
  'https://pytorch.org/': 'which CUDA version a wheel is built for',
  'https://xdebug.org/': 'Xdebug',
  'https://nginx.org/': 'signals of nginx',
  'https://curl.se/': 'options of curl',
  'https://sh.rustup.rs': 'completed after `curl`, as in the files that it was learned from',
  'https://kubernetes.io/': 'runAsNonRoot',
  'https://learn.microsoft.com/': 'PowerShell',
  'https://manpages.debian.org/': 'apt and debconf',
  'https://wiki.debian.org/': 'signatures of Debian packages',
  'https://wiki.archlinux.org/': 'pacman',
  'https://www.gnu.org/software/': 'coreutils',
  'https://www.freedesktop.org/software/systemd/': 'signals of systemd',
  'https://mywiki.wooledge.org/': 'what only bash understands',
  'https://docs.github.com/': 'SSH host keys of GitHub',
  'https://docs.gitlab.com/': 'SSH host keys of GitLab',
  'https://specs.opencontainers.org/': 'OCI annotations',
  'https://github.com/opencontainers/runtime-spec/': 'limits of a container',
  'https://github.com/opencontainers/image-spec/': 'layers and archives of images',
  'https://github.com/moby/moby/blob/': 'the archives of older engines',
  'https://github.com/grpc/grpc/blob/': 'the protocol of BuildKit',
  'https://mobyproject.org/buildkit@v1': 'the name of metadata in provenance',
  'https://nodejs.org/api/': 'what versions of Node.js have',
  'http://www.isthe.com/chongo/tech/comp/fnv/': 'the FNV hash',
  'https://endoflife.date/': 'end-of-life dates',
  'https://evil32.com/': 'why short key ids are not safe',
  'https://consoledonottrack.com/': 'switches of telemetry',
  // Registries and forges: links from image names, and addresses of labels.
  'https://hub.docker.com': 'pages of images on Docker Hub',
  'https://index.docker.io/v1/': 'the key of Docker Hub in config.json',
  'https://ghcr.io/': 'the GitHub registry',
  'https://github.com/GoogleContainerTools/distroless': 'the page of distroless images',
  'https://gitlab.com/': 'the GitLab registry',
  'https://quay.io/': 'Quay',
  'https://gcr.io/': 'the Google registry',
  'https://gallery.ecr.aws/': 'the public AWS registry',
  'https://mcr.microsoft.com/': 'the Microsoft registry',
  'https://catalog.ngc.nvidia.com/': 'the NVIDIA registry',
  'https://nvcr.io/': 'the NVIDIA registry',
  'http://nvcr.io/': 'an image reference pasted as an address, in an example',
  'https://catalog.redhat.com/': 'the Red Hat registry',
  'https://container-registry.oracle.com/': 'the Oracle registry',
  'https://images.chainguard.dev/': 'the Chainguard registry',
  'https://docs.linuxserver.io/': 'images of linuxserver.io',
  'https://www.docker.elastic.co/': 'the Elastic registry',
  'https://download.pytorch.org/': 'wheels by CUDA version, in examples',
  'https://github.com/docker-library/official-images': 'the source of the list of official images',
  // Formats.
  'http://json-schema.org/draft-07/schema': 'the identifier of JSON Schema',
  'https://json.schemastore.org/sarif': 'the schema of SARIF',
  'http://www.w3.org/2000/svg': 'the namespace of SVG',
  'https://keepachangelog.com/': 'the format of CHANGELOG.md',
  'https://semver.org/': 'how versions are numbered',
  'https://marketplace.visualstudio.com/items?itemName=': 'extensions that are compared',
};

/** Addresses that stand for any other: reserved for examples (RFC 2606), of this machine, or with a placeholder. */
const placeholder =
  /^https?:\/\/(?:(?:[\w-]+\.)*example(?:\.(?:com|org|net))?|localhost|127\.0\.0\.1|…|[^/]*\$\{[^/]*|github\.com\/example\/[^/]*|github\.com|gitlab\.com)(?:[:/?#]|$)/;

const owned = /^https?:\/\/(?:[\w.-]+\/)?[\w.-]*drydock/i;

export interface BadAddress {
  readonly file: string;
  readonly line: number;
  readonly address: string;
}

/** The addresses of a file that are not allowed; in tests only those of the project itself. */
export function badAddresses(file: string, text: string, isTest: boolean): readonly BadAddress[] {
  return text.split('\n').flatMap((content, index) =>
    [...content.matchAll(/https?:\/\/[^\s"'`<>()[\]|,;»«\\]+/g)]
      .map(([address]) => address.replace(/[.:]+$/, ''))
      .filter((address) => (isTest ? owned.test(address) : !isAllowed(address)))
      .map((address) => ({ file, line: index + 1, address })),
  );
}

function isAllowed(address: string): boolean {
  if (owned.test(address)) return false;
  if (placeholder.test(address) && !/^https?:\/\/github\.com\/(?!example\/|$)/.test(address))
    return true;
  return Object.keys(allowedAddresses).some((beginning) => address.startsWith(beginning));
}
