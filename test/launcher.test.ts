import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cp, lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'

const ROOT = join(import.meta.dirname, '..')
let clone = ''

/** A checkout without packages, and an npm that notes its calls, and that two of it ran at once. */
before(async () => {
  clone = await mkdtemp(join(tmpdir(), 'kvit-test-launcher-'))
  await cp(join(ROOT, 'kvit'), join(clone, 'kvit'))
  await mkdir(join(clone, 'src/cli'), { recursive: true })
  await mkdir(join(clone, 'bin'))
  await writeFile(join(clone, 'package-lock.json'), '{"lockfile":1}')
  await writeFile(join(clone, 'src/cli/main.ts'), "console.log('ran', process.argv[2])")
  await writeFile(
    join(clone, 'bin/npm'),
    `#!/bin/sh
     echo called >>${clone}/calls
     mkdir ${clone}/busy || echo twice >>${clone}/calls
     sleep 0.5
     [ -e ${clone}/broken ] && { rmdir ${clone}/busy; echo "npm: no network" >&2; exit 7; }
     mkdir -p node_modules
     rmdir ${clone}/busy\n`,
    { mode: 0o755 },
  )
})
after(() => rm(clone, { recursive: true, force: true }))

async function launch(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const path = [join(clone, 'bin'), dirname(process.execPath), process.env['PATH']].join(':')
  const child = spawn(join(clone, 'kvit'), args, { env: { PATH: path } })
  let [out, err] = ['', '']
  child.stdout.on('data', (bytes) => (out += String(bytes)))
  child.stderr.on('data', (bytes) => (err += String(bytes)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, out, err }
}

test('commands that are given at once in a fresh clone install once, and all run', async () => {
  const runs = await Promise.all(['a', 'b', 'c', 'd'].map(async (word) => launch(word)))
  assert.deepEqual(
    runs.map(({ code, out }) => [code, out]),
    ['a', 'b', 'c', 'd'].map((word) => [0, `ran ${word}\n`]),
  )
  assert.equal(await readFile(join(clone, 'calls'), 'utf8'), 'called\n')
  await assert.rejects(lstat(join(clone, '.installing')), 'the lock is given back')
})

test('an installation that fails says so, and the next one tries again', async () => {
  await writeFile(join(clone, 'package-lock.json'), '{"lockfile":2}')
  await writeFile(join(clone, 'broken'), '')
  const { code, err } = await launch('a')
  assert.equal(code, 1)
  assert.match(err, /npm: no network\nkvit: the packages could not be installed: see above, then try again\n$/)
  await rm(join(clone, 'broken'))
  assert.deepEqual((await launch('a')).out, 'ran a\n')
})

test('packages are not replaced under a server that runs out of the folder: it is named, and what to do', async () => {
  await writeFile(
    join(clone, 'src/cli/main.ts'),
    "if (process.argv[2] === 'start') setInterval(() => {}, 1000); else console.log('ran', process.argv[2])",
  )
  const running = spawn(process.execPath, [join(clone, 'src/cli/main.ts'), 'start'], { stdio: 'ignore' })
  running.unref()
  await writeFile(join(clone, 'package-lock.json'), '{"lockfile":2.5}')
  const calls = await readFile(join(clone, 'calls'), 'utf8')
  after(() => running.kill())
  const { code, out, err } = await launch('a')
  assert.deepEqual([code, out], [1, ''])
  assert.match(err, new RegExp(`^kvit: .*new packages.*process ${running.pid}.*: stop it, then try again\n$`))
  assert.equal(await readFile(join(clone, 'calls'), 'utf8'), calls, 'nothing was installed')
  running.kill()
  await new Promise((resolve) => running.once('close', resolve))
  assert.deepEqual((await launch('a')).out, 'ran a\n')
})

test('S11: a lock of a launcher that was killed is taken over, also when its number belongs to a stranger', async () => {
  const stranger = spawn('sleep', ['600'], { stdio: 'ignore' })
  for (const [index, pid] of [999_999_999, stranger.pid].entries()) {
    await writeFile(join(clone, 'package-lock.json'), `{"lockfile":${index + 3}}`)
    await symlink(String(pid), join(clone, '.installing'))
    assert.deepEqual((await launch('a')).out, 'ran a\n')
  }
  assert.equal(stranger.exitCode, null)
  stranger.kill()
})

test('a start builds the console first; a build that fails is told, and keeps nothing from starting', async () => {
  await mkdir(join(clone, 'tools'), { recursive: true })
  await writeFile(join(clone, 'src/cli/main.ts'), "console.log('ran', process.argv[2])")
  const build = join(clone, 'tools/build-console.ts')
  await writeFile(build, "console.error('built')")
  assert.deepEqual(await launch('start'), { code: 0, out: 'ran start\n', err: 'built\n' })
  assert.equal((await launch('restart')).err, '', 'no other command does')
  await writeFile(build, "console.error('broken'); process.exit(1)")
  assert.deepEqual(await launch('start'), { code: 0, out: 'ran start\n', err: 'broken\n' })
})
