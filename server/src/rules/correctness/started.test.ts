import { testRule } from '../../../../test/test-rule.ts';

testRule('exec-form-invalid-json', {
  valid: [
    'FROM a:1\nCMD ["b", "c"]\n',
    'FROM a:1\nCMD [ "$A" = 1 ] && b\n',
    'FROM a:1\nRUN [ -f b ] && c\n',
    'FROM a:1\nRUN [[ "$A" == b* ]] && c\n',
    'FROM a:1\nVOLUME /a, /b\n',
    'FROM a:1\nCOPY ["a b", "c"]\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nCMD «["b", "c",]»\n', good: 'FROM a:1\nCMD ["b", "c"]\n' },
    { bad: 'FROM a:1\nCMD «["b" "c"]»\n', good: 'FROM a:1\nCMD ["b", "c"]\n' },
    { bad: 'FROM a:1\nCMD «[b, -c]»\n', good: 'FROM a:1\nCMD ["b", "-c"]\n' },
    { bad: 'FROM a:1\nENTRYPOINT «["b", "c"] /d»\n', good: 'FROM a:1\nENTRYPOINT ["b", "c"] /d\n' },
    { bad: 'FROM a:1\nCMD «["b", "c d!]»\n', good: 'FROM a:1\nCMD ["b", "c d!]\n' },
    { bad: "FROM a:1\nVOLUME «['/data']»\n", good: 'FROM a:1\nVOLUME ["/data"]\n' },
    {
      bad: 'FROM a:1\nRUN «["c:\\x\\y.exe", "z"]»\n',
      good: 'FROM a:1\nRUN ["c:\\\\x\\\\y.exe", "z"]\n',
    },
    {
      bad: "FROM a:1\nHEALTHCHECK --interval=9s CMD «['b']»\n",
      good: 'FROM a:1\nHEALTHCHECK --interval=9s CMD ["b"]\n',
    },
  ],
});

testRule('exec-form-single-string', {
  valid: [
    'FROM a:1\nCMD ["b", "c d"]\n',
    'FROM a:1\nENTRYPOINT ["bash", "-c"]\nCMD ["python3 b.py"]\n',
    'FROM a:1\nENTRYPOINT ["C:\\\\Program Files\\\\b.exe"]\n',
    'FROM a:1\nCMD b c\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nCMD [«"python3 "», "b.py"]\n', good: 'FROM a:1\nCMD ["python3", "b.py"]\n' },
    {
      bad: 'FROM a:1\nENTRYPOINT [«"./b --c 1"»]\n',
      good: 'FROM a:1\nENTRYPOINT ["./b", "--c", "1"]\n',
    },
    { bad: 'FROM a:1\nCMD [«"b $C; d"», "e"]\n', good: 'FROM a:1\nCMD ["b $C; d", "e"]\n' },
  ],
});

testRule('exec-not-expanded', {
  valid: [
    'FROM a:1\nCMD ["sh", "-c", "b $PORT && c"]\n',
    'FROM a:1\nENTRYPOINT ["/start.sh"]\nCMD ["$B"]\n',
    'FROM a:1\nCMD ["b", "^c$"]\n',
    'FROM a:1\nCMD ["b", "cost: $5"]\n',
    'FROM a:1\nCMD ["tini", "--", "bash", "-c", "echo $A"]\n',
    'FROM a:1\nCMD b $PORT\n',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCMD ["powershell", "-Command", "$A"]\n',
    'FROM a:1\nCMD ["nginx", "-g", "daemon off;"]\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nCMD [«"${HOME}/b"», "run"]\n',
      good: 'FROM a:1\nCMD ["sh", "-c", "exec ${HOME}/b run"]\n',
    },
    {
      bad: 'FROM a:1\nCMD ["b", «"&&"», "c", "d e"]\n',
      good: 'FROM a:1\nCMD ["sh", "-c", "b && c \'d e\'"]\n',
    },
    {
      bad: 'FROM a:1\nRUN ["b", "c", «">"», "/d"]\n',
      good: 'FROM a:1\nRUN ["sh", "-c", "exec b c > /d"]\n',
    },
    {
      bad: 'FROM a:1\nENTRYPOINT ["java", «"-Dx=$A b"»]\n',
      good: 'FROM a:1\nENTRYPOINT ["sh", "-c", "exec java \\"-Dx=$A b\\""]\n',
    },
  ],
});

testRule('entrypoint-hides-cmd', {
  valid: [
    'FROM a:1\nENTRYPOINT ["b"]\nCMD ["c"]\n',
    'FROM a:1\nENTRYPOINT ["/bin/bash", "-l", "-c"]\nCMD ["b c"]\n',
    'FROM a:1\nENTRYPOINT ["sh", "-c", "exec b \\"$@\\"", "--"]\nCMD ["c"]\n',
    'FROM a:1\nENTRYPOINT exec b "$@"\nCMD ["c"]\n',
    'FROM a:1\nENTRYPOINT ["sh", "/start.sh"]\nCMD ["c"]\n',
    'FROM a:1\nENTRYPOINT b\nCMD []\n',
    'FROM a:1\nENTRYPOINT b\n',
  ],
  invalid: [
    { bad: 'FROM a:1\nENTRYPOINT ["bash", "-l", "-c", "b"]\n«CMD ["c"]»\n' },
    { bad: 'FROM a:1 AS x\nENTRYPOINT b\nFROM x\n«CMD c»\n' },
  ],
});

testRule('stopsignal-ungraceful', {
  valid: [
    'FROM a:1\nSTOPSIGNAL SIGINT\n',
    'FROM a:1\nSTOPSIGNAL $S\n',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nSTOPSIGNAL SIGKILL\n',
  ],
  invalid: [{ bad: 'FROM a:1\nSTOPSIGNAL «9»\n', good: 'FROM a:1\nSTOPSIGNAL SIGTERM\n' }],
});

testRule('stopsignal-expected', {
  valid: [
    'FROM nginx:1.31\nCMD ["nginx", "-g", "daemon off;"]\n',
    'FROM a:1\nSTOPSIGNAL 3\nCMD ["nginx"]\n',
    'FROM a:1\nSTOPSIGNAL sigquit\nCMD ["nginx"]\n',
    'FROM a:1\nENTRYPOINT ["/start.sh"]\nCMD ["nginx"]\n',
    'FROM a:1\nCMD nginx && b\n',
    'FROM a:1\nSTOPSIGNAL $S\nCMD ["nginx"]\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\n«ENTRYPOINT ["/usr/sbin/nginx"]»\nCMD ["-g", "daemon off;"]\n',
      good: 'FROM a:1\nSTOPSIGNAL SIGQUIT\nENTRYPOINT ["/usr/sbin/nginx"]\nCMD ["-g", "daemon off;"]\n',
    },
    {
      bad: 'FROM a:1\nSTOPSIGNAL «SIGTERM»\nCMD ["/sbin/init"]\n',
      good: 'FROM a:1\nSTOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]\n',
    },
  ],
});
