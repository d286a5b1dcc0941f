import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../text/dedent.ts';
import { accept, labelsAfterSpace, labelsAt, itemsAt } from '../../../../test/completion-items.ts';

describe('commands in RUN', () => {
  test('completes subcommands of package managers', async () => {
    expect((await labelsAt('FROM a\nRUN apt-get ‸')).slice(0, 2)).toEqual(['update', 'install']);
    expect(await labelsAfterSpace('FROM a\nRUN apt-get ‸')).toContain('install');
    expect(await accept('FROM a\nRUN apt-get ins‸', 'install')).toBe('FROM a\nRUN apt-get install');
    expect(await labelsAt('FROM a\nRUN make && pip3.12 ‸')).toContain('install');
    expect(await labelsAt('FROM a\nRUN uv pip ‸')).toContain('compile');
    expect(await labelsAt('FROM a\nRUN pacman -‸')).toContain('-Syu');
  });
  test('completes unused options after the subcommand', async () => {
    const found = await labelsAt('FROM a\nRUN apt-get install -y -‸');
    expect(found).toContain('--no-install-recommends');
    expect(found).not.toContain('-y');
    expect(await accept('FROM a\nRUN apt-get install --no‸', '--no-install-recommends')).toBe(
      'FROM a\nRUN apt-get install --no-install-recommends',
    );
  });
  test('completes options of shells, file commands and configure', async () => {
    expect((await labelsAt('FROM a\nRUN set -‸'))[0]).toBe('-eux');
    expect((await labelsAt('FROM a\nRUN rm -‸'))[0]).toBe('-rf');
    expect((await labelsAt('FROM a\nRUN ./configure --‸'))[0]).toBe('--prefix');
  });
  test('completes paths used in the file, nearest first, then common paths of the system', async () => {
    const found = await labelsAt('FROM debian\nRUN make -C /one/a && ls /two; rm -rf /var‸');
    expect(found.filter((path) => /^\/(?:one|two|var\/lib)/.test(path))).toEqual([
      '/var/lib/apt/lists/*',
      '/two',
      '/one/a',
    ]);
    expect(await labelsAt('FROM alpine\nRUN rm -rf /var‸')).not.toContain('/var/lib/apt/lists/*');
    expect(await labelsAt('FROM alpine\nRUN rm -rf /‸')).not.toContain('/tmp/*');
  });
  test('completes cache directories of any program if a path is typed before the command', async () => {
    expect(await labelsAt('FROM a\nRUN --mount=type=cache,target=/r‸')).toContain(
      '/root/.cache/uv',
    );
    expect(await labelsAt('FROM a\nRUN --mount=type=cache,target=‸')).not.toContain(
      '/root/.cache/uv',
    );
  });
  test('a space triggers no options, because package names come next', async () => {
    expect(await labelsAfterSpace('FROM a\nRUN apt-get install ‸')).toEqual([]);
  });
  test('completes in continuation lines, chains and heredocs, and after sudo and python -m', async () => {
    expect(await labelsAt('FROM a\nRUN set -e && \\\n  apt-get \\\n  ‸')).toContain('install');
    expect(await labelsAt('FROM a\nRUN apt-get \\\n  # why\n  ‸')).toContain('install');
    expect(await labelsAt('FROM a\nRUN apt-get update && apk ‸')).toContain('add');
    expect(await labelsAt('FROM a\nRUN <<EOF\nnpm ‸\nEOF\n')).toContain('ci');
    expect(await labelsAt('FROM a\nRUN sudo apt-get ‸')).toContain('install');
    expect(await labelsAt('FROM a\nRUN python -m pip ‸')).toContain('install');
  });
  test('does not complete for other commands, in quotes, and after the end of a command', async () => {
    expect(await labelsAt('FROM a\nRUN make ‸')).not.toContain('purge');
    expect(await labelsAt('FROM a\nRUN apt-get update; ‸')).not.toContain('-y');
    expect(await labelsAt('FROM a\nRUN apt-get "‸')).toEqual([]);
  });
});

describe('names of commands', () => {
  test('offers commands for the image first, then for its system', async () => {
    expect((await labelsAt('FROM node:22-alpine\nRUN ‸')).slice(0, 4)).toEqual([
      'npm ci',
      'npm run build',
      'npm install -g',
      'apk add --no-cache',
    ]);
    for (const before of ['x && ', 'x || ', 'x; ', 'if x; then ', '( ', 'x \\\n  && '])
      expect(await labelsAt(`FROM rockylinux:9\nRUN ${before}‸`), before).toContain(
        'dnf install -y',
      );
    expect(await labelsAt('FROM debian\nRUN <<EOF\nls\nmk‸\nEOF\n')).toEqual(['mkdir -p', 'mkdir']);
    expect(await labelsAt('FROM a\nRUN --network=none cu‸')).toEqual(['curl -fsSL', 'curl']);
  });
  test('offers apt-get update only once', async () => {
    expect(await labelsAt('FROM debian\nRUN apt-get update && apt‸')).toContain(
      'apt-get install -y --no-install-recommends',
    );
  });
  test('offers no commands as arguments or after a space', async () => {
    for (const before of ['echo ', 'x | xargs -n ', 'echo a \\\n  ', 'x=1 echo '])
      expect(await labelsAt(`FROM node\nRUN ${before}‸`), before).not.toContain('npm ci');
    expect(await labelsAt('FROM debian\nRUN <<EOF\necho \\\n‸\nEOF\n')).not.toContain('mkdir -p');
    expect(await labelsAfterSpace('FROM node\nRUN ‸')).toEqual([]);
  });
});

describe('packages', () => {
  test('offers commonly installed packages for each package manager', async () => {
    const common = await labelsAt('FROM debian\nRUN apt-get install -y ‸');
    expect(common.slice(0, 10)).toEqual(expect.arrayContaining(['ca-certificates', 'curl']));
    const names = {
      'apt-get install -y': ['build-essential', 'libssl-dev', 'g++'],
      'apk add --no-cache': ['build-base', 'libpq-dev', 'su-exec'],
      'microdnf install -y': ['gcc-c++', 'openssl-devel'],
      'yum -y install': ['gcc-c++'],
      'pip install': ['gunicorn'],
      'python3 -m pip install --upgrade': ['setuptools'],
      'uv pip install': ['numpy'],
      'npm install -g': ['typescript', '@angular/cli'],
      'pnpm add -g': ['typescript'],
      'gem install': ['bundler'],
      'cargo install': ['cargo-chef'],
      'conda install -y': ['numpy'],
    };
    for (const [command, some] of Object.entries(names)) {
      expect(await labelsAt(`FROM a\nRUN ${command} ‸`), command).toEqual(
        expect.arrayContaining(some),
      );
    }
    expect(await labelsAt('FROM a\nRUN apk add ‸')).not.toContain('build-essential');
  });
  test('does not offer packages that the command already installs, before or after the cursor', async () => {
    const found = await labelsAt(
      'FROM a\nRUN apt-get install -y git \\\n  cu‸ \\\n  wget=1.2 && make',
    );
    expect(found).toContain('curl');
    expect(found).not.toContain('git');
    expect(found).not.toContain('wget');
    expect(await labelsAt('FROM a\nRUN npm install -g typescript@5 ‸')).not.toContain('typescript');
  });
  test('lists packages of other stages first with their pinned version, and those of this stage last', async () => {
    const source = dockerfile`
      FROM debian AS one
      RUN apt-get install -y libodd1 curl=8.14.1-2 && pip install six
      FROM debian
      RUN apt-get install -y git
    `;
    const found = await labelsAt(`${source}RUN apt-get install -y ‸`);
    expect(found.slice(0, 2)).toEqual(['libodd1', 'curl=8.14.1-2']);
    expect(found.indexOf('git')).toBeGreaterThan(found.indexOf('wget'));
    expect(found).not.toContain('six');
    expect(await accept(`${source}RUN apt-get install -y cu‸`, 'curl=8.14.1-2')).toBe(
      `${source}RUN apt-get install -y curl=8.14.1-2`,
    );
  });
  test('completes a version only if the file contains one', async () => {
    expect(await labelsAt('FROM a\nRUN apt-get install python3=‸')).toEqual([]);
    expect(await labelsAt('FROM a\nRUN npm i -g typescript@‸')).toEqual([]);
    const source = dockerfile`
      FROM a
      RUN pip install flask==3.1.0
      FROM b
      RUN pip install flask
    `;
    expect(await labelsAt(source.replace(/flask\n$/, 'flask==‸\n'))).toEqual(['flask==3.1.0']);
  });
  test('offers no packages as option values and for commands that do not install', async () => {
    expect(await labelsAt('FROM a\nRUN apt-get install -t ‸')).not.toContain('curl');
    expect(await labelsAt('FROM a\nRUN pip install -r ‸')).not.toContain('flask');
    expect(await labelsAt('FROM a\nRUN apt-get update cu‸')).toEqual([]);
  });
  test('offers copied requirements files for pip', async () => {
    const source = 'FROM python\nWORKDIR /app\nCOPY requirements.txt a.py ./\nRUN pip install ';
    expect((await labelsAt(`${source}‸`))[0]).toBe('-r requirements.txt');
    expect((await labelsAt(`${source}-r ‸`))[0]).toBe('requirements.txt');
    expect(await labelsAt(`${source}-r requirements.txt ‸`)).not.toContain('-r requirements.txt');
  });
  test('adds the required version to Go programs', async () => {
    expect(await accept('FROM golang\nRUN go install gop‸', 'golang.org/x/tools/gopls')).toBe(
      'FROM golang\nRUN go install golang.org/x/tools/gopls@latest',
    );
  });
  test('describes packages with unclear names', async () => {
    const found = await itemsAt('FROM a\nRUN apt-get install ‸');
    expect(found.find(({ label }) => label === 'procps')?.detail).toBe('ps, top, free and kill');
    expect(found.find(({ label }) => label === 'curl')?.detail).toBeUndefined();
  });
});

describe('build tools', () => {
  test('complete their subcommands and options, also through project wrappers', async () => {
    expect(await labelsAt('FROM a\nRUN dotnet ‸')).toContain('publish');
    expect(await labelsAt('FROM a\nRUN ./mvnw -B package -D‸')).toContain('-DskipTests');
    expect(await labelsAt('FROM a\nRUN ./gradlew boot‸')).toContain('bootJar');
    expect(await labelsAt('FROM a\nRUN tar -‸')).toContain('--strip-components=1');
  });
});

describe('files of the stage', () => {
  const source = 'FROM python\nWORKDIR /app\nCOPY run.sh dev.txt ./\nRUN ';
  test('are offered after options that take a file', async () => {
    expect(await labelsAt(`${source}pip install -r ‸`)).toEqual(['requirements.txt', 'dev.txt']);
    expect(await accept(`${source}pip install -r requ‸`, 'requirements.txt')).toBe(
      `${source}pip install -r requirements.txt`,
    );
    expect(await labelsAfterSpace(`${source}pip install -r ‸`)).toContain('dev.txt');
    expect(await labelsAt(`${source}pip install -e ‸`)).not.toContain('dev.txt');
    expect(await labelsAt('FROM a\nRUN conda env create -f ‸')).toEqual(['environment.yml']);
  });
  test('are offered if a path is typed', async () => {
    expect(await labelsAt(`${source}chmod +x ./‸`)).toContain('./run.sh');
    expect(await labelsAt(`${source}ls /a‸`)).toContain('/app/');
    expect(await labelsAt(`${source}ls r‸`)).not.toContain('./run.sh');
  });
});

describe('cache mounts', () => {
  test('are offered in full for the commands of the RUN', async () => {
    expect(await accept('FROM a\nRUN --mount=‸ npm ci', 'type=cache,target=/root/.npm')).toBe(
      'FROM a\nRUN --mount=type=cache,target=/root/.npm npm ci',
    );
    expect(
      await accept(
        'FROM a\nRUN --‸ apt-get update',
        '--mount=type=cache,target=/var/cache/apt,sharing=locked',
      ),
    ).toBe('FROM a\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update');
  });
  test('are completed after the type with the missing parts', async () => {
    const source = 'FROM a\nRUN --mount=type=cache,';
    const whole = 'target=/var/cache/apt,sharing=locked';
    expect(await accept(`${source}‸ apt-get update`, whole)).toBe(
      `${source}${whole} apt-get update`,
    );
    expect(await labelsAt(`${source}sharing=shared,‸ apt-get update`)).toContain(
      'target=/var/cache/apt',
    );
    expect(await labelsAt(`${source}target=/x,‸ apt-get update`)).not.toContain(whole);
    expect(await labelsAt('FROM a\nRUN --mount=type=bind,‸ apt-get update')).not.toContain(whole);
  });
  test('are offered as the target of a cache if not mounted yet', async () => {
    const found = await labelsAt(
      'FROM a\nRUN --mount=type=cache,target=/var/lib/apt --mount=type=cache,target=‸ apt-get update',
    );
    expect(found[0]).toBe('/var/cache/apt');
    expect(found).not.toContain('/var/lib/apt');
  });
  test('use the home directory of the current user', async () => {
    const source = dockerfile`
      FROM node:22
      USER node
    `;
    expect(await labelsAt(`${source}RUN --mount=‸ npm ci`)).toContain(
      'type=cache,target=/home/node/.npm',
    );
  });
  test('depend on the base image if there is no command yet', async () => {
    expect(await labelsAt('FROM golang:1.27\nRUN --mount=‸')).toContain(
      'type=cache,target=/go/pkg/mod',
    );
  });
  test('complete IDs used by other mounts', async () => {
    const source = 'FROM a\nRUN --mount=type=secret,id=key x\nRUN --mount=type=secret,id=‸';
    expect((await labelsAt(source))[0]).toBe('key');
    expect(await labelsAt('FROM a\nRUN --mount=type=secret,id=k,target=‸')).toContain(
      '/run/secrets/k',
    );
  });
  test('do not offer options that follow the cursor', async () => {
    const found = await labelsAt('FROM a\nRUN --mount=type=cache,‸,sharing=locked x');
    expect(found).toContain('target');
    expect(found).not.toContain('sharing');
  });
});

describe('usual arguments', () => {
  test('of builtins, and what the script assigns after `export`', async () => {
    expect(await labelsAt('FROM debian\nRUN x=1; export ‸')).toContain('x');
    expect(await labelsAt('FROM debian\nRUN . /etc/pro‸')).toContain('/etc/profile');
    expect(await labelsAt('FROM debian\nRUN [ -‸ ]')).toContain('-x');
    expect(await labelsAt('FROM debian\nRUN python3 -‸')).toEqual(
      expect.arrayContaining(['-m', '-c', '-u']),
    );
  });
  test('of subcommands of git, without the options of others', async () => {
    const update = await labelsAt('FROM debian\nRUN git -C /x submodule update --‸');
    expect(update).toEqual(expect.arrayContaining(['--init', '--recursive', '--remote']));
    expect(update).not.toContain('--branch');
    expect(await labelsAt('FROM debian\nRUN git config --‸')).not.toContain('--depth');
    expect(await labelsAt('FROM debian\nRUN git remote ‸')).toContain('add');
  });
  test('no options in quotes', async () => {
    const quoted = await labelsAt('FROM debian\nRUN apt-get install -y "‸"');
    expect(quoted).toContain('curl');
    expect(quoted.some((label) => label.startsWith('-'))).toBe(false);
  });
  test('owners after chown', async () => {
    const labels = await labelsAt('FROM node:24\nRUN chown -R ‸');
    expect(labels[0]).toBe('node:node');
    expect(await labelsAt('FROM node:24\nRUN chown -R node ‸')).not.toContain('node:node');
  });
});

describe('other systems', () => {
  test('package managers of Arch Linux and openSUSE', async () => {
    expect((await labelsAt('FROM archlinux\nRUN ‸'))[0]).toBe('pacman -Syu --noconfirm');
    expect((await labelsAt('FROM opensuse/leap\nRUN ‸'))[0]).toContain('zypper');
    expect(await labelsAt('FROM archlinux\nRUN ‸')).not.toContain('apt-get');
  });
  test('shells, directories, cmdlets and variables of Windows', async () => {
    const windows = '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\n';
    const shell = `${windows}SHELL ["powershell", "-Command"]\n`;
    expect((await labelsAt('# escape=`\nFROM ‸')).slice(0, 3).join()).toContain(
      'mcr.microsoft.com',
    );
    // Also where cmd starts PowerShell.
    expect((await labelsAt(`${windows}RUN powershell -Command ‸`)).slice(0, 5)).toContain('Invoke-WebRequest'); // prettier-ignore
    expect((await labelsAt(`${windows}RUN powershell -NoProfile -Command Expand-Archive a.zip ‸`)).slice(0, 3)).toContain('-DestinationPath'); // prettier-ignore
    expect((await labelsAt(`${windows}SHELL ‸`))[0]).toContain('powershell');
    expect((await labelsAt(`${windows}WORKDIR ‸`))[0]).toBe('C:\\app');
    expect(await labelsAt(`${shell}RUN Get-‸`)).toContain('Get-ChildItem');
    expect(await labelsAt(`${shell}ENV A=1\nRUN echo $env:‸`)).toEqual(
      expect.arrayContaining(['A', 'PATH']),
    );
  });
});
