/** Not in other linters; the counterpart of hadolint DL3060 for npm. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { npm, npmLike } from '../../programs/npm.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { reportLeftCaches, type Cache } from '../../lint/checks/left-caches.ts';

const { install, restore, upgrade } = npm.verbs;

const cache: Cache = {
  title: 'npm',
  names: npmLike,
  fills: (at) => {
    const call = invoke(at.command, npm);
    return isVerb(call, install, restore, upgrade) && call?.has('--cache') !== true;
  },
  clears: ({ command }: CommandAt) => {
    const call = invoke(command, npm);
    return call?.subcommand?.text === 'cache' && call.operands.some(({ text }) => /^(?:clean|clear|rm)$/.test(text)); // prettier-ignore
  },
  folders: ['/.npm', '/root/.npm', '/home/node/.npm'],
  removed: /\.npm(?:\/.*)?$|^\/(?:root|home)\/?(?:\*|\.\*)?$|_cacache/,
  clear: 'npm cache clean --force',
};

export default rule({
  summary: 'Run `npm cache clean --force` in the same `RUN` as `npm ci`',
  why: 'npm stores another copy of every downloaded package in `~/.npm`. `npm cache clean --force` in the same `RUN` keeps it out of the layer; in a later `RUN` it does not make the image smaller. A cache mount on `~/.npm` keeps it for the next build instead.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  links: ['https://docs.npmjs.com/cli/commands/npm-cache'],
  on: { commands: cache.names },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY package.json package-lock.json ./
        RUN «npm ci»
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY package.json package-lock.json ./
        RUN npm ci && npm cache clean --force
      `,
    },
  ],
  check({ model, report }) {
    if (!model.tree.text.includes('npm')) return;
    // A configured cache directory is assumed to be intended.
    if (/npm_config_cache|NPM_CONFIG_CACHE/.test(model.tree.text)) return;
    reportLeftCaches(model, cache, report);
  },
});
