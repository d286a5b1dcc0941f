import { testRule } from '../../../../test/test-rule.ts';

const node = 'FROM node:24\nCOPY package*.json ./\n';

testRule('npm-ci', {
  valid: [
    `${node}RUN npm ci\n`,
    `${node}RUN npm install -g serve\n`,
    `${node}RUN npm install express\n`,
    `${node}RUN npm install --no-package-lock\n`,
    'FROM node:24\nCOPY package.json ./\nRUN npm install\n',
    'FROM node:24\nRUN npm install\nCOPY package-lock.json ./\n',
    'FROM node:24\nCOPY . .\nRUN npm install\n',
  ],
  invalid: [
    { bad: `${node}RUN «npm i» --omit=dev\n`, good: `${node}RUN npm ci --omit=dev\n` },
    {
      bad: 'FROM node:24 AS a\nCOPY package.json package-lock.json ./\nFROM a\nRUN «npm install»\n',
    },
    {
      bad: 'FROM node:24\nRUN --mount=type=bind,source=package-lock.json,target=package-lock.json «npm install»\n',
    },
  ],
});

testRule('frozen-lockfile', {
  valid: [
    'FROM node:24\nCOPY package.json yarn.lock ./\nRUN yarn install --immutable\n',
    'FROM node:24\nCOPY package.json yarn.lock ./\nRUN yarn build\n',
    'FROM node:24\nCOPY package.json ./\nRUN yarn install\n',
    'FROM node:24\nENV CI=1\nCOPY pnpm-lock.yaml ./\nRUN pnpm install\n',
    'FROM python:3.13\nCOPY uv.lock pyproject.toml ./\nRUN uv sync --frozen\n',
    'FROM python:3.13\nCOPY uv.lock pyproject.toml ./\nENV UV_LOCKED=1\nRUN uv sync\n',
  ],
  invalid: [
    {
      bad: 'FROM node:24\nCOPY package.json yarn.lock .yarnrc.yml ./\nRUN «yarn install»\n',
      good: 'FROM node:24\nCOPY package.json yarn.lock .yarnrc.yml ./\nRUN yarn install --immutable\n',
    },
    {
      bad: 'FROM node:24\nCOPY pnpm-lock.yaml ./\nRUN «pnpm i» --prod\n',
      good: 'FROM node:24\nCOPY pnpm-lock.yaml ./\nRUN pnpm i --frozen-lockfile --prod\n',
    },
    {
      bad: 'FROM python:3.13\nCOPY uv.lock pyproject.toml ./\nRUN «uv sync» --no-dev\n',
      good: 'FROM python:3.13\nCOPY uv.lock pyproject.toml ./\nRUN uv sync --locked --no-dev\n',
    },
  ],
});

testRule('composer-dev-packages', {
  valid: [
    'FROM php:8.4\nENV COMPOSER_NO_DEV=1\nRUN composer install\n',
    'FROM php:8.4 AS runtime_testing\nRUN composer install\n',
    'FROM php:8.4\nRUN composer update\n',
    'FROM php:8.4\nENV APP_ENV=dev\nRUN composer install\n',
    'FROM php:8.4 AS v\nRUN composer install\nFROM php:8.4\nCOPY --from=v /a /a\n',
  ],
  invalid: [{ bad: 'FROM php:8.4 AS device\nRUN «composer install» -q\n' }],
});

testRule('xdebug-shipped', {
  valid: [
    'FROM php:8.4 AS runtime.debug\nRUN pecl install xdebug\n',
    'FROM php:8.4\nRUN docker-php-ext-install gd\n',
  ],
  invalid: [
    { bad: 'FROM php:8.4\nRUN docker-php-ext-enable «xdebug»\n' },
    { bad: 'FROM debian:trixie\nRUN apt-get install -y «php8.3-xdebug»\n' },
  ],
});

testRule('bundler-flags', {
  valid: [
    'FROM ruby:3.4\nRUN bundle install --jobs 4\n',
    'FROM ruby:2.6-slim\nRUN bundle install --without test\n',
    'FROM ruby:3.4\nRUN bundle exec a --path b\n',
  ],
  invalid: [
    {
      bad: 'FROM ruby:3.4\nRUN a && «bundle install --deployment --without=test --retry 3» && b\n',
      good: 'FROM ruby:3.4\nRUN a && bundle config set --local deployment true && bundle config set --local without test && bundle install --retry 3 && b\n',
    },
    {
      bad: 'FROM ruby:3.4\nRUN «bundle install --path vendor/bundle»\n',
      good: 'FROM ruby:3.4\nRUN bundle config set --local path vendor/bundle && bundle install\n',
    },
    {
      bad: 'FROM ruby:3.4\nRUN «bundle install --without $GROUPS» || true\n',
      good: 'FROM ruby:3.4\nRUN bundle install --without $GROUPS || true\n',
    },
  ],
});

testRule('bundler-dev-gems', {
  valid: [
    'FROM ruby:3.4\nENV BUNDLE_WITHOUT=development\nRUN bundle install\n',
    'FROM ruby:3.4\nRUN bundle config set --local without development:test && bundle install\n',
    'FROM ruby:3.4\nENV RAILS_ENV=development\nRUN bundle install\n',
    'FROM node:24\nRUN bundle install\n',
    'FROM ruby:3.4 AS test\nRUN bundle install\n',
  ],
  invalid: [{ bad: 'FROM ruby:3.4\nENV BUNDLE_WITHOUT=test\nRUN «bundle install --jobs=4»\n' }],
});

testRule('bundler-frozen', {
  valid: [
    'FROM ruby:3.4\nRUN bundle install\n',
    'FROM ruby:3.4\nENV BUNDLE_DEPLOYMENT=1\nCOPY Gemfile* ./\nRUN bundle install\n',
    'FROM ruby:3.4\nCOPY Gemfile* ./\nRUN bundle config set frozen true && bundle install\n',
  ],
  invalid: [
    {
      bad: 'FROM ruby:3.4\nCOPY Gemfile* ./\nRUN «bundle install»\n',
      good: 'FROM ruby:3.4\nCOPY Gemfile* ./\nENV BUNDLE_FROZEN=1\nRUN bundle install\n',
    },
  ],
});

testRule('bootsnap-jobs', {
  valid: [
    'FROM ruby:3.4\nRUN bundle exec bootsnap precompile -j 1 app/\n',
    'FROM ruby:3.4\nRUN bundle exec bootsnap precompile --jobs=0 app/\n',
    'FROM ruby:3.4\nRUN bootsnap doctor\n',
    'FROM ruby:3.4 AS dev\nRUN bootsnap precompile\n',
  ],
  invalid: [
    {
      bad: 'FROM ruby:3.4\nRUN «bootsnap precompile» --gemfile\n',
      good: 'FROM ruby:3.4\nRUN bootsnap precompile -j 1 --gemfile\n',
    },
    { bad: 'FROM ruby:3.4\nRUN bundle exec «bootsnap precompile» -j 4 app/\n' },
  ],
});

testRule('bundler-redundant-install', {
  valid: [
    'FROM debian:trixie\nRUN gem install bundler\n',
    'FROM ruby:3.4\nRUN gem install bundler rails\n',
    'FROM ruby:3.4 AS dev\nRUN gem install bundler\n',
  ],
  invalid: [{ bad: 'FROM ruby:3.4 AS a\nFROM a\nRUN «gem install -v 2.5.6 bundler»\n' }],
});

testRule('assets-without-dummy-key', {
  valid: [
    'FROM ruby:3.4\nRUN SECRET_KEY_BASE_DUMMY=1 bin/rails assets:precompile\n',
    'FROM ruby:3.4\nENV SECRET_KEY_BASE=1\nRUN bin/rails assets:precompile\n',
    'FROM ruby:3.4\nRUN --mount=type=secret,id=k bin/rails assets:precompile\n',
    'FROM ruby:3.4\nRUN rake db:migrate\n',
    'FROM debian:trixie\nRUN bin/rails assets:precompile\n',
  ],
  invalid: [
    {
      bad: 'FROM ruby:3.4\nRUN a && «bundle exec rake assets:precompile»\n',
      good: 'FROM ruby:3.4\nRUN a && SECRET_KEY_BASE_DUMMY=1 bundle exec rake assets:precompile\n',
    },
  ],
});

testRule('telemetry', {
  valid: [
    'FROM node:24\nENV DO_NOT_TRACK=1\nRUN bun install\n',
    'FROM a:1\nSHELL ["pwsh", "-c"]\nENV POWERSHELL_TELEMETRY_OPTOUT=1\nRUN b\n',
    'FROM a:1\nSHELL ["pwsh", "-c"]\n',
    'FROM a:1\nSHELL ["powershell", "-c"]\nRUN b\n',
    'FROM node:24\nRUN NEXT_TELEMETRY_DISABLED=1 npx next build\n',
  ],
  invalid: [
    {
      bad: 'FROM node:24\nRUN «npx» next@15 build && next lint\n',
      good: 'FROM node:24\nENV NEXT_TELEMETRY_DISABLED=1\nRUN npx next@15 build && next lint\n',
    },
    {
      bad: 'FROM a:1\nSHELL [«"pwsh"», "-c"]\nRUN b\n',
      good: 'FROM a:1\nENV POWERSHELL_TELEMETRY_OPTOUT=1\nSHELL ["pwsh", "-c"]\nRUN b\n',
    },
    { bad: 'FROM node:24\nRUN «npx» wrangler deploy && «hf» download b\n' },
    { bad: 'FROM node:24\nRUN «bun» install\nENV DO_NOT_TRACK=1\nRUN bun a\n' },
  ],
});
