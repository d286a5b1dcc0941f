/** Connections to BuildKit in a pod, through kubectl, as buildx's driver `kubernetes` makes them. */
import type { Duplex } from 'node:stream';
import { t } from '@vscode/l10n';
import type { BuildxNode } from '../docker-cli/buildx-store.ts';
import { openProgram, type ProgramExit } from '../transport/program-stream.ts';
import type { EngineError } from '../errors.ts';
import { failed, type NamedBuilder } from './errors.ts';

/** Rejects with EngineError. */
export async function openPod(
  node: BuildxNode,
  builder: NamedBuilder,
  signal: AbortSignal,
): Promise<Duplex> {
  const cluster = clusterOf(node);
  const deployment = deploymentOf(node);
  const pod = await runningPod(deployment, cluster, { builder, signal });
  const exec = ['exec', '-i', pod, '--container=buildkitd', '--', 'buildctl', 'dial-stdio'];
  return openProgram(['kubectl', ...cluster, ...exec], (exit) => kubectlError(exit, builder));
}

/** buildx names the deployment like the node. */
export function deploymentOf({ name, endpoint }: BuildxNode): string {
  const given = URL.canParse(endpoint) ? new URL(endpoint).searchParams.get('deployment') : null;
  const deployment = given === null || given === '' ? name : given;
  if (/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(deployment)) return deployment;
  throw failed(t('`{0}` is not a valid deployment name', deployment));
}

/** The options of kubectl that select the cluster and the namespace. */
export function clusterOf({ endpoint, options }: BuildxNode): readonly string[] {
  const isUrl = URL.canParse(endpoint) && new URL(endpoint).protocol === 'kubernetes:';
  const file = isUrl ? new URL(endpoint).searchParams.get('kubeconfig') : null;
  const namespace = Object.hasOwn(options, 'namespace') ? options.namespace : undefined;
  return [
    ...(file === null || file === '' ? [] : [`--kubeconfig=${file}`]),
    // Otherwise the endpoint is a context of the configuration.
    ...(isUrl || endpoint === '' ? [] : [`--context=${endpoint}`]),
    ...(namespace === undefined || namespace === '' ? [] : [`--namespace=${namespace}`]),
  ];
}

interface Call {
  readonly builder: NamedBuilder;
  readonly signal: AbortSignal;
}

/** `pod/farm0-7c9d`, of the pods that run. */
async function runningPod(
  deployment: string,
  cluster: readonly string[],
  { builder, signal }: Call,
): Promise<string> {
  const query = [`--selector=app=${deployment}`, '--field-selector=status.phase=Running'];
  const argv = [...cluster, 'get', 'pods', ...query, '--output=name'];
  const stdout = await outputOf(['kubectl', ...argv], { builder, signal });
  const pod = stdout.split('\n').find((line) => /^pod\/[a-z0-9][a-z0-9.-]*$/.test(line.trim()));
  if (pod !== undefined) return pod.trim();
  throw failed(
    t(
      'Builder {0} has no running pod; start it with `docker buildx inspect --bootstrap {0}`',
      builder.name,
    ),
  );
}

async function outputOf(argv: readonly string[], { builder, signal }: Call): Promise<string> {
  const program = openProgram(argv, (exit) => kubectlError(exit, builder));
  const stop = (): void => void program.destroy(new Error('aborted'));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  program.end();
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of program as AsyncIterable<Uint8Array>) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function kubectlError({ output, code }: ProgramExit, { name }: NamedBuilder): EngineError {
  if (/spawn \S+ ENOENT/.test(output))
    return failed(t('Builder {0} requires kubectl, which is not installed on this machine', name));
  const reason = output.trim().split(/\r?\n/).at(-1) ?? '';
  return failed(
    t(
      'Could not connect to builder {0}: {1}',
      name,
      reason === '' ? t('{0} exited with code {1}', 'kubectl', code ?? '') : reason,
    ),
  );
}
