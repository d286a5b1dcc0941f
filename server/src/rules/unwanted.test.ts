/** Text of real files that is right as it is, or that one report is enough for, by rule. */
import { expect, test } from 'vitest';
import { testRule } from '../../../test/test-rule.ts';
import { lint } from '../lint/lint.ts';
import { createModel } from '../model/lazy-model.ts';
import { ignoreFile } from '../project/ignore-file.ts';
import { parse } from '../syntax/parse.ts';
import { rules } from './index.ts';

function found(text: string, ignored?: string): readonly string[] {
  const surroundings =
    ignored === undefined
      ? {}
      : { surroundings: { ignoreFile: ignoreFile('.dockerignore', ignored) } };
  return lint(createModel(parse(text)), rules, { rules: {} }, surroundings).map(({ rule }) => rule);
}

function severityOf(id: string, text: string): string | undefined {
  return lint(createModel(parse(text)), rules, { rules: {} }).find(({ rule }) => rule === id)
    ?.severity;
}

testRule('secret-in-env', {
  valid: [
    'FROM a:1\nENV OPENAI_API_KEY=""\n',
    "FROM a:1\nARG NPM_TOKEN=''\n",
    'FROM a:1\nENV NGROK_CA_KEY assets/tls/ca.key\n',
    'FROM a:1\nENV TLS_KEY=certs/server.pem\n',
    'FROM a:1\nENV API_KEY_HEADER=X-Api-Key\n',
    'FROM a:1\nENV AUTH_TYPE=oauth2 TOKEN_ISSUER=example SECRET_NAME=db\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nENV «API_KEY»=sk-1234567890abcdef\n' },
    { bad: 'FROM a:1\nARG «API_TOKEN»\n' },
    { bad: 'FROM a:1\nENV «AUTH_TOKEN_NAME»=Ab3dEf6hIj9lMn2pQr5t\n' },
    { bad: 'FROM a:1\nENV «SECRET_KEY»=abc/def\n' },
    { bad: '# check=error=true\nFROM a:1\nENV «API_KEY»=""\n' },
  ],
});

testRule('secret-file-copied', {
  valid: [
    'FROM a:1\nCOPY jenkins.key /war/jenkins-key.pub\n',
    'FROM a:1\nCOPY .env.example .env\n',
    'FROM a:1\nCOPY .env.sample .env.production.template /app/\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nCOPY «.env.production» .env\n' },
    { bad: 'FROM a:1\nCOPY «.env.prod.local» «config/prod.env» /app/\n' },
  ],
});

testRule('pip-no-cache-dir', {
  valid: [
    'FROM a:1 AS b\nRUN pip install c\nFROM d:1\nCOPY --from=b /e /e\n',
    'FROM a:1\nRUN pip install --no-index --find-links=/wheels b\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «pip install» b && pip install c && pip install d\n',
      good: 'FROM a:1\nRUN pip install --no-cache-dir b && pip install --no-cache-dir c && pip install --no-cache-dir d\n',
    },
    { bad: 'FROM a:1 AS b\nRUN «pip install» c\nFROM b\n' },
  ],
});

testRule('apt-no-install-recommends', {
  valid: ['FROM a:1 AS b\nRUN apt-get install -y c\nFROM d:1\nCOPY --from=b /e /e\n'],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «apt-get install» -y b && apt-get install -y c\nRUN «apt-get install» -y d\n',
      good: 'FROM a:1\nRUN apt-get install -y --no-install-recommends b && apt-get install -y --no-install-recommends c\nRUN apt-get install -y --no-install-recommends d\n',
    },
  ],
});

testRule('platform-constant', {
  valid: [
    'FROM --platform=linux/arm64 nvcr.io/nvidia/l4t-base:r36.2.0\n',
    'FROM --platform=linux/arm64 dustynv/pytorch:2.7-r36.4.0\n',
    'FROM --platform=linux/amd64 rocm/pytorch:latest\n',
    'FROM --platform=linux/amd64 mcr.microsoft.com/mssql/server:2022-latest\n',
    'FROM --platform=linux/arm64/v8 example/tool:1.4-arm64\n',
  ],
  invalid: [{ bad: 'FROM --platform=«linux/amd64» nvcr.io/nvidia/pytorch:26.05-py3\n' }],
});

testRule('base-image-platform', {
  invalid: [{ bad: 'FROM --platform=«linux/amd64» nvcr.io/nvidia/l4t-base:r36.2.0\n' }],
});

testRule('ssh-folder-left', {
  valid: [
    'FROM a:1\nRUN mkdir -p ~/.ssh && ssh-keyscan github.com >> ~/.ssh/known_hosts\n',
    'FROM a:1\nRUN mkdir ~/.ssh && echo "StrictHostKeyChecking no" > ~/.ssh/config\n',
  ],
  invalid: [{ bad: 'FROM a:1\nRUN mkdir -p «~/.ssh» && echo a > ~/.ssh/known_hosts\n' }],
});

testRule('curl-follow', {
  valid: ['FROM a:1\nRUN curl -o /d https://b.org/c\n'],
  invalid: [{ bad: 'FROM a:1\nRUN «curl» -fo /d https://b.org/c\n' }],
});

testRule('image-reference-invalid', {
  valid: [
    'FROM my_registry.local/app:1\n',
    'FROM aws_account_id.dkr.ecr.us-east-1.amazonaws.com/x:1\n',
    'FROM a:1\nCOPY --from=my_registry.local/app:1 /a /b\n',
  ],
  invalid: [{ bad: 'FROM «my_registry.local:5000/app:1»\n' }],
});

testRule('git-query-invalid', {
  valid: [
    'FROM a:1\nADD https://b.org/c.git?mtime=commit&fetch-by-commit /d\n',
    'FROM a:1\nADD https://b.org/c.git?mtime=checkout&fetch-by-commit=false /d\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nADD «https://b.org/c.git?mtime=now» /d\n' },
    { bad: 'FROM a:1\nADD «https://b.org/c.git?fetch-by-commit=maybe» /d\n' },
  ],
});

testRule('undefined-variable', {
  invalid: [
    { bad: 'FROM alpine:3.22\nENV A=${«Y»:-${Y}}\nENV B=${«Y»:-$Z}\n'.replace('$Z', '${«Z»}') },
  ],
});

testRule('undefined-from-argument', { invalid: [{ bad: 'FROM ${«Y»:-${Y}}\n' }] });

testRule('template-file', {
  valid: [
    'FROM a:1\nHEALTHCHECK CMD docker inspect --format {{.State}} b\n',
    'FROM a:1\nRUN echo "{{ b }}" > /c\n',
    'FROM a:1\nLABEL b={{c}}\n',
    'FROM a:1\nCOPY <<EOF /b\n{{ if c }}\nEOF\n',
    'FROM a:1\n# {{ if b }}\nRUN c\n',
    'FROM a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n',
  ],
  invalid: [
    { bad: '«{{- $a := .B -}}»\nFROM a:1\n{{ range .C }}\nRUN {{ . }}\n{{ end }}\n' },
    { bad: 'FROM «<%= image %>»\n<% packages.each do |p| %>\nRUN apk add <%= p %>\n<% end %>\n' },
    { bad: 'FROM b:«@@TAG@@»\nRUN c\n' },
    { bad: 'FROM «@BASE@»\nRUN c\n' },
    { bad: '«{% if b %}»\nFROM a:1\n{% endif %}\n' },
    { bad: 'FROM a:1\nRUN b \\\n«{{ if .C }}»\n  && c\\\n{{ end }}\n' },
    { bad: 'FROM a:1\nENV B=«{{ c }}»\n' },
  ],
});

test('says once that a file is a template', () => {
  const text =
    'FROM debian:{{ .Suite }}\n{{ range .Packages }}\nRUN apt-get install {{ . }}\n{{ end }}\n';
  expect(found(text)).toEqual(['template-file']);
  const rest = lint(createModel(parse(text)), rules, { rules: { 'template-file': 'off' } });
  expect(rest.map(({ rule }) => rule)).toContain('unknown-instruction');
});

test('reports an ignore file that Docker rejects, at the first file that the build requires', () => {
  const text = 'FROM alpine:3.22\nCOPY a /a\nCOPY b /b\n';
  for (const line of ['a[', '[a-', '!', 'a\\'])
    expect(
      found(text, `node_modules\n${line}\n`).filter((rule) => rule === 'ignore-file-invalid'),
    ).toHaveLength(1);
  expect(found(text, 'node_modules\n')).not.toContain('ignore-file-invalid');
});

test('reports the whole context as ignored only for the patterns of which BuildKit says so', () => {
  const text = 'FROM alpine:3.22\nWORKDIR /a\nCOPY . .\n';
  for (const pattern of ['*', '**', '**/*']) expect(found(text, pattern)).toContain('copy-ignored');
  for (const pattern of ['.*', '*\n!src', '*.md'])
    expect(found(text, pattern)).not.toContain('copy-ignored');
});

test('severities follow what a problem costs', () => {
  expect(severityOf('world-writable', 'FROM a:1\nRUN chmod -R 777 /usr/local\n')).toBe('warning');
  expect(severityOf('world-writable', 'FROM a:1\nRUN chmod -R 777 /\n')).toBe('warning');
  expect(severityOf('world-writable', 'FROM a:1\nRUN chmod -R 777 /app\n')).toBe('info');
  expect(severityOf('last-user-root', 'FROM a:1\nUSER root\n')).toBe(
    severityOf('user-missing', 'FROM alpine:3.22\nCMD ["a"]\n'),
  );
  expect(severityOf('copy-from-tag-missing', 'FROM a:1\nCOPY --from=b /c /d\n')).toBe(
    severityOf('image-tag-missing', 'FROM a\n'),
  );
});

testRule('undefined-variable', {
  valid: [
    'ARG ROS_DISTRO=jazzy\nFROM ros:${ROS_DISTRO}-ros-base\nRUN . /opt/ros/${ROS_DISTRO}/setup.sh\n',
    'ARG ROS_DISTRO=noetic\nFROM osrf/ros:${ROS_DISTRO}-desktop\nRUN echo ${ROS_DISTRO}\n',
    'ARG NB_USER=a\nFROM quay.io/jupyter/base-notebook:2025-11-24\nRUN echo ${NB_USER}\n',
    'ARG PHPIZE_DEPS=a\nFROM php:8.4-fpm\nRUN echo $PHPIZE_DEPS\n',
  ],
  invalid: [{ bad: 'ARG ROS_DISTRO=jazzy\nFROM ubuntu:24.04\nRUN echo $«ROS_DISTRO»\n' }],
});

testRule('copy-before-install', {
  valid: [
    'FROM lukemathwalker/cargo-chef:0.1.73 AS b\nRUN cargo chef cook --release --recipe-path r.json\nCOPY . .\nRUN cargo build --release\n',
    'FROM gradle:9 AS b\nCOPY build.gradle.kts ./\nRUN gradle build\nCOPY . .\nRUN gradle buildFatJar\n',
  ],
  invalid: [
    { bad: 'FROM rust:1.92\n«COPY . .»\nRUN cargo build --release\n' },
    { bad: 'FROM gradle:9\n«COPY . .»\nRUN gradle buildFatJar --no-daemon\n' },
    { bad: 'FROM gradle:9\n«COPY . .»\nRUN gradle :server:installDist\n' },
  ],
});

testRule('exec-not-expanded', {
  valid: [
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nENTRYPOINT ["C:\\\\VsDevCmd.bat", "&&", "powershell.exe"]\n',
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCMD ["run.cmd", "&&", "b"]\n',
  ],
  invalid: [{ bad: 'FROM a:1\nENTRYPOINT ["a", «"&&"», "b"]\n' }],
});

testRule('removed-in-later-layer', {
  valid: [
    'FROM a:1\nCOPY requirements-dev.txt /tmp/pip-tmp/\nRUN pip install -r /tmp/pip-tmp/requirements-dev.txt && rm -rf /tmp/pip-tmp\n',
    'FROM a:1\nCOPY install.sh key.asc /tmp/setup/\nRUN sh /tmp/setup/install.sh && rm -r /tmp/setup\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nCOPY src /tmp/setup/\nRUN make -C /tmp/setup && rm -r «/tmp/setup»\n' },
  ],
});

testRule('user-missing', {
  valid: [
    'FROM mcr.microsoft.com/playwright:v1.57.0-noble\nCMD ["npx", "playwright", "test"]\n',
    'FROM node:24\nCMD ["npm", "test"]\n',
    'FROM node:24\nCMD npm run test:e2e\n',
    'FROM python:3.14\nENTRYPOINT ["pytest", "-v"]\n',
    'FROM python:3.14\nENTRYPOINT ["python", "-m", "pytest"]\n',
  ],
  invalid: [
    { bad: 'FROM node:24\n«CMD ["npm", "start"]»\n' },
    { bad: 'FROM python:3.14\n«CMD ["python", "-m", "http.server"]»\n' },
    { bad: 'FROM amazoncorretto:21\n«CMD ["java", "-jar", "a.jar"]»\n' },
  ],
});

testRule('template-file', {
  valid: ['FROM a:1\nENV A="{{ b }}"\n', 'FROM a:1\n# ${templateOption:b}\nRUN c\n'],
  invalid: [
    { bad: 'FROM a:1\nARG B="«${templateOption:b}»"\nRUN echo $B\n' },
    { bad: 'FROM a:1\nARG B=«${templateOption:b}»\nRUN echo $B\n' },
  ],
});

testRule('pipefail', {
  valid: [
    'FROM debian:13\nRUN echo "a:$(dd if=/dev/urandom count=1 | base64)" | chpasswd\n',
    'FROM debian:13\nRUN export A=$(curl -f https://b.org | jq .c)\n',
  ],
  invalid: [
    { bad: 'FROM debian:13\nRUN A=$(«curl -f https://b.org | jq .c») && echo $A\n' },
    { bad: 'FROM debian:13\nRUN «curl -f https://b.org | sh»\n' },
  ],
});

testRule('lost-failure', {
  valid: [
    'FROM a:1\nRUN ls -la /run/secrets/; cp /run/secrets/b /c\n',
    'FROM a:1\nRUN env; date; make\n',
  ],
  invalid: [{ bad: 'FROM a:1\nRUN ls -la«;» make«;» make install\n'.replace('«;»', ';') }],
});

testRule('user-missing', {
  valid: [
    'FROM alpine:3.22\nCMD ["printenv", "A"]\n',
    'FROM alpine:3.22\nCMD ["sh", "-c", "echo $A"]\n',
    'FROM alpine:3.22\nCMD cat /a\n',
    'FROM alpine:3.22\nCMD ["/usr/bin/rspamd", "-f", "-u", "_rspamd", "-g", "_rspamd"]\n',
  ],
  invalid: [
    { bad: 'FROM alpine:3.22\n«CMD ["sh", "-c", "echo a; exec b"]»\n' },
    { bad: 'FROM alpine:3.22\n«CMD ["sh", "-c", "node a.js"]»\n' },
    { bad: 'FROM alpine:3.22\n«CMD ["a", "-u", "http://b"]»\n' },
  ],
});

testRule('image-tag-missing', {
  valid: ['ARG O=a\nARG B=quay.io/$O/b\nFROM $B\n', 'ARG O\nARG B=${O}/b\nFROM ${B}\n'],
  invalid: [{ bad: 'ARG B=quay.io/a/b\nFROM «$B»\n' }, { bad: 'FROM «quay.io/a/b»\n' }],
});

testRule('curl-fail', {
  valid: [
    'FROM a:1\nRUN curl -sSL https://b.org/c | bash\n',
    'FROM a:1\nRUN curl -sSL https://b.org/c | python3 -\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN «curl» -sSL https://b.org/c | php -- d\n' },
    { bad: 'FROM a:1\nRUN «curl» -sSL https://b.org/c | tee /d\n' },
  ],
});

testRule('removed-in-later-layer', {
  valid: [
    'FROM a:1\nCOPY scripts/*.sh /tmp/scripts/\nRUN sh /tmp/scripts/b.sh && rm -rf /tmp/scripts/\n',
  ],
});

test('an argument without a default that is the whole image is a hint', () => {
  expect(severityOf('from-default-invalid', 'ARG A\nFROM $A\n')).toBe('hint');
  expect(severityOf('from-default-invalid', 'ARG A\nFROM a:${A}\n')).toBe('info');
});

testRule('apt-no-install-recommends', {
  valid: ['FROM debian:13\nRUN apt-get install -y --only-upgrade ca-certificates\n'],
});

testRule('sudo', {
  valid: ['ARG base\nFROM ${base}\nRUN sudo apt-get update\n'],
  invalid: [
    { bad: 'ARG base\nFROM ${base}\nUSER root\nRUN «sudo» apt-get update\n' },
    { bad: 'ARG base=debian:13\nFROM ${base}\nRUN «sudo» apt-get update\n' },
  ],
});

testRule('pin-pip-versions', {
  valid: [
    'FROM a:1\nRUN uv pip install --system --python-preference system --index-strategy unsafe-best-match b==1\n',
  ],
});

testRule('apt-update-separate', {
  valid: [
    // A script of the base image may install, as in the images of Gitpod and Bitnami.
    'FROM a:1\nRUN apt-get update && install-packages b\nRUN apt-get install -y c\n',
    'FROM a:1\nRUN apt-get update && install_packages b\nRUN apt-get install -y c\n',
    'FROM a:1\nRUN apt-get update && ./deps.sh\nRUN apt-get install -y c\n',
    // It updates the lists by itself.
    'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\nRUN add-apt-repository -y ppa:c/d && apt-get install -y e\n',
    'FROM ubuntu:24.04\nRUN apt-add-repository -y ppa:c/d\nRUN apt-get install -y e\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN install-packages b && «apt-get update»\nRUN apt-get install -y c\n' },
    {
      bad: 'FROM a:1\nRUN «apt-get update» && docker-php-ext-install b\nRUN apt-get install -y c\n',
    },
    { bad: 'FROM a:1\nRUN «apt-get update» && apt-cache policy b\nRUN apt-get install -y c\n' },
    {
      bad: 'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\nRUN add-apt-repository -n -y ppa:c/d && «apt-get install» -y e\n',
    },
  ],
});

testRule('substitution-not-run', {
  valid: [
    'FROM a:1\nARG SCRIPT="if b; then c $(d); fi"\nRUN bash -c "${SCRIPT}"\n',
    'FROM a:1\nENV SCRIPT="c $(d)"\nRUN if e; then sudo sh -ec "$SCRIPT"; fi\n',
    'FROM a:1\nENV SCRIPT="c $(d)"\nRUN eval "$SCRIPT"\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nENV SCRIPT=«"c $(d)"»\nRUN bash "$SCRIPT"\n' },
    { bad: 'FROM a:1\nENV SCRIPT=«"c $(d)"»\nRUN echo "$SCRIPT" && bash -c "$OTHER"\n' },
  ],
});

testRule('ineffective-command', {
  valid: [
    'FROM a:1\nRUN b & \\\n  pid=$!; sleep 10; kill $pid || true\n',
    'FROM a:1\nRUN (b &) && sleep 1 && kill "$(cat /c.pid)"\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN b && «kill» 1\n' },
    { bad: 'FROM a:1\nRUN b > /c 2>&1 && d |& e && «kill» 1\n' },
  ],
});

testRule('undefined-variable', {
  valid: [
    // The same as `ARG UID=6972`: a build argument replaces it.
    'FROM alpine:3.22\nARG UID="${UID:-6972}"\nRUN echo $UID\n',
    'FROM alpine:3.22\nARG A=1 UID=${UID-6972}\nRUN echo $UID $A\n',
  ],
  invalid: [
    // Neither a build argument nor the environment of docker build sets these.
    { bad: 'FROM alpine:3.22\nENV PORT="${«PORT»:-80}"\n' },
    { bad: 'FROM alpine:3.22\nARG PORT="${«OTHER»:-80}"\n' },
    { bad: 'FROM alpine:3.22\nEXPOSE ${«PORT»:-80}\n' },
  ],
});

testRule('export-lost-after-run', {
  valid: [
    'FROM a:1\nRUN git clone https://b.org/c && cd c && make install && cd ../..\n',
    'FROM a:1\nRUN cd /b && make && cd -\n',
    'FROM a:1\nRUN pushd /b && make && cd "$OLDPWD"\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nRUN make && «cd ..»\nRUN c\n' },
    { bad: 'FROM a:1\nRUN cd /b && make && «cd /c»\nRUN d\n' },
  ],
});

test('names the command whose failure is lost, not the assignment after it', () => {
  const text = 'FROM a:1\nRUN mkdir /b && A=$([ "$C" = d ] && echo e || echo f); cp g /b\n';
  const [finding] = lint(createModel(parse(text)), rules, { rules: {} }).filter(
    ({ rule }) => rule === 'lost-failure',
  );
  expect(finding?.message).toContain('`mkdir`');
});

testRule('sudo', {
  valid: [
    'FROM debian:13\nRUN if [ "$(id -u)" -ne 0 ]; then sudo b; else b; fi\n',
    'FROM debian:13\nRUN [ "$EUID" = 0 ] || sudo b\n',
  ],
  invalid: [
    { bad: 'FROM debian:13\nRUN if [ -e /b ]; then «sudo» b; fi\n' },
    { bad: 'FROM debian:13\nRUN «sudo» chown -R "$(id -u)" /b\n' },
  ],
});

test('reports the same ARG of several stages as one warning', () => {
  const severities = (text: string) =>
    lint(createModel(parse(text)), rules, { rules: {} })
      .filter(({ rule }) => rule === 'secret-in-env')
      .map(({ severity }) => severity);
  expect(severities('FROM a:1 AS b\nARG NPM_TOKEN\nFROM a:1\nARG NPM_TOKEN\n')).toEqual(['warning', 'info']); // prettier-ignore
  expect(severities('FROM a:1\nENV NPM_TOKEN=b1\nENV NPM_TOKEN=c2\n')).toEqual(['warning', 'warning']); // prettier-ignore
  expect(severities('FROM a:1\nARG NPM_TOKEN\nENV NPM_TOKEN=$NPM_TOKEN\n')).toEqual(['warning', 'warning']); // prettier-ignore
});
