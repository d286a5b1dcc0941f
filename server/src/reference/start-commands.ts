/** Common commands that start a container, by the image or package that provides the program. */
export interface StartCommand {
  /** The program and its arguments; `{file}` stands for a file that it runs. */
  readonly argv: readonly [program: string, ...rest: readonly string[]];
  /** Official images that have the program. */
  readonly images: readonly string[];
  /** Packages that provide the program, with any package manager. */
  readonly packages: readonly string[];
  /** The extensions of the files that it runs, and a common file name. */
  readonly files?: { readonly ends: readonly string[]; readonly usual: string };
}

const javaImages = ['eclipse-temurin', 'amazoncorretto', 'openjdk', 'ibm-semeru-runtimes', 'sapmachine', 'maven', 'gradle']; // prettier-ignore
const javaPackages = ['default-jre-headless', 'default-jdk', 'openjdk-17-jre-headless', 'openjdk-21-jdk-headless', 'openjdk17-jre-headless', 'openjdk21-jre-headless', 'java-17-openjdk-headless', 'java-21-openjdk-headless']; // prettier-ignore

/** The most common form of a program first. */
export const startCommands: readonly StartCommand[] = [
  start(['gunicorn', '--bind', '0.0.0.0:8000', 'app:app'], [], ['gunicorn']),
  start(
    ['uvicorn', 'main:app', '--host', '0.0.0.0', '--port', '8000'],
    [],
    ['uvicorn', 'fastapi[standard]'],
  ),
  start(['flask', 'run', '--host', '0.0.0.0'], [], ['flask', 'Flask']),
  start(['celery', '-A', 'app', 'worker'], [], ['celery']),
  start(['supervisord', '--nodaemon'], [], ['supervisor']),
  start(['nginx', '-g', 'daemon off;'], ['nginx'], ['nginx']),
  start(['httpd-foreground'], ['httpd'], []),
  start(['apache2ctl', '-D', 'FOREGROUND'], [], ['apache2']),
  start(['php-fpm'], ['php'], []),
  start(['redis-server'], ['redis'], ['redis', 'redis-server']),
  start(['caddy', 'run', '--config', '/etc/caddy/Caddyfile'], ['caddy'], ['caddy']),
  start(['python', '{file}'], ['python', 'pypy'], [], files('main.py', '.py')),
  start(['python', '-m', 'app'], ['python'], []),
  start(['python3', '{file}'], [], ['python3', 'python3-pip'], files('main.py', '.py')),
  start(['node', '{file}'], ['node'], ['nodejs'], files('server.js', '.js', '.mjs', '.cjs')),
  start(['npm', 'start'], ['node'], ['npm', 'nodejs']),
  start(['pm2-runtime', '{file}'], [], ['pm2'], files('server.js', '.js', '.config.js')),
  start(['bun', 'run', '{file}'], ['oven/bun'], ['bun'], files('index.ts', '.ts', '.js')),
  start(['deno', 'run', '{file}'], ['denoland/deno'], [], files('main.ts', '.ts', '.js')),
  start(['java', '-jar', '{file}'], javaImages, javaPackages, files('app.jar', '.jar')),
  start(['ruby', '{file}'], ['ruby'], ['ruby', 'ruby-full'], files('app.rb', '.rb')),
  start(['bundle', 'exec', 'puma'], ['ruby'], ['bundler', 'ruby-bundler']),
  start(['php', '{file}'], ['php'], ['php-cli'], files('index.php', '.php')),
  start(['perl', '{file}'], ['perl'], ['perl'], files('main.pl', '.pl')),
  start(['tini', '--'], [], ['tini']),
  start(['dumb-init', '--'], [], ['dumb-init']),
  start(['bash', '-c'], [], ['bash'], files('start.sh', '.sh')),
  start(['sh', '-c'], [], [], files('start.sh', '.sh')),
];

/** Programs that many images contain, offered once a letter is typed. */
export const usualPrograms: readonly string[] = ['/bin/sh', '/bin/bash', 'sh', 'bash', 'python3', 'python', 'node', 'java', 'tini', '/usr/bin/tini', '/usr/sbin/nginx', '/usr/local/bin/']; // prettier-ignore

function start(
  argv: StartCommand['argv'],
  images: readonly string[],
  packages: readonly string[],
  of?: NonNullable<StartCommand['files']>,
): StartCommand {
  return { argv, images, packages, ...(of && { files: of }) };
}

function files(usual: string, ...ends: readonly string[]): NonNullable<StartCommand['files']> {
  return { ends, usual };
}
