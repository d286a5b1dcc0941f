/**
 * Lints a sample while no message waits. V8 loads and compiles a function when it is called first, which takes most of the
 * time of the first file that is opened; after `initialize`, the client needs some time until it opens one.
 */
import { LintRun } from '../lint/lint.ts';
import type { LintConfig, Registered } from '../lint/rule.ts';
import { document } from '../model/document.ts';
import { toDiagnostics } from './convert.ts';
import type { Client } from './client.ts';

/** In milliseconds of processor time. After ten runs of the sample, further ones hardly make anything faster. */
const budget = 40;
const mostRuns = 12;

/** In milliseconds. A message that arrives waits no longer than this and the longest step. */
const slice = 1;

const config: LintConfig = { rules: {} };

/** Uses what most Dockerfiles use, and has some findings. */
const sample = `# syntax=docker/dockerfile:1
ARG VERSION=3.12
FROM node:20-alpine AS web
WORKDIR /src
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci && npm run build
COPY . .

FROM python:\${VERSION}-slim
LABEL maintainer="someone" version=1
ENV HOME=/app PATH="/app/bin:$PATH"
ENV MODE production
# Packages
RUN apt-get update && \\
    apt-get install -y --no-install-recommends curl ca-certificates git && \\
    rm -rf /var/lib/apt/lists/*
RUN curl -fsSL "https://example.com/tool-$(uname -m).tar.gz" | tar -xz -C /usr/local/bin \\
 && if [ "$MODE" = production ]; then chmod +x /usr/local/bin/tool; else echo "none" > /tmp/a; fi; \\
    for one in a b; do mkdir -p "/data/\${one}"; done
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt && useradd -m app
ADD https://example.com/file.txt /data/
COPY --from=web --chown=app /src/dist ./static
EXPOSE 8080/tcp 8443
VOLUME ["/data"]
HEALTHCHECK --interval=30s CMD curl -f http://localhost:8080/ || exit 1
USER app
ENTRYPOINT ["python", "-m"]
CMD ["app", "--port", "8080"]
`;

/** Begins with the next turn of the event loop, and continues between messages. */
export function warmUp(rules: readonly Registered[], client: Client): void {
  const work = steps(rules, client);
  let spent = 0;
  const turn = (): void => {
    const start = performance.now();
    let now = start;
    while (now - start < slice) {
      if (work.next().done === true) return;
      now = performance.now();
    }
    spent += now - start;
    if (spent < budget) setImmediate(turn);
  };
  setImmediate(turn);
}

function* steps(rules: readonly Registered[], client: Client): Generator<undefined> {
  for (let count = 0; count < mostRuns; count++) {
    const current = document('sample:Dockerfile', `${sample}# ${String(count)}\n`);
    current.model.commands();
    yield;
    const run = new LintRun(current.model, rules, config, { before: 'none' });
    yield;
    while (run.step()) yield;
    toDiagnostics(current, run.findings(), client);
    yield;
  }
}
