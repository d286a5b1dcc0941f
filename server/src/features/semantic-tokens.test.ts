import { expect, test } from 'vitest';
import { cpuTime } from '../../../test/cpu-time.ts';
import { document } from '../model/document.ts';
import { dockerfile } from '../text/dedent.ts';
import { semanticTokens } from './semantic-tokens.ts';

/** Each token as `text:type`, with `!` after definitions. */
function tokenTexts(text: string, from = 0, to = text.length): readonly string[] {
  return semanticTokens(document('untitled:Dockerfile', text), { start: from, end: to }).map(
    ({ span, type, defines }) =>
      `${text.slice(span.start, span.end)}:${type}${defines === true ? '!' : ''}`,
  );
}

test('marks the parts of a Dockerfile', () => {
  const text = dockerfile`
    # syntax=docker/dockerfile:1
    # A word
    ARG V=3
    FROM --platform=linux/amd64 python:\${V:-2} AS base
    FROM base
    ENV A="a $V b" B=2
    LABEL k=v
    EXPOSE 80-90/tcp $P
    COPY --from=0 --chown=1000 ["a", "b"]
    HEALTHCHECK --interval=5s CMD ["x"]
    ONBUILD USER 1:2
  `;
  expect(tokenTexts(text).join(' ')).toMatchInlineSnapshot(
    `"# :comment syntax:directive =:operator docker/dockerfile:1:string # A word:comment ARG:keyword V:variable! =:operator FROM:keyword --platform:flag =:operator \${V:variable :-:operator }:variable AS:keyword base:stage! FROM:keyword base:stage ENV:keyword A:variable! =:operator "a :string $V:variable  b":string B:variable! =:operator LABEL:keyword k:key =:operator EXPOSE:keyword 80:number 90:number $P:variable COPY:keyword --from:flag =:operator 0:stage --chown:flag =:operator 1000:number "a":string "b":string HEALTHCHECK:keyword --interval:flag =:operator 5s:number CMD:keyword "x":string ONBUILD:keyword USER:keyword 1:number 2:number"`,
  );
});

test('marks the operator and the word of an expansion in a script', () => {
  expect(tokenTexts('FROM a\nRUN ${A:-b} ${B#c} ${C:').join(' ')).toContain(
    '${A:variable :-:operator b}:variable ${B:variable #:operator c}:variable',
  );
});

test('marks the parts of a script', () => {
  const text = dockerfile`
    FROM a
    RUN --mount=type=cache,target=/x,uid=1 A=1 sudo -E apt-get install -y "curl $B" && \
        # why
        cat x | grep --only='$C' > /dev/null; \
        for i in a b; do echo "$(ls -l "\${i%.c}")"; done
    RUN <<EOF
    sh -c 'ls -a'
    EOF
  `;
  expect(tokenTexts(text).join(' ')).toMatchInlineSnapshot(
    `"FROM:keyword RUN:keyword --mount:flag =:operator type:key =:operator target:key =:operator uid:key =:operator 1:number A:variable! =:operator sudo:command -E:flag apt-get:command -y:flag "curl :string $B:variable ":string &&:operator # why:comment cat:command |:operator grep:command --only:flag '$C':string >:operator ;:operator i:variable! echo:command "$(:string ls:command -l:flag ":string \${i:variable %:operator .c}:variable ":string )":string RUN:keyword sh:command -c:flag ':string ls:command  :string -a:flag ':string"`,
  );
});

test('splits a multi-line string into one token per line', () => {
  expect(tokenTexts('FROM a\nRUN echo "a \\\n   b \\\n# c\n  d" e')).toEqual([
    'FROM:keyword',
    'RUN:keyword',
    'echo:command',
    '"a:string',
    'b:string',
    '# c:comment',
    'd":string',
  ]);
});

test('marks rules in comments', () => {
  expect(tokenTexts('# drydock ignore=a-b, DL3000 -- because\nFROM a')).toEqual([
    '# :comment',
    'drydock ignore:directive',
    '=:comment',
    'a-b:string',
    ', :comment',
    'DL3000:string',
    ' -- because:comment',
    'FROM:keyword',
  ]);
});

test('marks a part of a file', () => {
  const text = 'FROM a\nRUN ls -a\nUSER b\n';
  expect(tokenTexts(text, 7, 16)).toEqual(['RUN:keyword', 'ls:command', '-a:flag']);
});

test('the time grows linearly with the text', () => {
  const time = (lines: number): number => {
    const text = `FROM a\n${'RUN echo "$A" | cat -n && ls\n'.repeat(lines)}`;
    return cpuTime(() => semanticTokens(document('untitled:Dockerfile', text)));
  };
  time(500);
  expect(time(8000)).toBeLessThan(40 * Math.max(time(1000), 5));
});

test('marks the same in a long file, whose scripts are not kept', () => {
  const part = `ARG A=b\nRUN a "$A" && b -c | d # e\nRUN <<E\nf $A\nE\nONBUILD RUN g --h=1\n`;
  const once = tokenTexts(`FROM x\n${part}`).slice(1);
  const count = 800;
  const tokens = tokenTexts(`FROM x\n${part.repeat(count)}`).slice(1);
  expect(tokens).toEqual(Array.from({ length: count }, () => once).flat());
});

test('finds the same tokens in a part of a long instruction as in the whole text', () => {
  const text = dockerfile`
    FROM a
    ENV A="b $C d" E=f G='h'
    COPY --from=b --chown=1:2 "c $D" e "f g"
    CMD ["a", "b", "c"]
    RUN a --b "c $(d "e $F" | g) h" && sudo i -j 'k' | l > m; if n; then sh -c "o -p 'q r'"; fi
    RUN <<E cat
    $A "b"
    E
  `;
  const subject = document('untitled:Dockerfile', text);
  const all = semanticTokens(subject);
  for (let start = 0; start < text.length; start++)
    for (const end of [start + 1, start + 7, start + 40])
      expect(semanticTokens(subject, { start, end })).toEqual(
        all.filter(({ span }) => span.start < end && span.end > start),
      );
});

test.each([
  ["$a = 'x'", "$a:variable =:operator 'x':string"],
  [
    "$u = ('https://a/{0}' -f $env:V); & $u -x",
    "$u:variable =:operator 'https://a/{0}':string -f:operator $env:V:variable ;:operator $u:variable -x:flag",
  ],
  ["if ($env:V -eq 'a') { Write-Host $b }", "$env:V:variable -eq:operator 'a':string Write-Host:command $b:variable"], // prettier-ignore
  ["$env:PATH += ';C:\\a'", "$env:PATH:variable +=:operator ';C:\\a':string"],
  ["Get-Item 'a' -Force", "Get-Item:command 'a':string -Force:flag"],
])('marks values and operators of PowerShell: %s', (script, expected) => {
  const text = `# escape=\`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN ${script}`;
  expect(tokenTexts(text).join(' ')).toContain(`RUN:keyword ${expected}`);
});
