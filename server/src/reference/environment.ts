/** Environment variables that programs read. */
import { word, type WordInfo } from './words.ts';

/** An environment variable that programs read, with a common value. */
export interface EnvironmentInfo extends WordInfo {
  readonly value: string;
  /** Images whose programs read the variable, official ones by their short name; all images if undefined. */
  readonly images?: readonly string[];
}

const cudaImages = [
  'nvidia/cuda',
  'pytorch/pytorch',
  'nvcr.io/nvidia/pytorch',
  'nvcr.io/nvidia/cuda',
];
const pythonImages = ['python', 'pypy', 'ghcr.io/astral-sh/uv', 'pytorch/pytorch'];
const javaImages = ['eclipse-temurin', 'amazoncorretto', 'openjdk', 'maven', 'gradle', 'tomcat'];
const dotnetImages = ['sdk', 'aspnet', 'runtime'].map((name) => `mcr.microsoft.com/dotnet/${name}`);

/** Variables that fit an image are offered in this order; others once their first letters are typed. */
export const environment: readonly EnvironmentInfo[] = [
  {
    ...word('PYTHONUNBUFFERED', 'Disables output buffering in Python, so that logs are complete.'),
    value: '1',
    images: pythonImages,
  },
  {
    ...word('PYTHONDONTWRITEBYTECODE', 'Prevents Python from writing `.pyc` files.'),
    value: '1',
    images: pythonImages,
  },
  {
    ...word(
      'PIP_NO_CACHE_DIR',
      'Disables the pip cache; a cache mount also keeps it out of the image.',
    ),
    value: '1',
    images: [],
  },
  {
    ...word('PIP_DISABLE_PIP_VERSION_CHECK', 'Disables the check for a newer version of pip.'),
    value: '1',
    images: [],
  },
  {
    ...word(
      'UV_LINK_MODE',
      'How uv installs packages from its cache; use `copy` with a cache mount.',
    ),
    value: 'copy',
    images: pythonImages,
  },
  {
    ...word(
      'UV_COMPILE_BYTECODE',
      'Compiles packages that uv installs to bytecode, for a faster start.',
    ),
    value: '1',
    images: pythonImages,
  },
  {
    ...word('VIRTUAL_ENV', 'Path of the virtual environment that uv and other tools use.'),
    value: '/opt/venv',
    images: [],
  },
  {
    ...word(
      'NVIDIA_VISIBLE_DEVICES',
      'GPUs that are visible in the container, unless `docker run --gpus` selects others.',
    ),
    value: 'all',
    images: cudaImages,
  },
  {
    ...word(
      'NVIDIA_DRIVER_CAPABILITIES',
      'Driver features available in the container: `compute`, `utility`, `graphics`, `video`.',
    ),
    value: 'compute,utility',
    images: cudaImages,
  },
  {
    ...word(
      'TORCH_CUDA_ARCH_LIST',
      'GPU architectures that CUDA extensions of PyTorch are compiled for.',
    ),
    value: '"8.0 8.6 9.0"',
    images: cudaImages,
  },
  {
    ...word(
      'HF_HOME',
      'Directory where Hugging Face libraries store models; use a volume or a cache mount.',
    ),
    value: '/data/huggingface',
    images: cudaImages,
  },
  {
    ...word('LD_LIBRARY_PATH', 'Directories that are searched first for shared libraries.'),
    value: '/usr/local/cuda/lib64:$LD_LIBRARY_PATH',
    images: [],
  },
  {
    ...word('OMP_NUM_THREADS', 'Number of threads that numerical libraries use (OpenMP).'),
    value: '1',
    images: [],
  },
  {
    ...word('NODE_ENV', 'Runs Node.js libraries in production mode; npm omits `devDependencies`.'),
    value: 'production',
    images: ['node'],
  },
  {
    ...word('NODE_OPTIONS', 'Command-line options for every Node.js process.'),
    value: '--enable-source-maps',
    images: [],
  },
  {
    ...word('CGO_ENABLED', 'Disables cgo, so that Go programs do not need the C library.'),
    value: '0',
    images: ['golang'],
  },
  {
    ...word('RAILS_ENV', 'Runs Rails in production mode.'),
    value: 'production',
    images: ['ruby'],
  },
  {
    ...word('BUNDLE_WITHOUT', 'Gem groups that Bundler does not install.'),
    value: 'development:test',
    images: ['ruby'],
  },
  {
    ...word('JAVA_HOME', 'Directory of the Java installation.'),
    value: '/opt/java/openjdk',
    images: [],
  },
  {
    ...word('PKG_CONFIG_PATH', 'Directories that `pkg-config` searches first.'),
    value: '/usr/local/lib/pkgconfig',
    images: [],
  },
  {
    ...word('JAVA_TOOL_OPTIONS', 'Options for every Java virtual machine.'),
    value: '-XX:MaxRAMPercentage=75',
    images: javaImages,
  },
  {
    ...word(
      'ASPNETCORE_HTTP_PORTS',
      'HTTP ports that ASP.NET Core listens on; `8080` since .NET 8.',
    ),
    value: '8080',
    images: dotnetImages,
  },
  {
    ...word('DOTNET_CLI_TELEMETRY_OPTOUT', 'Disables the telemetry of the `dotnet` command.'),
    value: '1',
    images: dotnetImages,
  },
  {
    ...word(
      'PATH',
      'Directories that are searched for programs; the existing value is kept at the end.',
    ),
    value: '/opt/venv/bin:$PATH',
    images: pythonImages,
  },
  {
    ...word(
      'PATH',
      'Directories that are searched for programs; the existing value is kept at the end.',
    ),
    value: '/opt/bin:$PATH',
    images: [],
  },
  {
    ...word('LANG', 'Language and character encoding; most images include `C.UTF-8`.'),
    value: 'C.UTF-8',
  },
  {
    ...word('LC_ALL', 'Language and character encoding; overrides `LANG`.'),
    value: 'C.UTF-8',
    images: [],
  },
  { ...word('TZ', 'Time zone; the image needs the time zone data (`tzdata`).'), value: 'UTC' },
];
