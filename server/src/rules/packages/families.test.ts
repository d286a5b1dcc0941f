/** Programs of one family are treated alike: the names that rules did not know before. */
import { testRule } from '../../../../test/test-rule.ts';

testRule('apt-assume-yes', {
  invalid: [
    {
      bad: 'FROM a:1\nRUN «aptitude install» b\n',
      good: 'FROM a:1\nRUN aptitude install -y b\n',
    },
  ],
});

testRule('apt-no-install-recommends', {
  valid: [
    'FROM a:1\nRUN aptitude install -R b\n',
    'FROM a:1\nRUN aptitude install --without-recommends b\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «aptitude install» -y b\n',
      good: 'FROM a:1\nRUN aptitude install -y --without-recommends b\n',
    },
  ],
});

testRule('dnf-assume-yes', {
  valid: ['FROM a:1\nRUN tdnf install -y b && dnf5 makecache\n'],
  invalid: [
    { bad: 'FROM a:1\nRUN «tdnf install» b\n', good: 'FROM a:1\nRUN tdnf install -y b\n' },
    { bad: 'FROM a:1\nRUN «dnf5 rm» b\n', good: 'FROM a:1\nRUN dnf5 rm -y b\n' },
  ],
});

testRule('dnf-cache-left', {
  valid: [
    'FROM a:1\nRUN --mount=type=cache,target=/var/cache/tdnf tdnf install -y b\n',
    'FROM a:1\nRUN dnf5 install -y b && rm -rf /var/cache/libdnf5\n',
  ],
  invalid: [
    {
      bad: 'FROM a:1\nRUN «tdnf update -y»\n',
      good: 'FROM a:1\nRUN tdnf update -y && tdnf clean all\n',
    },
  ],
});

testRule('cache-mount', {
  invalid: [
    {
      bad: 'FROM a:1\nRUN «tdnf install» -y b\n',
      good: 'FROM a:1\nRUN --mount=type=cache,target=/var/cache/tdnf,sharing=locked \\\n    tdnf install -y b\n',
    },
    { bad: 'FROM a:1\nRUN «pip3.12 install» b\n' },
    { bad: 'FROM a:1\nRUN «yarnpkg install»\n' },
  ],
});

testRule('build-tools-left', {
  valid: ['FROM a:1\nRUN tdnf install -y gcc && ./b && tdnf erase -y gcc\nCMD ["/c"]\n'],
  invalid: [
    { bad: 'FROM a:1\nRUN tdnf install -y «gcc»\nCMD ["/c"]\n' },
    { bad: 'FROM a:1\nRUN pacman -S --noconfirm «gcc»\nCMD ["/c"]\n' },
  ],
});

testRule('removed-in-later-layer', {
  invalid: [
    { bad: 'FROM a:1\nRUN dnf5 install -y gcc\nRUN dnf5 rm -y «gcc»\n' },
    { bad: 'FROM a:1\nRUN pacman -S gcc\nRUN pacman -R «gcc»\n' },
    { bad: 'FROM a:1\nRUN wget2 -O /c.zip https://b.org/c.zip\nRUN rm «/c.zip»\n' },
  ],
});

testRule('xdebug-shipped', {
  invalid: [{ bad: 'FROM php:8.4\nRUN microdnf install -y «php-xdebug»\n' }],
});

testRule('package-signature-disabled', {
  invalid: [
    {
      bad: 'FROM a:1\nRUN aptitude install -y «--allow-untrusted» b\n',
      good: 'FROM a:1\nRUN aptitude install -y b\n',
    },
    {
      bad: 'FROM a:1\nRUN tdnf install -y «--no-gpgchecks» b\n',
      good: 'FROM a:1\nRUN tdnf install -y b\n',
    },
  ],
});

testRule('pacman-cache-left', {
  invalid: [
    {
      bad: 'FROM a:1\nRUN «yay -S --noconfirm b»\n',
      good: 'FROM a:1\nRUN yay -S --noconfirm b && rm -rf /var/cache/pacman/pkg/*\n',
    },
  ],
});

testRule('sort-packages', {
  invalid: [
    {
      bad: 'FROM a:1\nRUN tdnf install -y \\\n      c \\\n      «b»\n',
      good: 'FROM a:1\nRUN tdnf install -y \\\n      b \\\n      c\n',
    },
  ],
});

testRule('container-runtime-installed', {
  invalid: [{ bad: 'FROM a:1\nRUN tdnf install -y «nvidia-container-toolkit»\n' }],
});

testRule('cuda-redundant-install', {
  invalid: [
    { bad: 'FROM nvidia/cuda:12.4.1-devel-ubi9\nRUN dnf5 install -y «cuda-toolkit-12-4»\n' },
  ],
});

testRule('copy-before-install', {
  invalid: [{ bad: 'FROM node:24\nWORKDIR /a\n«COPY . .»\nRUN yarnpkg install\n' }],
});

testRule('export-lost-after-run', {
  invalid: [{ bad: 'FROM a:1\nRUN «mamba activate b»\n' }],
});

testRule('wget-or-curl', {
  invalid: [
    { bad: 'FROM a:1\nRUN curl -fsSL -o b https://c.org/b && «wget2» -q https://c.org/d\n' },
  ],
});

testRule('wget-progress', {
  invalid: [
    {
      bad: 'FROM a:1\nRUN «wget2» https://c.org/d\n',
      good: 'FROM a:1\nRUN wget2 -nv https://c.org/d\n',
    },
  ],
});
