/** Variables that well-known images set with ENV, mostly the version of what they contain. */
import type { ImageName } from './image.ts';
import { officialName } from './releases.ts';

/** By the name of an official image; `NAME_VERSION` is known for all of them. */
const official: Readonly<Record<string, readonly string[]>> = {
  'eclipse-temurin': ['JAVA_VERSION', 'JAVA_HOME'],
  amazoncorretto: ['JAVA_HOME'],
  openjdk: ['JAVA_VERSION', 'JAVA_HOME'],
  maven: ['MAVEN_HOME', 'JAVA_VERSION', 'JAVA_HOME'],
  gradle: ['GRADLE_HOME', 'JAVA_VERSION', 'JAVA_HOME'],
  tomcat: ['CATALINA_HOME', 'TOMCAT_MAJOR', 'JAVA_VERSION', 'JAVA_HOME'],
  node: ['YARN_VERSION'],
  golang: ['GOPATH', 'GOTOOLCHAIN'],
  python: ['PYTHON_SHA256', 'GPG_KEY', 'LANG', 'PYTHON_PIP_VERSION'],
  ruby: ['GEM_HOME', 'BUNDLE_APP_CONFIG', 'LANG'],
  rust: ['RUSTUP_HOME', 'CARGO_HOME'],
  php: [
    'PHP_INI_DIR',
    'PHP_URL',
    'PHP_SHA256',
    'PHPIZE_DEPS',
    'PHP_CFLAGS',
    'PHP_CPPFLAGS',
    'PHP_LDFLAGS',
  ],
  nginx: ['NJS_VERSION', 'PKG_RELEASE'],
  postgres: ['PG_VERSION', 'PG_MAJOR', 'PGDATA'],
  mysql: ['MYSQL_MAJOR'],
  erlang: ['OTP_VERSION', 'REBAR3_VERSION'],
  elixir: ['OTP_VERSION'],
  ros: ['ROS_DISTRO', 'LANG', 'LC_ALL'],
  julia: ['JULIA_PATH'],
  'r-base': ['R_BASE_VERSION', 'LANG', 'LC_ALL'],
};

const others: readonly (readonly [image: RegExp, variables: RegExp])[] = [
  [
    /(?:^|\/)nvidia\/(?:cuda|cudagl)$|^nvcr\.io\/nvidia\//,
    /^(?:CUDA_VERSION|LD_LIBRARY_PATH|NV_\w+|NVIDIA_\w+)$/,
  ],
  [
    /^mcr\.microsoft\.com\/dotnet\//,
    /^(?:DOTNET_VERSION|DOTNET_SDK_VERSION|ASPNET_VERSION|APP_UID|ASPNETCORE_HTTP_PORTS)$/,
  ],
  [/^(?:osrf\/ros2?|dustynv\/ros[\w-]*)$/, /^ROS_(?:DISTRO|ROOT|PYTHON_VERSION)$/],
  [/^(?:quay\.io\/)?jupyter\/[\w-]+$/, /^(?:CONDA_DIR|NB_USER|NB_UID|NB_GID|HOME|LANG|LC_ALL)$/],
  [/^public\.ecr\.aws\/lambda\//, /^LAMBDA_(?:TASK_ROOT|RUNTIME_DIR)$/],
  [/^apache\/airflow$/, /^AIRFLOW_(?:VERSION|HOME|UID)$/],
  [/^rocker\/[\w-]+$/, /^(?:R_VERSION|R_HOME|CRAN|LANG|TZ)$/],
  [/^rocm\/[\w-]+$/, /^(?:ROCM_PATH|LD_LIBRARY_PATH|PYTORCH_ROCM_ARCH)$/],
];

/** Whether the image sets a variable with this name. */
export function setsVariable(image: ImageName, variable: string): boolean {
  const name = officialName(image);
  if (name !== undefined && Object.hasOwn(official, name)) {
    const own = `${name.toUpperCase().replaceAll('-', '_')}_VERSION`;
    return variable === own || official[name]?.includes(variable) === true;
  }
  const { registry, repository } = image;
  const full = registry === undefined ? repository : `${registry}/${repository}`;
  return others.some(([pattern, variables]) => pattern.test(full) && variables.test(variable));
}
