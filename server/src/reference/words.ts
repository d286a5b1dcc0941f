/** Arguments of instructions with a special meaning. Texts are Markdown. */
export interface WordInfo {
  readonly name: string;
  readonly documentation: string;
}

export function word(name: string, documentation: string): WordInfo {
  return { name, documentation };
}

/** Signals for stopping programs; the numbers are those of Linux on amd64 and arm64. */
export const signals: readonly (WordInfo & { readonly number: number })[] = [
  {
    ...word('SIGTERM', 'Requests termination; the default of `docker stop`.'),
    number: 15,
  },
  {
    ...word(
      'SIGINT',
      'Interrupt, as with Ctrl+C. Stops Node.js, and shuts PostgreSQL down quickly.',
    ),
    number: 2,
  },
  {
    ...word(
      'SIGQUIT',
      'Graceful shutdown in nginx and php-fpm; other programs exit with a core dump.',
    ),
    number: 3,
  },
  {
    ...word('SIGWINCH', 'Graceful shutdown in Apache httpd; other programs ignore it.'),
    number: 28,
  },
  {
    ...word('SIGHUP', 'The terminal was closed; many servers reload their configuration.'),
    number: 1,
  },
  {
    ...word('SIGKILL', 'Kills the process immediately, without cleanup.'),
    number: 9,
  },
  { ...word('SIGUSR1', 'Meaning is defined by the program.'), number: 10 },
  { ...word('SIGUSR2', 'Meaning is defined by the program.'), number: 12 },
  {
    ...word('SIGRTMIN+3', 'Shuts down systemd if it is the main process of the container.'),
    number: 37,
  },
];

/** Default ports of programs. */
export const ports: readonly WordInfo[] = [
  word('80', 'HTTP: nginx, Apache httpd, Caddy'),
  word('443', 'HTTPS: nginx, Apache httpd, Caddy'),
  word('8080', 'HTTP on an unprivileged port: Tomcat, Spring Boot, .NET 8 and later'),
  word('3000', 'Node.js, Next.js, Rails, Grafana'),
  word('8000', 'Django, FastAPI (Uvicorn), Gunicorn'),
  word('5000', 'Flask, Docker registry'),
  word('8501', 'Streamlit'),
  word('8888', 'Jupyter'),
  word('5173', 'Vite'),
  word('4200', 'Angular'),
  word('4000', 'Phoenix'),
  word('9000', 'PHP-FPM, MinIO, SonarQube'),
  word('8443', 'HTTPS on an unprivileged port'),
  word('5432', 'PostgreSQL'),
  word('3306', 'MySQL, MariaDB'),
  word('27017', 'MongoDB'),
  word('6379', 'Redis, Valkey'),
  word('11211', 'memcached'),
  word('5672', 'RabbitMQ'),
  word('15672', 'RabbitMQ management UI'),
  word('9092', 'Kafka'),
  word('2181', 'ZooKeeper'),
  word('9200', 'Elasticsearch, OpenSearch'),
  word('5601', 'Kibana'),
  word('9090', 'Prometheus'),
  word('9042', 'Cassandra'),
  word('7474', 'Neo4j'),
  word('8086', 'InfluxDB'),
  word('8123', 'ClickHouse (HTTP)'),
  word('1433', 'SQL Server'),
  word('1883', 'MQTT'),
  word('50051', 'gRPC (by convention)'),
  word('11434', 'Ollama'),
  word('7860', 'Gradio'),
  word('6006', 'TensorBoard'),
  word('22', 'SSH'),
  word('53', 'DNS'),
];

/** OCI labels (github.com/opencontainers/image-spec, annotations.md). */
export const labels: readonly WordInfo[] = [
  word('org.opencontainers.image.source', 'URL of the source code.'),
  word('org.opencontainers.image.title', 'Human-readable title of the image.'),
  word(
    'org.opencontainers.image.description',
    'Human-readable description of the software in the image.',
  ),
  word('org.opencontainers.image.version', 'Version of the packaged software.'),
  word('org.opencontainers.image.revision', 'Source control revision, such as a commit.'),
  word(
    'org.opencontainers.image.created',
    'Date and time when the image was built, in RFC 3339 format.',
  ),
  word('org.opencontainers.image.licenses', 'Licenses as an SPDX expression.'),
  word(
    'org.opencontainers.image.authors',
    'Contact details of the people responsible for the image.',
  ),
  word('org.opencontainers.image.url', 'URL with more information about the image.'),
  word('org.opencontainers.image.documentation', 'URL of the documentation.'),
  word('org.opencontainers.image.vendor', 'Organization or person that distributes the image.'),
  word('org.opencontainers.image.ref.name', 'Name of the reference for a target.'),
  word('org.opencontainers.image.base.name', 'Reference of the base image.'),
  word('org.opencontainers.image.base.digest', 'Digest of the base image.'),
];

/** Shells for SHELL, as JSON arrays. */
export const shells: readonly WordInfo[] = [
  word(
    '["/bin/bash", "-o", "pipefail", "-c"]',
    'bash with pipefail: a pipeline fails if any of its commands fails.',
  ),
  word('["/bin/bash", "-c"]', 'bash.'),
  word(
    '["/bin/bash", "-euxo", "pipefail", "-c"]',
    'bash with pipefail; exits on errors and unset variables, and prints each command.',
  ),
  word(
    '["/bin/ash", "-eo", "pipefail", "-c"]',
    'Shell of Alpine (ash) with pipefail; exits on errors.',
  ),
  word('["/bin/sh", "-c"]', 'The default on Linux.'),
  word(
    '["powershell", "-Command", "$ErrorActionPreference = \'Stop\';"]',
    'Windows PowerShell; stops at the first error.',
  ),
  word('["pwsh", "-Command"]', 'PowerShell 7.'),
  word('["cmd", "/S", "/C"]', 'The default on Windows.'),
];

/** Platforms that images are commonly built for. */
export const platforms: readonly WordInfo[] = [
  word('linux/amd64', '64-bit x86: Intel and AMD.'),
  word('linux/arm64', '64-bit ARM: Apple silicon, AWS Graviton, Raspberry Pi 3 and later.'),
  word('linux/arm/v7', '32-bit ARMv7 with hardware floating point.'),
  word('linux/arm/v6', '32-bit ARMv6, such as the first Raspberry Pi.'),
  word('linux/386', '32-bit x86.'),
  word('linux/ppc64le', 'IBM POWER.'),
  word('linux/riscv64', '64-bit RISC-V.'),
  word('linux/s390x', 'IBM Z.'),
  word('windows/amd64', 'Windows containers.'),
];

/** Users of base images other than root, by the name of the official image. The group has the same name. */
export const imageUsers: Readonly<Record<string, readonly string[]>> = {
  node: ['node'],
  nginx: ['nginx'],
  postgres: ['postgres'],
  mysql: ['mysql'],
  mariadb: ['mysql'],
  redis: ['redis'],
  valkey: ['valkey'],
  mongo: ['mongodb'],
  rabbitmq: ['rabbitmq'],
  httpd: ['www-data'],
  php: ['www-data'],
  haproxy: ['haproxy'],
  memcached: ['memcache'],
  gradle: ['gradle'],
  jetty: ['jetty'],
  elasticsearch: ['elasticsearch'],
  ubuntu: ['ubuntu'],
};

/** Build checks as named in `# check=skip=` (BuildKit, frontend/dockerfile/linter). */
export const buildChecks: readonly WordInfo[] = [
  word('all', 'All checks.'),
  word('StageNameCasing', 'Stage names should be lowercase.'),
  word('FromAsCasing', '`AS` should match the case of `FROM`.'),
  word('NoEmptyContinuation', 'Multi-line instructions should not contain empty lines.'),
  word('ConsistentInstructionCasing', 'All instructions should use the same case.'),
  word('DuplicateStageName', 'Stage names should be unique.'),
  word(
    'ReservedStageName',
    'Reserved words (`scratch`, `context`) should not be used as stage names.',
  ),
  word('JSONArgsRecommended', '`CMD` and `ENTRYPOINT` should use JSON arrays.'),
  word('MaintainerDeprecated', '`MAINTAINER` is deprecated.'),
  word('UndefinedArgInFrom', '`FROM` should use only declared variables.'),
  word('UndefinedVar', 'Variables should be defined before they are used.'),
  word('WorkdirRelativePath', '`WORKDIR` should use absolute paths.'),
  word(
    'MultipleInstructionsDisallowed',
    'A stage should have only one `CMD`, `ENTRYPOINT` and `HEALTHCHECK`.',
  ),
  word('LegacyKeyValueFormat', '`ENV` and `LABEL` should use `key=value` with an equals sign.'),
  word(
    'RedundantTargetPlatform',
    '`--platform=$TARGETPLATFORM` is redundant, because it is the default.',
  ),
  word('SecretsUsedInArgOrEnv', 'Secrets should not be stored in `ARG` or `ENV`.'),
  word(
    'InvalidDefaultArgInFrom',
    'Default values of `ARG` should give a valid image name in `FROM`.',
  ),
  word('FromPlatformFlagConstDisallowed', '`FROM --platform` should not use a constant value.'),
  word('CopyIgnoredFile', '`COPY` should not use files that `.dockerignore` excludes.'),
  word('InvalidDefinitionDescription', 'Comments above `ARG` and stages should describe them.'),
  word('ExposeProtoCasing', 'Protocols in `EXPOSE` should be lowercase.'),
  word('ExposeInvalidFormat', '`EXPOSE` should not contain an IP address or host port.'),
];

/** The three parser directives. */
export const directives: readonly WordInfo[] = [
  word(
    'syntax',
    'Image of the frontend that parses this file. `docker/dockerfile:1` is always the latest version 1, regardless of the engine version.',
  ),
  word(
    'escape',
    'Character that continues lines and escapes other characters: `\\` (default), or a backtick for Windows paths.',
  ),
  word(
    'check',
    'Configures build checks: `skip=` lists checks to skip, `error=true` makes the build fail on violations.',
  ),
];

/** Ports that the programs of official images listen on. */
export const imagePorts: Readonly<Record<string, string>> = {
  node: '3000',
  python: '8000',
  ruby: '3000',
  php: '9000',
  golang: '8080',
  tomcat: '8080',
  postgres: '5432',
  mysql: '3306',
  mariadb: '3306',
  redis: '6379',
  mongo: '27017',
};
