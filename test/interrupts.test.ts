import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { findDatabaseFolder } from '../src/platform/database-folder.ts'
import { readPostmaster } from '../src/platform/postmaster.ts'
import { Command } from './command-line.ts'
import { createDatabase } from './harness.ts'

/** What an API answers; undefined keeps the caller waiting. */
type Answer = (request: IncomingMessage) => object | undefined

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kvit-test-interrupts-'))
})
after(() => rm(folder, { recursive: true, force: true }))

async function serve(answer: Answer): Promise<{ url: string; close: () => void }> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.resume()
    request.once('end', () => {
      const body = answer(request)
      if (body === undefined) return
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('an interrupted import says how much is delivered, and that the same command goes on', async () => {
  const file = join(folder, 'calls.csv')
  const mapping = join(folder, 'mapping.yaml')
  const row = `${'x'.repeat(99)}\n`
  await writeFile(file, row.repeat(50_000))
  await writeFile(mapping, 'format: csv\n')
  let isSecond = (): void => undefined
  const second = new Promise<void>((resolve) => {
    isSecond = resolve
  })
  let chunks = 0
  const { url, close } = await serve(({ url: path = '' }) => {
    if (!path.includes('/chunks')) return { id: 'import-1', status: 'open', nextOffset: '0' }
    if (++chunks === 1) return { id: 'import-1', status: 'open' }
    isSecond()
    return undefined
  })
  const command = new Command(['usage', 'import', file, '--mapping', mapping], { KVIT_URL: url })
  await second
  const { code, err } = await command.interrupt()
  close()
  assert.equal(code, 130)
  assert.match(err, /interrupted; calls\.csv: 2097100 of 5000000 .*same command goes on from there/)
})

test('an interrupted bill run says that the server goes on with it, and SIGTERM has its own exit code', async () => {
  const run = { id: 'run-1', status: 'running', accountsTotal: 400, accountsDone: 12, documents: 12, error: null }
  let asked = 0
  const { url, close } = await serve(() => {
    asked++
    return run
  })
  const command = new Command(['bill', 'run', '--until', '2026-02-01'], { KVIT_URL: url })
  while (asked < 3) await new Promise((resolve) => setTimeout(resolve, 20))
  const { code, err } = await command.interrupt('SIGTERM')
  close()
  assert.equal(code, 143)
  assert.match(
    err,
    /interrupted; billing: 12 of 400 are done, and the server goes on with it; the same command waits again/,
  )
})

test('any command ends at once when it is interrupted, also while it waits for input', async () => {
  let isAsked = (): void => undefined
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve
  })
  const { url, close } = await serve(() => {
    isAsked()
    return undefined
  })
  const command = new Command(['invoice', 'list'], { KVIT_URL: url })
  await asked
  const { code, err } = await command.interrupt()
  close()
  assert.deepEqual(
    [code, err.trim()],
    [130, 'kvit: interrupted; what the server had answered is done, and the same command may be given again'],
  )
})

test('what is interrupted while it starts is ended in order: nothing is left running', async () => {
  await chmod(folder, 0o711)
  for (const [name, args, expected] of [
    ['command', ['tenant', 'list'], 130],
    ['server', ['start'], 0],
  ] as const) {
    const dataDir = join(folder, name)
    const command = new Command(args, { KVIT_DATA: dataDir })
    while (!(await readdir(dataDir).catch(() => [] as string[])).includes('postgres.json')) {
      assert.equal(command.out, '', 'it is interrupted before it is ready')
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const { code, out, err } = await command.interrupt()
    assert.deepEqual([code, out], [expected, ''], err)
    assert.notEqual((await readPostmaster(await findDatabaseFolder(dataDir)))?.isRunning, true)
    const left = (await readdir(dataDir)).filter((file) => /lock|server\.json|\.new|\.password/.test(file))
    assert.deepEqual(left, [])
  }
})

test('a server that is interrupted twice ends at once, and the next one goes on', async () => {
  const url = await createDatabase()
  const env = { KVIT_DATA: join(folder, 'data'), DATABASE_URL: url }
  const server = new Command(['start'], env)
  await server.says('Kvit listens on')
  const address = /http:\S+/.exec(server.out)?.[0] ?? ''
  // A request that is never finished keeps the server from closing for a long time.
  const hanging = request(`${address}/v1/tenants`, { method: 'POST', headers: { 'content-length': '10' } })
  hanging.on('error', () => undefined)
  hanging.write('{')
  await new Promise((resolve) =>
    hanging.once('socket', (socket) => (socket.connecting ? socket.once('connect', resolve) : resolve(null))),
  )
  server.child.kill('SIGINT')
  await server.says('stopping; what was answered is stored (a second interrupt does not wait)')
  const { code } = await server.interrupt()
  assert.ok(code === 130 || code === 0, `it ended with ${code}`)
  hanging.destroy()
  const next = new Command(['start'], env)
  await next.says('Kvit listens on')
  assert.equal((await next.interrupt()).code, 0)
  assert.match(next.err, /stopped; "kvit start" goes on where it was/)
})
