/** Common commands that start a container, by the image or package that provides the program. */
export interface StartCommand {
  /** The program and its arguments; `{file}` stands for a file that it runs. */
  readonly argv: readonly [program: string, ...rest: readonly string[]];
  /** Official images that have the program. */
  readonly images: readonly string[];
  /** Packages that provide the program, with any package manager. */
  readonly packages: readonly string[];
  /** The extensions of the files that it runs, and a common file name. */
  readonly files?: { readonly extensions: readonly string[]; readonly commonName: string };
}

const javaImages = ['eclipse-temurin', 'amazoncorretto', 'openjdk', 'ibm-semeru-runtimes', 'sapmachine', 'maven', 'gradle']; // prettier-ignore
const javaPackages = ['default-jre-headless', 'default-jdk', 'openjdk-17-jre-headless', 'openjdk-21-jdk-headless', 'openjdk17-jre-headless', 'openjdk21-jre-headless', 'java-17-openjdk-headless', 'java-21-openjdk-headless']; // prettier-ignore

/** The most common form of a program first. */
export const startCommands: readonly StartCommand[] = [
  startCommand(['gunicorn', '--bind', '0.0.0.0:8000', 'app:app'], [], ['gunicorn']),
  startCommand(
    ['uvicorn', 'main:app', '--host', '0.0.0.0', '--port', '8000'],
    [],
    ['uvicorn', 'fastapi[standard]'],
  ),
  startCommand(['flask', 'run', '--host', '0.0.0.0'], [], ['flask', 'Flask']),
  startCommand(['celery', '-A', 'app', 'worker'], [], ['celery']),
  startCommand(['supervisord', '--nodaemon'], [], ['supervisor']),
  startCommand(['nginx', '-g', 'daemon off;'], ['nginx'], ['nginx']),
  startCommand(['httpd-foreground'], ['httpd'], []),
  startCommand(['apache2ctl', '-D', 'FOREGROUND'], [], ['apache2']),
  startCommand(['php-fpm'], ['php'], []),
  startCommand(['redis-server'], ['redis'], ['redis', 'redis-server']),
  startCommand(['caddy', 'run', '--config', '/etc/caddy/Caddyfile'], ['caddy'], ['caddy']),
  startCommand(['python', '{file}'], ['python', 'pypy'], [], files('main.py', '.py')),
  startCommand(['python', '-m', 'app'], ['python'], []),
  startCommand(['python3', '{file}'], [], ['python3', 'python3-pip'], files('main.py', '.py')),
  startCommand(['node', '{file}'], ['node'], ['nodejs'], files('server.js', '.js', '.mjs', '.cjs')),
  startCommand(['npm', 'start'], ['node'], ['npm', 'nodejs']),
  startCommand(['pm2-runtime', '{file}'], [], ['pm2'], files('server.js', '.js', '.config.js')),
  startCommand(['bun', 'run', '{file}'], ['oven/bun'], ['bun'], files('index.ts', '.ts', '.js')),
  startCommand(['deno', 'run', '{file}'], ['denoland/deno'], [], files('main.ts', '.ts', '.js')),
  startCommand(['java', '-jar', '{file}'], javaImages, javaPackages, files('app.jar', '.jar')),
  startCommand(['ruby', '{file}'], ['ruby'], ['ruby', 'ruby-full'], files('app.rb', '.rb')),
  startCommand(['bundle', 'exec', 'puma'], ['ruby'], ['bundler', 'ruby-bundler']),
  startCommand(['php', '{file}'], ['php'], ['php-cli'], files('index.php', '.php')),
  startCommand(['perl', '{file}'], ['perl'], ['perl'], files('main.pl', '.pl')),
  startCommand(['tini', '--'], [], ['tini']),
  startCommand(['dumb-init', '--'], [], ['dumb-init']),
  startCommand(['bash', '-c'], [], ['bash'], files('start.sh', '.sh')),
  startCommand(['sh', '-c'], [], [], files('start.sh', '.sh')),
];

/** Programs that many images contain, offered once a letter is typed. */
export const commonPrograms: readonly string[] = ['/bin/sh', '/bin/bash', 'sh', 'bash', 'python3', 'python', 'node', 'java', 'tini', '/usr/bin/tini', '/usr/sbin/nginx', '/usr/local/bin/']; // prettier-ignore

function startCommand(
  argv: StartCommand['argv'],
  images: readonly string[],
  packages: readonly string[],
  runFiles?: NonNullable<StartCommand['files']>,
): StartCommand {
  return { argv, images, packages, ...(runFiles && { files: runFiles }) };
}

function files(
  commonName: string,
  ...extensions: readonly string[]
): NonNullable<StartCommand['files']> {
  return { extensions: extensions, commonName: commonName };
}
