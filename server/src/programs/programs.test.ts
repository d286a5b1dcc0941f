import { expect, test } from 'vitest';
import { commands } from '../shell/commands.ts';
import { parseScript } from '../shell/parse.ts';
import type { Command } from '../shell/script.ts';
import { adduser, useradd } from './useradd.ts';
import { apt } from './apt.ts';
import { curl } from './curl.ts';
import { git } from './git.ts';
import { go } from './go.ts';
import { installOf } from './install.ts';
import { pip } from './pip.ts';
import { invoke, type Program } from './program.ts';
import { tar } from './tar.ts';
import { wget } from './wget.ts';

function all(line: string): readonly Command[] {
  return commands(parseScript({ at: 0, text: line }, 'sh')).map(({ command }) => command);
}

function installed(line: string): unknown[] {
  return all(line).flatMap((command) => {
    const found = installOf(command);
    if (!found) return [];
    const packages = found.packages.map(
      ({ name, operator, version, from }) =>
        name +
        (version === undefined ? '' : ` ${operator ?? '(option)'} ${version}`) +
        (from === 'registry' ? '' : ` (${from})`),
    );
    return [[found.manager, ...packages]];
  });
}

test.each([
  ['apt-get install -y curl', ['apt', 'curl']],
  [
    'apt-get -qq -o Dpkg::Options::=x install -t bookworm --no-install-recommends a=1.2 b/sid c:i386',
    ['apt', 'a = 1.2', 'b / sid', 'c'],
  ],
  [
    'apt-get install -y g++ libstdc++6 vim+ nano- g++-',
    ['apt', 'g++', 'libstdc++6', 'vim', 'nano', 'g++'],
  ],
  ['apt install -yt stable ./a.deb -- b', ['apt', './a.deb (path)', 'b']],
  ['DEBIAN_FRONTEND=noninteractive sudo aptitude install x', ['apt', 'x']],
  [
    'apk add --no-cache -t .build gcc=~9 musl-dev>1 "a<2" b@edge --repository http://x',
    ['apk', 'gcc =~ 9', 'musl-dev', 'a < 2', 'b'],
  ],
  [
    'yum -y install httpd-2.4.6-99.el7 java-11-openjdk gcc-c++ https://x/y.rpm',
    ['dnf', 'httpd - 2.4.6-99.el7', 'java-11-openjdk', 'gcc-c++', 'https://x/y.rpm (url)'],
  ],
  ['microdnf install --setopt install_weak_deps=0 -y tar', ['dnf', 'tar']],
  ['zypper -n in "vim>=8" git=2.1', ['zypper', 'vim >= 8', 'git = 2.1']],
  ['pacman -Syu --noconfirm extra/git', ['pacman', 'git']],
  [
    'pip install --no-cache-dir -r requirements.txt -i https://x "flask[async]==2.0" django>=3',
    ['pip', 'flask == 2.0', 'django'],
  ],
  ['python3 -m pip install -U pip setuptools==1 .', ['pip', 'pip', 'setuptools == 1', '. (path)']],
  [
    'pip3.11 install git+https://github.com/a/b "c @ https://x/c.whl" .[dev] -e .',
    ['pip', 'git+https://github.com/a/b (url)', 'c (url)', '.[dev] (path)'],
  ],
  ['uv pip install --system --python 3.12 ruff==0.5', ['uv', 'ruff == 0.5']],
  ['uv tool install ruff@0.5', ['uv', 'ruff @ 0.5']],
  [
    'npm install -g --registry https://r yarn@1.22 @vue/cli @a/b@^2 ./x owner/repo',
    ['npm', 'yarn @ 1.22', '@vue/cli', '@a/b @ ^2', './x (path)', 'owner/repo (url)'],
  ],
  ['npm --prefix web i', ['npm']],
  ['yarn global add serve@14 && yarn add -D x', ['yarn', 'serve @ 14']],
  ['pnpm add -C web typescript', ['pnpm', 'typescript']],
  ['gem install bundler:2.1 rake', ['gem', 'bundler : 2.1', 'rake']],
  ['gem install rails -v 7.0', ['gem', 'rails (option) 7.0']],
  [
    'go install -ldflags "-s -w" example.com/x@v1.2 ./cmd/...',
    ['go', 'example.com/x @ v1.2', './cmd/... (path)'],
  ],
  ['cargo install --locked ripgrep@14', ['cargo', 'ripgrep @ 14']],
  ['cargo install ripgrep --version 14', ['cargo', 'ripgrep (option) 14']],
  ['composer require --no-dev -d app a/b:^1 c/d', ['composer', 'a/b : ^1', 'c/d']],
  [
    'conda install -y -c conda-forge -n base python=3.11 conda-forge::numpy',
    ['conda', 'python = 3.11', 'numpy'],
  ],
])('finds the packages of %s', (line, expected) => {
  expect(installed(line)[0]).toEqual(expected);
});

test('finds no packages in commands that install nothing', () => {
  expect(
    installed('apt-get update; npm ci; pip list; pacman -Sc; go build ./x; foo install y'),
  ).toEqual([]);
});

function read(line: string, program: Program): unknown {
  const [command] = all(line);
  const found = command && invoke(command, program);
  if (!found) return undefined;
  return {
    ...(found.subcommand && { sub: found.subcommand.text }),
    options: found.options.map(({ name, value }) => (value ? `${name} ${value.text}` : name)),
    operands: found.operands.map(({ text }) => text),
  };
}

test('parses combined options, attached values and the end of options', () => {
  expect(read('apt-get -qqyo=A=1 -o B=2 -t=sid install -- -x', apt)).toEqual({
    sub: 'install',
    options: ['-q', '-q', '-y', '-o A=1', '-o B=2', '-t sid'],
    operands: ['-x'],
  });
  expect(read('curl -fsSLo out -H "A: b" --retry 3 --output=x http://u', curl)).toEqual({
    options: ['-f', '-s', '-S', '-L', '-o out', '-H A: b', '--retry 3', '--output x'],
    operands: ['http://u'],
  });
  expect(read('wget -qO- http://u', wget)).toEqual({
    options: ['-q', '-O -'],
    operands: ['http://u'],
  });
  expect(read('tar xzfC a.tgz /opt --strip-components=1', tar)).toEqual({
    options: ['-x', '-z', '-f a.tgz', '-C /opt', '--strip-components 1'],
    operands: [],
  });
  expect(read('tar -xzf a.tgz', tar)).toEqual({ options: ['-x', '-z', '-f a.tgz'], operands: [] });
  expect(read('go build -ldflags="-s -w" -o /x -v .', go)).toEqual({
    sub: 'build',
    options: ['-ldflags -s -w', '-o /x', '-v'],
    operands: ['.'],
  });
  expect(read('git -C d clone --depth 1 -b v1 u d', git)).toEqual({
    sub: 'clone',
    options: ['-C d', '--depth 1', '-b v1'],
    operands: ['u', 'd'],
  });
  expect(read('useradd -r -u 1000 -ms /bin/sh app', useradd)).toEqual({
    options: ['-r', '-u 1000', '-m', '-s /bin/sh'],
    operands: ['app'],
  });
  expect(read('adduser -D -u 1000 app', adduser)).toEqual({
    options: ['-D', '-u 1000'],
    operands: ['app'],
  });
  expect(read('pip3.9 install x', pip)).toEqual({ sub: 'install', options: [], operands: ['x'] });
  expect(read('foo install x', pip)).toBeUndefined();
});

test('finds options by name, and repeated ones by number', () => {
  const [command] = all('apt-get install -q -qy x');
  const found = command && invoke(command, apt);
  expect(found?.has('-y')).toBe(true);
  expect(found?.has('-qq')).toBe(true);
  expect(found?.has('-qqq')).toBe(false);
  expect(found?.has('--yes', '-q')).toBe(true);
});

test('an attached value has its own span', () => {
  const line = 'curl --output=a/b http://u';
  const [command] = all(line);
  const value = command && invoke(command, curl)?.value('--output');
  expect(value && line.slice(value.span.start, value.span.end)).toBe('a/b');
});
