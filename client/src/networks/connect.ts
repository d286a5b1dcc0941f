/** Connects containers to networks, and disconnects them. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import type { Network } from '../engine/objects.ts';
import { attempt, runForEach } from '../ui/attempt.ts';
import type { Choice } from '../ui/editor.ts';
import type { Tools } from '../ui/tools.ts';

/** Asks for a network to which the containers are not connected yet, and connects them. */
export async function connectContainers(
  containers: readonly Container[],
  { engine: connected, editor }: Tools,
): Promise<void> {
  const engine = await connected();
  // The networks host and none exclude all others.
  const networks = (await engine.networks()).filter(({ name, driver }) => {
    const isOpen = driver !== 'host' && driver !== 'null';
    return isOpen && containers.some((one) => !one.networks.includes(name));
  });
  if (networks.length === 0) {
    await editor.showInformation(t('There is no other network. Create one in the Networks view.'));
    return;
  }
  const network = await editor.pick(t('Connect to Network'), networks.map(choiceOf));
  if (network === undefined) return;
  await runForEach(
    containers.filter((one) => !one.networks.includes(network.name)),
    (container) => connect(engine, network, container),
  );
}

/** Asks for one of the networks of the container, and disconnects it. */
export async function disconnectContainer(
  container: Container,
  { engine: connected, editor }: Tools,
): Promise<void> {
  const engine = await connected();
  const networks = (await engine.networks()).filter(({ name }) =>
    container.networks.includes(name),
  );
  const [only] = networks;
  const network =
    networks.length === 1
      ? only
      : await editor.pick(t('Disconnect from Network'), networks.map(choiceOf));
  if (network === undefined) return;
  if (networks.length === 1) {
    const question = t('Disconnect {0} from {1}?', container.name, network.name);
    const detail = t('It is the only network of the container, which then has no network.');
    if (!(await editor.confirm(question, detail, t('Disconnect')))) return;
  }
  await disconnect(engine, network, container);
}

/** Asks for containers that are not connected to the network, and connects them. */
export async function connectToNetwork(
  network: Network,
  { engine: connected, editor }: Tools,
): Promise<void> {
  const engine = await connected();
  const others = (await engine.containers()).filter((one) => !one.networks.includes(network.name));
  if (others.length === 0) {
    await editor.showInformation(t('All containers are connected to {0}.', network.name));
    return;
  }
  const chosen = await editor.pickSome(t('Connect to {0}', network.name), others.map(memberOf));
  await runForEach(chosen ?? [], (container) => connect(engine, network, container));
}

/** Asks which containers to disconnect from the network. */
export async function disconnectFromNetwork(
  network: Network,
  { engine: connected, editor }: Tools,
): Promise<void> {
  const engine = await connected();
  const members = (await engine.containers()).filter((one) => one.networks.includes(network.name));
  const title = t('Disconnect from {0}', network.name);
  const chosen = await editor.pickSome(title, members.map(memberOf));
  await runForEach(chosen ?? [], (container) => disconnect(engine, network, container));
}

function connect(engine: Engine, network: Network, { id, name }: Container): Promise<void> {
  return attempt(t('Could not connect {0} to {1}', name, network.name), () =>
    engine.connectNetwork(network.id, id),
  );
}

function disconnect(engine: Engine, network: Network, { id, name }: Container): Promise<void> {
  return attempt(t('Could not disconnect {0} from {1}', name, network.name), () =>
    engine.disconnectNetwork(network.id, id),
  );
}

function choiceOf(network: Network): Choice<Network> {
  const { name, driver, subnets } = network;
  const description = [driver, ...subnets.map(({ subnet }) => subnet)].join(' · ');
  return { label: name, description, icon: 'type-hierarchy-sub', value: network };
}

function memberOf(container: Container): Choice<Container> {
  return { label: container.name, description: container.image, value: container };
}
