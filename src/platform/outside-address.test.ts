import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOutside, NotOutside, outsideAddress } from './outside-address.ts'

const INSIDE = [
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.9.9.9', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
  ...['192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', '::127.0.0.1', '::ffff:10.0.0.1'],
  ...['::ffff:127.0.0.1', '64:ff9b::a00:1', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'ff02::1', '2002:7f00:1::'],
]
for (const address of INSIDE) test(`${address} is inside`, () => assert.equal(isOutside(address), false))

for (const address of ['8.8.8.8', '172.15.0.1', '172.32.0.1', '192.167.0.1', '::ffff:8.8.8.8', '2606:4700::1111'])
  test(`${address} is outside`, () => assert.equal(isOutside(address), true))

test('a name is what it stands for, and an operator may allow a server with its port', async () => {
  await assert.rejects(outsideAddress('localhost', 25, []), NotOutside)
  await assert.rejects(outsideAddress('localhost', 25, ['localhost:26']), NotOutside)
  assert.match(await outsideAddress('LOCALHOST', 25, ['localhost:25']), /^(127\.0\.0\.1|::1)$/)
  for (const written of ['127.1', '2130706433', '0x7f000001', '[::1]'])
    await assert.rejects(outsideAddress(written, 25, []), written)
})
