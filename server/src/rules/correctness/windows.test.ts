import { testRule } from '../../../../test/test-rule.ts';

const windows = 'FROM mcr.microsoft.com/windows/servercore:ltsc2025';

testRule('windows-chown', {
  valid: ['FROM a:1\nCOPY --chown=b c /d\n', `${windows}\nCOPY c C:/d\n`],
  invalid: [
    { bad: `${windows} AS x\nFROM x\nCOPY --link «--chmod=755» c C:/d\n`, good: `${windows} AS x\nFROM x\nCOPY --link c C:/d\n` }, // prettier-ignore
    { bad: '# escape=`\nFROM a:1\nCOPY «--chown=b» c d\n' },
    { bad: 'FROM --platform=windows/amd64 a:1\nADD «--chown=b» c d\n' },
  ],
});

testRule('windows-mount', {
  valid: ['FROM a:1\nRUN --mount=type=cache,target=/b c\n', `${windows}\nRUN --network=none c\n`],
  invalid: [{ bad: `${windows}\nRUN «--mount=type=ssh» c\n` }],
});

testRule('windows-stopsignal', {
  valid: ['FROM a:1\nSTOPSIGNAL SIGINT\n', `${windows}\nONBUILD STOPSIGNAL SIGINT\n`],
  invalid: [
    { bad: `${windows}\n«STOPSIGNAL SIGINT»\nCMD ["b"]\n`, good: `${windows}\nCMD ["b"]\n` },
    { bad: `${windows}\n«STOPSIGNAL SIGINT»`, good: `${windows}\n` },
  ],
});
