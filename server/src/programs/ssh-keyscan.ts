import type { Program } from './program.ts';

/** OpenSSH's program to collect host keys; its operands are hosts. */
export const sshKeyscan: Program = {
  names: ['ssh-keyscan'],
  valueOptions: ['-f', '-O', '-p', '-T', '-t'],
};
