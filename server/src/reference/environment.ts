/** Variables that programs look at. */
import { word, type WordInfo } from './words.ts';

/** A variable that programs look at, with the value that it mostly gets. */
export interface EnvironmentInfo extends WordInfo {
  readonly value: string;
  /** Images whose programs look at it, official ones by their short name; all unless said. */
  readonly images?: readonly string[];
}

const torches = ['nvidia/cuda', 'pytorch/pytorch', 'nvcr.io/nvidia/pytorch', 'nvcr.io/nvidia/cuda'];
const pythons = ['python', 'pypy', 'ghcr.io/astral-sh/uv', 'pytorch/pytorch'];
const javas = ['eclipse-temurin', 'amazoncorretto', 'openjdk', 'maven', 'gradle', 'tomcat'];
const dotnets = ['sdk', 'aspnet', 'runtime'].map((name) => `mcr.microsoft.com/dotnet/${name}`);

/** Those that fit an image are offered in this order; others when somebody begins to write them. */
export const environment: readonly EnvironmentInfo[] = [
  {
    ...word('PYTHONUNBUFFERED', 'Python writes its output at once, so that logs are complete.'),
    value: '1',
    images: pythons,
  },
  {
    ...word('PYTHONDONTWRITEBYTECODE', 'Python writes no `.pyc` files.'),
    value: '1',
    images: pythons,
  },
  {
    ...word('PIP_NO_CACHE_DIR', 'pip keeps nothing of what it loaded; a cache mount is better.'),
    value: '1',
    images: [],
  },
  {
    ...word('PIP_DISABLE_PIP_VERSION_CHECK', 'pip does not ask whether there is a newer one.'),
    value: '1',
    images: [],
  },
  {
    ...word('UV_LINK_MODE', 'uv copies from its cache, which may be a mount.'),
    value: 'copy',
    images: pythons,
  },
  {
    ...word('UV_COMPILE_BYTECODE', 'uv compiles what it installs; programs start faster.'),
    value: '1',
    images: pythons,
  },
  {
    ...word('VIRTUAL_ENV', 'The virtual environment that uv and other tools work in.'),
    value: '/opt/venv',
    images: [],
  },
  {
    ...word('NVIDIA_VISIBLE_DEVICES', 'Which GPUs a container sees that is given no other choice.'),
    value: 'all',
    images: torches,
  },
  {
    ...word(
      'NVIDIA_DRIVER_CAPABILITIES',
      'What of the driver is put into the container: `compute`, `utility`, `graphics`, `video`.',
    ),
    value: 'compute,utility',
    images: torches,
  },
  {
    ...word('TORCH_CUDA_ARCH_LIST', 'The GPUs that CUDA extensions of PyTorch are compiled for.'),
    value: '"8.0 8.6 9.0"',
    images: torches,
  },
  {
    ...word('HF_HOME', 'Where Hugging Face keeps models; a volume or a cache mount.'),
    value: '/data/huggingface',
    images: torches,
  },
  {
    ...word('LD_LIBRARY_PATH', 'Where libraries are looked for first.'),
    value: '/usr/local/cuda/lib64:$LD_LIBRARY_PATH',
    images: [],
  },
  {
    ...word('OMP_NUM_THREADS', 'How many threads numerical libraries start.'),
    value: '1',
    images: [],
  },
  {
    ...word(
      'NODE_ENV',
      'Node.js libraries run as in production; npm leaves out `devDependencies`.',
    ),
    value: 'production',
    images: ['node'],
  },
  {
    ...word('NODE_OPTIONS', 'Options for every Node.js program.'),
    value: '--enable-source-maps',
    images: [],
  },
  {
    ...word('CGO_ENABLED', 'Go makes programs that need no C library.'),
    value: '0',
    images: ['golang'],
  },
  {
    ...word('RAILS_ENV', 'Rails runs as in production.'),
    value: 'production',
    images: ['ruby'],
  },
  {
    ...word('BUNDLE_WITHOUT', 'Groups of gems that Bundler leaves out.'),
    value: 'development:test',
    images: ['ruby'],
  },
  {
    ...word('JAVA_HOME', 'Where Java is installed.'),
    value: '/opt/java/openjdk',
    images: [],
  },
  {
    ...word('PKG_CONFIG_PATH', 'Where `pkg-config` looks for libraries first.'),
    value: '/usr/local/lib/pkgconfig',
    images: [],
  },
  {
    ...word('JAVA_TOOL_OPTIONS', 'Options for every Java program.'),
    value: '-XX:MaxRAMPercentage=75',
    images: javas,
  },
  {
    ...word('ASPNETCORE_HTTP_PORTS', 'Where ASP.NET Core listens; 8080 since .NET 8.'),
    value: '8080',
    images: dotnets,
  },
  {
    ...word('DOTNET_CLI_TELEMETRY_OPTOUT', 'The `dotnet` command reports nothing.'),
    value: '1',
    images: dotnets,
  },
  {
    ...word('PATH', 'Where programs are looked for; what is there stays behind.'),
    value: '/opt/venv/bin:$PATH',
    images: pythons,
  },
  {
    ...word('PATH', 'Where programs are looked for; what is there stays behind.'),
    value: '/opt/bin:$PATH',
    images: [],
  },
  { ...word('LANG', 'Language and encoding; `C.UTF-8` is in most images.'), value: 'C.UTF-8' },
  {
    ...word('LC_ALL', 'Language and encoding, whatever `LANG` says.'),
    value: 'C.UTF-8',
    images: [],
  },
  { ...word('TZ', 'Time zone; the image needs its data (`tzdata`).'), value: 'UTC' },
];
