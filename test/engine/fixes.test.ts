/** Safe fixes held against an engine: what built before builds after, into the same image, from the same packages. */
import { afterAll, describe, expect, test } from 'vitest';
import { document } from '../../server/src/model/document.ts';
import { fixAll } from '../../server/src/lint/fix.ts';
import { lint } from '../../server/src/lint/lint.ts';
import { rules } from '../../server/src/rules/index.ts';
import { dockerfile } from '../../server/src/text/dedent.ts';
import { builder, type Built } from './builder.ts';

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
  'lists of packages, the operators in front': dockerfile`
    FROM base
    RUN apt-get update \
        && apt-get install -y \
            # behind a comment
            zlib1g \
            curl \

            git
    CMD ["sh"]
  `,
  'lists of packages, the operators behind': dockerfile`
    from base as final
    run apt update && \
      apt upgrade -y && \
      apt install -y curl
    run apt-get update && apt-get install -y \
        zip \
        bzip2
  `,
  'an index that is fetched twice': dockerfile`
    FROM base
    RUN apk update && apk --update add git && \
        apk add -t .build gcc
    RUN <<EOF
    apk update
    apk add curl
    EOF
  `,
  'caches of several managers': dockerfile`
    FROM base
    COPY package.json package-lock.json ./
    RUN npm ci
    RUN pip install requests==2.32.5 \
          -c constraints.txt
    RUN dnf install -y make ; rm -rf /tmp/x
    RUN dnf install -y make
  `,
  'what a later one replaces': dockerfile`
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

/** Without what fixes may add to a call: how much it leaves behind, whether it asks; and packages in any order. */
function packages({ calls }: Built): readonly string[] {
  const left = calls.filter((call) => !/^(?:apk update|npm cache clean|dnf clean)\b/.test(call));
  return left
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

test('each sample has something to fix', () => {
  for (const text of Object.values(samples)) expect(fixed(text)).not.toBe(text);
});

const engine = await builder('base', ['package.json', 'package-lock.json', 'constraints.txt']);

describe.skipIf(engine === undefined)('fixed', () => {
  afterAll(() => engine?.stop());

  test.concurrent.each(Object.entries(samples))('%s', async (_, text) => {
    if (engine === undefined) return;
    const before = await engine.build(text);
    const after = await engine.build(fixed(text));
    expect(after.config).toEqual(before.config);
    expect(packages(after)).toEqual(packages(before));
  });
});
