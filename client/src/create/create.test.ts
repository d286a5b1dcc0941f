import { expect, test } from 'vitest';
import { networkRequest, networkValues } from './network.ts';
import { volumeRequest, volumeValues } from './volume.ts';

const messages = ({ marks }: { readonly marks: readonly { field: string; message: string }[] }) =>
  marks.map(({ field, message }) => `${field}: ${message}`);

test('creates a network with driver, addresses, options and labels', () => {
  const values = {
    ...networkValues,
    name: 'lan',
    driver: 'macvlan',
    subnet: '10.1.0.0/16',
    gateway: '10.1.0.1',
    internal: true,
    options: 'parent=eth0',
    labels: 'team=shop\nowner',
  };
  const request = networkRequest(values, new Set());
  expect(request.line).toBe(
    'docker network create --driver macvlan --internal --subnet 10.1.0.0/16 --gateway 10.1.0.1 --opt parent=eth0 --label team=shop --label owner lan',
  );
  expect(request.network).toMatchObject({
    driver: 'macvlan',
    internal: true,
    options: { parent: 'eth0' },
    labels: { team: 'shop', owner: '' },
  });
  expect(request.marks).toEqual([]);
});

test.each([
  [{ name: 'shop' }, 'name: A network named shop already exists.'],
  [{ subnet: '10.1' }, 'subnet: Enter a subnet in CIDR notation, such as 172.28.0.0/16.'],
  [{ gateway: '10.1.0.1' }, 'gateway: A gateway requires a subnet.'],
  [{ options: '=x' }, 'options: =x has no name before ='],
])('reports a network that cannot be created: %j', (values, message) => {
  const request = networkRequest({ ...networkValues, name: 'new', ...values }, new Set(['shop']));
  expect(messages(request)).toEqual([message]);
});

test('creates a volume with driver, options and labels', () => {
  const values = {
    ...volumeValues,
    name: 'data',
    options: 'type=nfs\no=addr=10.0.0.2,rw',
    labels: 'a=b',
  };
  const request = volumeRequest(values, new Set());
  expect(request.line).toBe(
    'docker volume create --opt type=nfs --opt o=addr=10.0.0.2,rw --label a=b data',
  );
  expect(request.volume.options).toEqual({ type: 'nfs', o: 'addr=10.0.0.2,rw' });
  expect(messages(volumeRequest({ ...volumeValues, name: 'data' }, new Set(['data'])))).toEqual([
    'name: A volume named data already exists.',
  ]);
});
