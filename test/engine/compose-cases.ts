/** Compose projects as people write them, with one image that needs no registry. */

export interface ComposeCase {
  readonly name: string;
  /** Path → text. `{{image}}` is the image; `{{run X}}` a process that prints `X is up` and runs until it is stopped. */
  readonly files: Readonly<Record<string, string>>;
  /** The files that the command is called on. */
  readonly open: readonly string[];
  /** The answers to questions of Compose Up; with `options`, of Compose Up with Options. */
  readonly answers?: readonly string[];
  readonly options?: true;
  /** The services with containers after it, each with what its log contains. */
  readonly up: Readonly<Record<string, string>>;
  /** The service that is scaled to two containers. */
  readonly scale?: string;
  /** Answers to the questions of Compose Down; by default, without its volumes. */
  readonly down?: readonly string[];
  /** Volumes that remain after it, without the prefix of the project. */
  readonly volumes?: readonly string[];
}

const service = (name: string, more = ''): string => `  ${name}:
    image: {{image}}
    command: {{run ${name}}}
${more === '' ? '' : `${more.replace(/^(?=.)/gm, '    ')}\n`}`;

const services = (...all: readonly string[]): string => `services:\n${all.join('')}`;

export const composeCases: readonly ComposeCase[] = [
  {
    name: 'one service in compose.yaml',
    files: { 'compose.yaml': services(service('web')) },
    open: ['compose.yaml'],
    up: { web: 'web is up' },
    scale: 'web',
  },
  {
    name: 'two services in docker-compose.yml with a version',
    files: { 'docker-compose.yml': `version: "3.8"\n${services(service('web'), service('db'))}` },
    open: ['docker-compose.yml'],
    up: { web: 'web is up', db: 'db is up' },
    scale: 'db',
  },
  {
    name: 'an override that Compose finds by itself',
    files: {
      'compose.yml': services(service('web', 'environment: [COLOR=red]')),
      'compose.override.yml': services(
        '  web:\n    environment: [COLOR=blue]\n',
        service('helper'),
      ),
    },
    open: ['compose.yml'],
    up: { web: 'web is up blue', helper: 'helper is up' },
  },
  {
    name: 'the override, opened by itself',
    files: {
      'docker-compose.yml': services(service('web')),
      'docker-compose.override.yml': services('  web:\n    environment: [COLOR=green]\n'),
    },
    open: ['docker-compose.override.yml'],
    up: { web: 'web is up green' },
  },
  {
    name: 'several selected files, the base first whatever their order',
    files: {
      'compose.yaml': services(service('web', 'environment: [COLOR=red]')),
      'compose.a-prod.yaml': services('  web:\n    environment: [COLOR=gold]\n'),
      'compose.b-debug.yaml': services(service('debug')),
    },
    open: ['compose.b-debug.yaml', 'compose.a-prod.yaml', 'compose.yaml'],
    up: { web: 'web is up gold', debug: 'debug is up' },
    scale: 'debug',
  },
  {
    name: 'a file for production on top of the base',
    files: {
      'compose.yaml': services(service('web', 'environment: [COLOR=red]')),
      'compose.prod.yaml': services('  web:\n    environment: [COLOR=white]\n'),
    },
    open: ['compose.prod.yaml'],
    answers: ['compose.yaml with compose.prod.yaml'],
    up: { web: 'web is up white' },
  },
  {
    name: 'another file alone',
    files: {
      'compose.yaml': services(service('web')),
      'compose.tools.yaml': services(service('tool')),
    },
    open: ['compose.tools.yaml'],
    answers: ['compose.tools.yaml alone'],
    up: { tool: 'tool is up' },
  },
  {
    name: 'services without a profile',
    files: {
      'compose.yaml': services(service('web'), service('admin', 'profiles: [tools]')),
    },
    open: ['compose.yaml'],
    up: { web: 'web is up' },
  },
  {
    name: 'a profile that was chosen',
    files: {
      'compose.yaml': services(
        service('web'),
        service('admin', 'profiles: [tools]'),
        service('trace', 'profiles: [debug, tools]'),
        service('idle', 'profiles: [other]'),
      ),
    },
    open: ['compose.yaml'],
    options: true,
    answers: ['tools', '✓', ''],
    up: { web: 'web is up', admin: 'admin is up', trace: 'trace is up' },
    scale: 'trace',
  },
  {
    name: 'dependencies that must be healthy',
    files: {
      'compose.yaml': services(
        service('web', 'depends_on:\n  db:\n    condition: service_healthy'),
        service(
          'db',
          'healthcheck:\n  test: ["CMD", "true"]\n  interval: 200ms\n  timeout: 2s\n  retries: 20',
        ),
      ),
    },
    open: ['compose.yaml'],
    up: { web: 'web is up', db: 'db is up' },
  },
  {
    name: 'a dependency that must have completed',
    files: {
      'compose.yaml': services(
        service('web', 'depends_on:\n  migrate:\n    condition: service_completed_successfully'),
        '  migrate:\n    image: {{image}}\n    command: echo migrated\n',
      ),
    },
    open: ['compose.yaml'],
    up: { web: 'web is up', migrate: 'migrated' },
  },
  {
    name: 'one of the services, with its dependency',
    files: {
      'compose.yaml': services(
        service('web', 'depends_on: [db]'),
        service('db'),
        service('unrelated'),
      ),
    },
    open: ['compose.yaml'],
    options: true,
    answers: ['web', ''],
    up: { web: 'web is up', db: 'db is up' },
  },
  {
    name: 'a build',
    files: {
      'compose.yaml': services('  web:\n    build: .\n'),
      Dockerfile: 'FROM {{image}}\nCOPY greeting /greeting\nCMD ["cat", "/greeting"]\n',
      greeting: 'hello from a build\n',
    },
    open: ['compose.yaml'],
    up: { web: 'hello from a build' },
  },
  {
    name: 'a build with a target, arguments and another Dockerfile, built again by an option',
    files: {
      'compose.yaml': services(
        '  web:\n    build:\n      context: app\n      dockerfile: build.Dockerfile\n      target: small\n      args: { WHO: compose }\n',
      ),
      'app/build.Dockerfile':
        'FROM {{image}} AS small\nARG WHO\nENV WHO=${WHO}\nCMD ["sh", "-c", "echo built by $WHO"]\nFROM small AS large\nRUN false\n',
    },
    open: ['compose.yaml'],
    options: true,
    answers: ['✓', 'Build images first'],
    up: { web: 'built by compose' },
  },
  {
    name: 'variables of .env',
    files: {
      'compose.yaml': services(service('web', 'environment:\n  COLOR: ${SHADE:?is not set}')),
      '.env': 'SHADE=cyan\n',
    },
    open: ['compose.yaml'],
    up: { web: 'web is up cyan' },
  },
  {
    name: 'another file of variables that was chosen, also for Down',
    files: {
      'compose.yaml': services(service('web', 'environment:\n  COLOR: ${SHADE:?is not set}')),
      '.env.staging': 'SHADE=pink\n',
    },
    open: ['compose.yaml'],
    options: true,
    answers: ['.env.staging', '✓', ''],
    up: { web: 'web is up pink' },
    scale: 'web',
  },
  {
    name: 'files of variables of a service',
    files: {
      'compose.yaml': services(service('web', 'env_file: [one.env, two.env]')),
      'one.env': 'COLOR=black\nOTHER=1\n',
      'two.env': 'COLOR=grey\n',
    },
    open: ['compose.yaml'],
    up: { web: 'web is up grey' },
  },
  {
    name: 'volumes that Down keeps',
    files: {
      'compose.yaml': `${services(service('db', 'volumes: ["data:/data", "/cache"]'))}volumes:\n  data:\n`,
    },
    open: ['compose.yaml'],
    up: { db: 'db is up' },
    down: ['Down'],
    volumes: ['data'],
  },
  {
    name: 'volumes that are removed when it is confirmed',
    files: {
      'compose.yaml': `${services(service('db', 'volumes: ["data:/data", "more:/more"]'))}volumes:\n  data:\n  more:\n`,
    },
    open: ['compose.yaml'],
    up: { db: 'db is up' },
    down: ['Down and Remove Volumes…', 'Down and Remove Volumes'],
  },
  {
    name: 'a name in the file, and networks with aliases and addresses',
    files: {
      'compose.yaml': `name: named-by-its-file\n${services(
        service(
          'web',
          'networks:\n  front: { aliases: [www] }\n  back: { ipv4_address: 172.30.7.9 }',
        ),
        service('db', 'networks: [back]'),
      )}networks:\n  front:\n  back:\n    ipam:\n      config: [{ subnet: 172.30.7.0/24 }]\n`,
    },
    open: ['compose.yaml'],
    up: { web: 'web is up', db: 'db is up' },
    scale: 'db',
  },
  {
    name: 'files that are included',
    files: {
      'compose.yaml': `include:\n  - parts/db.yaml\n${services(service('web', 'depends_on: [db]'))}`,
      'parts/db.yaml': services(service('db')),
    },
    open: ['compose.yaml'],
    up: { web: 'web is up', db: 'db is up' },
    scale: 'web',
  },
  {
    name: 'anchors, extensions and services that extend others',
    files: {
      'compose.yaml': `x-common: &common\n  image: {{image}}\n  environment: { COLOR: teal }\nservices:\n  web:\n    <<: *common\n    command: {{run web}}\n  api:\n    extends: { service: web }\n    command: {{run api}}\n`,
    },
    open: ['compose.yaml'],
    up: { web: 'web is up teal', api: 'api is up teal' },
  },
  {
    name: 'a folder and a file with spaces, quotes and other alphabets',
    files: {
      "my 'own' $APP 应用/docker-compose.dev 1.yml": services(service('web')),
    },
    open: ["my 'own' $APP 应用/docker-compose.dev 1.yml"],
    up: { web: 'web is up' },
    scale: 'web',
  },
  {
    name: 'secrets and configurations from files, and replicas',
    files: {
      'compose.yaml': `${services(
        '  web:\n    image: {{image}}\n    command: sh -c "cat /run/secrets/token /settings; sleep 1000"\n    stop_signal: SIGKILL\n    secrets: [token]\n    configs: [{ source: settings, target: /settings }]\n    deploy: { replicas: 1 }\n',
      )}secrets:\n  token: { file: ./token.txt }\nconfigs:\n  settings: { content: "mode=test" }\n`,
      'token.txt': 'a-token\n',
    },
    open: ['compose.yaml'],
    up: { web: 'a-token' },
    scale: 'web',
  },
];
