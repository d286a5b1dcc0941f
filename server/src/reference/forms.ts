/** Forms and parameter descriptions that several instructions share. */
import { form, type Form } from './reference.ts';

export const executable = 'The program to run, without a shell.';
export const argument = 'An argument in double quotes.';
export const shellCommand = 'A command for the shell, by default `/bin/sh -c`.';

/** The exec form and the shell form. */
export function commandForms(keyword: 'CMD' | 'ENTRYPOINT'): readonly Form[] {
  return [
    form(`${keyword} ["<executable>", "<argument>", ...]`, {
      '"<executable>"': executable,
      '"<argument>"': argument,
    }),
    form(`${keyword} <command>`, { '<command>': shellCommand }),
  ];
}

/** The form with plain paths and the JSON form. */
export function copyForms(keyword: 'ADD' | 'COPY', source: string): readonly Form[] {
  return [
    form(`${keyword} [OPTIONS] <source>... <target>`, {
      '<source>...': source,
      '<target>':
        'Destination path, absolute or relative to the working directory. End a directory with `/`.',
    }),
    form(`${keyword} [OPTIONS] ["<source>", "<target>"]`, {
      '"<source>"': 'A source path in double quotes; it can contain spaces.',
      '"<target>"': 'The destination path in double quotes.',
    }),
  ];
}
