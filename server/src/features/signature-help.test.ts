import { expect, test } from 'vitest';
import { markedDocument } from '../../../test/marked-document.ts';
import { instructions } from '../reference/instructions.ts';
import { signatureHelp } from './signature-help.ts';

/** The active signature, with the active parameter marked. */
function signatureAt(source: string): string | undefined {
  const { document, offset } = markedDocument(source);
  const help = signatureHelp(document, offset);
  const { form = '', parameters = [] } = help?.signatures[help.active] ?? {};
  const span = help?.parameter === undefined ? undefined : parameters[help.parameter]?.span;
  if (!help || !span) return help && form;
  return `${form.slice(0, span.start)}«${form.slice(span.start, span.end)}»${form.slice(span.end)}`;
}

const from = 'FROM [--platform=<platform>] <image>[:<tag>|@<digest>] [AS <name>]';

test.each([
  ['FROM ‸', from.replace('<image>', '«<image>»')],
  ['FROM localhost:5000/a‸', from.replace('<image>', '«<image>»')],
  ['FROM a:‸', from.replace('<tag>', '«<tag>»')],
  ['FROM a@sha‸', from.replace('<digest>', '«<digest>»')],
  ['FROM a ‸', from],
  ['FROM a AS ‸', from.replace('<name>', '«<name>»')],
  ['ARG A‸', 'ARG «<name>»[=<default>]...'],
  ['ARG A=1‸', 'ARG <name>[=«<default>»]...'],
  ['ENV A=1 B‸', 'ENV «<key>»=<value>...'],
  ['ENV A‸', 'ENV «<key>»=<value>...'],
  ['ENV A ‸', 'ENV <key> «<value>»'],
  ['ENV A=‸', 'ENV <key>=«<value>»...'],
  ['ENV A 1‸', 'ENV <key> «<value>»'],
  ['LABEL a="b‸"', 'LABEL <key>=«<value>»...'],
  ['EXPOSE 80/‸', 'EXPOSE <port>[/«<protocol>»]...'],
  ['USER a:‸', 'USER <user>[:«<group>»]'],
  ['WORKDIR ‸', 'WORKDIR «<path>»'],
  ['COPY a‸', 'COPY [OPTIONS] «<source>...» <target>'],
  ['COPY a b ‸', 'COPY [OPTIONS] <source>... «<target>»'],
  ['COPY a b‸ c', 'COPY [OPTIONS] «<source>...» <target>'],
  ['COPY ["a,b‸"]', 'COPY [OPTIONS] [«"<source>"», "<target>"]'],
  ['COPY ["a",‸', 'COPY [OPTIONS] ["<source>", «"<target>"»]'],
  ['COPY ["a", "b‸", "c"]', 'COPY [OPTIONS] [«"<source>"», "<target>"]'],
  ['COPY ["a", "b"]‸', 'COPY [OPTIONS] ["<source>", "<target>"]'],
  ['COPY ["a"] ‸', 'COPY [OPTIONS] <source>... «<target>»'],
  ['COPY --fr‸', 'COPY «[OPTIONS]» <source>... <target>'],
  ['HEALTHCHECK --x=‸ CMD', 'HEALTHCHECK «[OPTIONS]» CMD <command>'],
  ['SHELL ["a"] ‸', undefined],
  ['FROM a AS b ‸', undefined],
  ['ENV A\\\n‸=1', 'ENV «<key>»=<value>...'],
  ['LABEL a ‸', 'LABEL <key>=«<value>»...'],
  ['COPY ["a", "b‸"]', 'COPY [OPTIONS] ["<source>", «"<target>"»]'],
  ['CMD ["a", "b", ‸]', 'CMD ["<executable>", «"<argument>"», ...]'],
  ['CMD a‸', 'CMD «<command>»'],
  ['RUN [‸]', 'RUN [OPTIONS] [«"<executable>"», "<argument>", ...]'],
  ['RUN <<E‸\nE', 'RUN [OPTIONS] «<<EOF»'],
  ['RUN <<‸', 'RUN [OPTIONS] «<<EOF»'],
  ['RUN cat <<-E‸', 'RUN [OPTIONS] «<<EOF»'],
  ['COPY <<E ‸\nx\nE', 'COPY [OPTIONS] <source>... «<target>»'],
  ['RUN ls‸', 'RUN [OPTIONS] «<command>»'],
  ['VOLUME ["‸"]', 'VOLUME [«"<path>"», ...]'],
  ['HEALTHCHECK ‸', 'HEALTHCHECK [OPTIONS] CMD <command>'],
  ['HEALTHCHECK CMD ["a‸"]', 'HEALTHCHECK [OPTIONS] CMD «<command>»'],
  ['HEALTHCHECK NONE‸', 'HEALTHCHECK NONE'],
  ['COPY --chown=‸', '--chown=«user[:group]»'],
  ['RUN --network=n‸ x', '--network=«default|none|host»'],
  ['ONBUILD ‸', 'ONBUILD «<instruction>»'],
  ['ONBUILD WORK‸', 'ONBUILD «<instruction>»'],
  ['ONBUILD WORKDIR ‸', 'WORKDIR «<path>»'],
])('%s', (source, form) => {
  expect(signatureAt(`FROM a\n${source}`)).toBe(form);
});

test('shows the options of a mount for its type', () => {
  expect(signatureAt('FROM a\nRUN --mount=type=cache,sharing=‸')).toContain('«[sharing=shared|');
  expect(signatureAt('FROM a\nRUN --mount=type=tmp‸')).toContain('«type=bind»');
  expect(signatureAt('FROM a\nRUN --mount=type=tmpfs,dst=‸')).toContain('type=tmpfs,«[target=');
});

test('shows nothing in keywords, comments, heredocs and empty lines', () => {
  for (const source of ['RU‸N', '# a‸', 'COPY <<E /x\na‸\nE\n', '\n‸\n', 'XYZ ‸'])
    expect(signatureAt(`FROM a\n${source}`)).toBeUndefined();
});

test('every parameter of the reference is part of its form', () => {
  for (const { forms } of instructions)
    for (const { label, parameters } of forms)
      for (const parameter of parameters) expect(label).toContain(parameter.label);
});

test.each([
  ['# escape=‸\nFROM a', 'escape=«\\»'],
  ['# syntax=a\n#Check = ‸', 'check=«skip=<checks>»'],
  ['# a comment\n# escape=‸', undefined],
  ['FROM a\n# escape=‸', undefined],
  ['# unknown=‸', undefined],
])('in parser directives: %s', (source, form) => {
  expect(signatureAt(source)).toBe(form);
});
