/** Words of instructions that have a meaning of their own. Texts are Markdown in plain English. */
export interface WordInfo {
  readonly name: string;
  readonly documentation: string;
}

export function word(name: string, documentation: string): WordInfo {
  return { name, documentation };
}

/** Signals that programs are stopped with; the numbers are those of Linux on amd64 and arm64. */
export const signals: readonly (WordInfo & { readonly number: number })[] = [
  {
    ...word('SIGTERM', 'Asks the program to end; the default of `docker stop`.'),
    number: 15,
  },
  {
    ...word('SIGINT', 'As Ctrl+C does; PostgreSQL ends quickly with it, and so does Node.js.'),
    number: 2,
  },
  {
    ...word('SIGQUIT', 'Ends in an orderly way in nginx and php-fpm; a core dump in others.'),
    number: 3,
  },
  { ...word('SIGWINCH', 'Ends in an orderly way in Apache httpd; others ignore it.'), number: 28 },
  { ...word('SIGHUP', 'The terminal is gone; servers often read their settings anew.'), number: 1 },
  {
    ...word('SIGKILL', 'Ends the program at once, which cannot clean up after itself.'),
    number: 9,
  },
  { ...word('SIGUSR1', 'What the program itself makes of it.'), number: 10 },
  { ...word('SIGUSR2', 'What the program itself makes of it.'), number: 12 },
  {
    ...word('SIGRTMIN+3', 'Ends systemd as the first program of a container.'),
    number: 37,
  },
];

/** Ports that programs listen on unless told otherwise. */
export const ports: readonly WordInfo[] = [
  word('80', 'HTTP: nginx, Apache httpd, Caddy'),
  word('443', 'HTTPS: nginx, Apache httpd, Caddy'),
  word('8080', 'HTTP without root: Tomcat, Spring Boot, .NET 8 and later'),
  word('3000', 'Node.js, Next.js, Rails, Grafana'),
  word('8000', 'Django, FastAPI with Uvicorn, Gunicorn'),
  word('5000', 'Flask, the Docker registry'),
  word('8501', 'Streamlit'),
  word('8888', 'Jupyter'),
  word('5173', 'Vite'),
  word('4200', 'Angular'),
  word('4000', 'Phoenix'),
  word('9000', 'PHP-FPM, MinIO, SonarQube'),
  word('8443', 'HTTPS without root'),
  word('5432', 'PostgreSQL'),
  word('3306', 'MySQL, MariaDB'),
  word('27017', 'MongoDB'),
  word('6379', 'Redis, Valkey'),
  word('11211', 'memcached'),
  word('5672', 'RabbitMQ'),
  word('15672', 'RabbitMQ, management'),
  word('9092', 'Kafka'),
  word('2181', 'ZooKeeper'),
  word('9200', 'Elasticsearch, OpenSearch'),
  word('5601', 'Kibana'),
  word('9090', 'Prometheus'),
  word('9042', 'Cassandra'),
  word('7474', 'Neo4j'),
  word('8086', 'InfluxDB'),
  word('8123', 'ClickHouse, HTTP'),
  word('1433', 'SQL Server'),
  word('1883', 'MQTT'),
  word('50051', 'gRPC, by custom'),
  word('11434', 'Ollama'),
  word('7860', 'Gradio'),
  word('6006', 'TensorBoard'),
  word('22', 'SSH'),
  word('53', 'DNS'),
];

/** Labels of the OCI (github.com/opencontainers/image-spec, annotations.md). */
export const labels: readonly WordInfo[] = [
  word('org.opencontainers.image.source', 'Address of the source code.'),
  word('org.opencontainers.image.title', 'Name of the image for people.'),
  word('org.opencontainers.image.description', 'What the software in the image does.'),
  word('org.opencontainers.image.version', 'Version of the packaged software.'),
  word('org.opencontainers.image.revision', 'Revision of the source code, such as a commit.'),
  word('org.opencontainers.image.created', 'When the image was built, by RFC 3339.'),
  word('org.opencontainers.image.licenses', 'Licences as an SPDX expression.'),
  word('org.opencontainers.image.authors', 'Who answers for the image, and how to reach them.'),
  word('org.opencontainers.image.url', 'Address with more about the image.'),
  word('org.opencontainers.image.documentation', 'Address of the documentation.'),
  word('org.opencontainers.image.vendor', 'Who gives the image out.'),
  word('org.opencontainers.image.ref.name', 'Name of the reference for a target.'),
  word('org.opencontainers.image.base.name', 'Reference of the base image.'),
  word('org.opencontainers.image.base.digest', 'Digest of the base image.'),
];

/** Shells for SHELL, as the JSON array that it wants. */
export const shells: readonly WordInfo[] = [
  word(
    '["/bin/bash", "-o", "pipefail", "-c"]',
    'bash; a pipe fails when any of its commands fails.',
  ),
  word('["/bin/bash", "-c"]', 'bash.'),
  word(
    '["/bin/bash", "-euxo", "pipefail", "-c"]',
    'bash; stops at the first failure and at names that are not set, and shows each command.',
  ),
  word('["/bin/ash", "-eo", "pipefail", "-c"]', 'The shell of Alpine, with pipefail.'),
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
  word('linux/amd64', '64-bit PCs and servers of Intel and AMD.'),
  word('linux/arm64', '64-bit ARM: Apple silicon, AWS Graviton, Raspberry Pi 3 and later.'),
  word('linux/arm/v7', '32-bit ARM with floating point.'),
  word('linux/arm/v6', 'Old 32-bit ARM, such as the first Raspberry Pi.'),
  word('linux/386', '32-bit PCs.'),
  word('linux/ppc64le', 'IBM POWER.'),
  word('linux/riscv64', '64-bit RISC-V.'),
  word('linux/s390x', 'IBM Z.'),
  word('windows/amd64', 'Windows containers.'),
];

/** Users that base images have beside root; by the official image's name, the group is the same. */
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

/** Checks of BuildKit, as `# check=skip=` names them (frontend/dockerfile/linter). */
export const buildChecks: readonly WordInfo[] = [
  word('all', 'All checks.'),
  word('StageNameCasing', 'Stage names in small letters.'),
  word('FromAsCasing', '`FROM` and `AS` in the same casing.'),
  word('NoEmptyContinuation', 'No empty lines in a continued instruction.'),
  word('ConsistentInstructionCasing', 'All instructions in the same casing.'),
  word('DuplicateStageName', 'Stage names that are given once.'),
  word('ReservedStageName', 'No `scratch` or `context` as the name of a stage.'),
  word('JSONArgsRecommended', '`CMD` and `ENTRYPOINT` as JSON arrays.'),
  word('MaintainerDeprecated', 'No `MAINTAINER`.'),
  word('UndefinedArgInFrom', 'No undeclared variable in `FROM`.'),
  word('UndefinedVar', 'No variable that nothing declares.'),
  word('WorkdirRelativePath', 'Absolute paths in `WORKDIR`.'),
  word('MultipleInstructionsDisallowed', 'One `CMD`, `ENTRYPOINT` and `HEALTHCHECK` a stage.'),
  word('LegacyKeyValueFormat', '`ENV key=value` with an equals sign.'),
  word('RedundantTargetPlatform', 'No `--platform=$TARGETPLATFORM`, which is the default.'),
  word('SecretsUsedInArgOrEnv', 'No secrets in `ARG` and `ENV`.'),
  word('InvalidDefaultArgInFrom', 'Defaults with which `FROM` names an image.'),
  word('FromPlatformFlagConstDisallowed', 'No constant platform in `FROM`.'),
  word('CopyIgnoredFile', 'No `COPY` of what `.dockerignore` leaves out.'),
  word('InvalidDefinitionDescription', 'Comments above `ARG` and stages that describe them.'),
  word('ExposeProtoCasing', 'Protocols of `EXPOSE` in small letters.'),
  word('ExposeInvalidFormat', 'No host and no address in `EXPOSE`.'),
];

/** What the three directives are for. */
export const directives: readonly WordInfo[] = [
  word(
    'syntax',
    'The image of the frontend that reads this file. `docker/dockerfile:1` is the newest of version 1, whatever the age of the engine.',
  ),
  word(
    'escape',
    'The character that continues a line and escapes others: `\\`, or a back-tick for the sake of Windows paths.',
  ),
  word(
    'check',
    'How BuildKit checks this file: `skip=` names checks to leave out, `error=true` makes a build fail by them.',
  ),
];

/** Where the programs of official images listen. */
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
