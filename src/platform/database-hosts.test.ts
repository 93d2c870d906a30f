import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DatabaseHosts, hostUrls } from './database-hosts.ts'

const CASES: readonly (readonly [url: string, urls: readonly string[]])[] = [
  ['postgres://kvit:pw@db/kvit', ['postgres://kvit:pw@db/kvit']],
  ['postgres://kvit:pw@a:1,b:2/kvit', ['postgres://kvit:pw@a:1/kvit', 'postgres://kvit:pw@b:2/kvit']],
  ['postgresql://u@a,b:2/db', ['postgresql://u@a:5432/db', 'postgresql://u@b:2/db']],
  [
    'postgres://u:p%40w@a:1,[::1]:2,[::2]/db?sslmode=require&target_session_attrs=read-write',
    [
      'postgres://u:p%40w@a:1/db?sslmode=require',
      'postgres://u:p%40w@[::1]:2/db?sslmode=require',
      'postgres://u:p%40w@[::2]:5432/db?sslmode=require',
    ],
  ],
  [
    'postgres://a,b/db?target_session_attrs=primary&application_name=kvit',
    ['postgres://a:5432/db?application_name=kvit', 'postgres://b:5432/db?application_name=kvit'],
  ],
  ['postgres://a:1,b:2/db?target_session_attrs=any', ['postgres://a:1/db', 'postgres://b:2/db']],
]

for (const [url, urls] of CASES)
  test(`${url} names ${urls.length}`, () => {
    assert.deepEqual(hostUrls(url), urls)
  })

test('whoever finds a server gone moves everybody on, once', () => {
  const hosts = new DatabaseHosts('postgres://a:1,b:2/db')
  const first = hosts.current
  hosts.leave(first.turn)
  hosts.leave(first.turn)
  assert.equal(hosts.current.url, 'postgres://b:2/db')
  hosts.leave(hosts.current.turn)
  assert.equal(hosts.current.url, first.url)
  assert.notEqual(hosts.current.turn, first.turn)
})

test('a primary of an older timeline was left behind', () => {
  const hosts = new DatabaseHosts('postgres://a:1,b:2/db')
  assert.equal(hosts.isOutdated('00000001'), false)
  assert.equal(hosts.isOutdated('00000002'), false)
  assert.equal(hosts.isOutdated('00000001'), true)
  assert.equal(hosts.isOutdated(null), false)
})
