/** Safe fixes tested with builds: before and after the fixes, the image config and the packages are the same. */
import { afterAll, describe, expect, test } from 'vitest';
import { document } from '../../server/src/model/document.ts';
import { fixAll } from '../../server/src/lint/fix.ts';
import { lint } from '../../server/src/lint/lint.ts';
import { rules } from '../../server/src/rules/index.ts';
import { dockerfile } from '../../server/src/text/dedent.ts';
import { startBuilder, type BuildResult } from './builder.ts';

const samples = {
  'values without an equals sign': dockerfile`
    FROM base
    ENV A one  two \
      three
    ENV B "quoted" 'x' $A
    ENV C=\${A:-none} D=e
    LABEL maintainer Jane "J." Doe <jane@example.org>
    USER 7:8
    WORKDIR /srv
    EXPOSE 8080:80 53/UDP
    CMD echo $B
  `,
  'package lists with operators at the start of lines': dockerfile`
    FROM base
    RUN apt-get update \
        && apt-get install -y \
            # behind a comment
            zlib1g \
            curl \

            git
    CMD ["sh"]
  `,
  'package lists with operators at the end of lines': dockerfile`
    from base as final
    run apt update && \
      apt upgrade -y && \
      apt install -y curl
    run apt-get update && apt-get install -y \
        zip \
        bzip2
  `,
  'a package index that is updated twice': dockerfile`
    FROM base
    RUN apk update && apk --update add git && \
        apk add -t .build gcc
    RUN <<EOF
    apk update
    apk add curl
    EOF
  `,
  'caches of several package managers': dockerfile`
    FROM base
    COPY package.json package-lock.json ./
    RUN npm ci
    RUN pip install requests==2.32.5 \
          -c constraints.txt
    RUN dnf install -y make ; rm -rf /tmp/x
    RUN dnf install -y make
  `,
  'instructions that a later one replaces': dockerfile`
    FROM base AS one
    ADD package.json /srv/
    CMD ["echo", "1"]
    ENTRYPOINT ["echo"]
    CMD ["echo", "2"]
    FROM one
    LABEL a=1
    LABEL b="2 3"
    HEALTHCHECK CMD test -e /srv
    HEALTHCHECK NONE
  `,
};

function fixed(text: string): string {
  const config = { rules: {}, everyRule: true };
  return fixAll(text, (it) => lint(document('', it).model, rules, config), 'safe').text;
}

/** Calls without the commands and options that fixes may add, and with packages in any order. */
function packages({ calls }: BuildResult): readonly string[] {
  const compared = calls.filter(
    (call) => !/^(?:apk update|npm cache clean|dnf clean)\b/.test(call),
  );
  return compared
    .map((call) =>
      call
        .replace(/^apt /, 'apt-get ')
        .replace(/ (?:--no-cache(?:-dir)?|--update|--with-new-pkgs|-y)(?= |$)/g, '')
        .split(' ')
        .sort()
        .join(' '),
    )
    .sort();
}

test('each sample has a fix', () => {
  for (const text of Object.values(samples)) expect(fixed(text)).not.toBe(text);
});

const engine = await startBuilder('base', ['package.json', 'package-lock.json', 'constraints.txt']);

describe.skipIf(engine === undefined)('a fixed file builds the same image', () => {
  afterAll(() => engine?.stop());

  test.concurrent.each(Object.entries(samples))('%s', async (_, text) => {
    if (engine === undefined) return;
    const before = await engine.build(text);
    const after = await engine.build(fixed(text));
    expect(after.config).toEqual(before.config);
    expect(packages(after)).toEqual(packages(before));
  });
});
