import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { CliCommand } from '../src/cli/command.ts'
import { COMMAND_GROUPS, wordsOf } from '../src/cli/command-groups.ts'
import { completionScript } from '../src/cli/completion.ts'
import { createProgram } from '../src/cli/program.ts'
import { packageVersion } from '../src/platform/version.ts'
import { MAIN, NODE_FLAGS, runCommand } from './command-line.ts'

const program = await createProgram(null)

/** All commands that do something, those of `kvit invoice` for example, without the groups that they are in. */
function leavesOf(command: CliCommand): CliCommand[] {
  const below = command.commands as readonly CliCommand[]
  return below.length === 0 ? [command] : below.flatMap(leavesOf)
}

test('every command has a description and an example, and the example is a call that it takes', async () => {
  const called: string[] = []
  const own = await createProgram(null)
  for (const command of leavesOf(own)) command.exitOverride().action(() => void called.push(command.path))
  for (const { path, exampleLine } of leavesOf(program)) {
    assert.ok(exampleLine !== undefined, `${path} has no example`)
    await own.parseAsync(['node', ...splitWords(exampleLine)])
    assert.equal(called.at(-1), path)
  }
  const silent = leavesOf(program).filter((command) => command.description() === '')
  assert.deepEqual(
    silent.map(({ path }) => path),
    [],
  )
})

/** As a shell splits a line. */
function splitWords(line: string): string[] {
  const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
  return stdout.split('\0').slice(0, -1)
}

test('a call loads the files that have its words, and the table of words is that of the files', async () => {
  for (const { words } of COMMAND_GROUPS) {
    for (const word of words) {
      const own = await createProgram([word])
      assert.ok(
        own.commands.some((command) => command.name() === word),
        `no file adds ${word}`,
      )
    }
  }
  const listed = new Set(COMMAND_GROUPS.flatMap(({ words }) => words))
  assert.deepEqual(
    program.commands.map((command) => command.name()).filter((name) => !listed.has(name)),
    [],
  )
  const cases: readonly (readonly [string, readonly string[] | null])[] = [
    ['invoice list --account 1', ['invoice', 'list', '1']],
    ['-t main --json invoice list', ['invoice', 'list']],
    ['--tenant=main invoice list', ['invoice', 'list']],
    ['help invoice list', ['invoice', 'list']],
    ['invoce list', null],
    ['--help', null],
    ['completion bash', null],
  ]
  for (const [line, words] of cases) assert.deepEqual(wordsOf(line.split(' ')), words, line)
})

/** A server that answers every list with nothing. */
const api = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json')
  response.end('{"items":[],"nextCursor":null,"totals":[]}')
})
let url = ''
before(async () => {
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
  const address = api.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
after(() => api.close())

const LISTS = [
  'invoice list',
  'customer list',
  'plan list',
  'usage imports',
  'suspense list',
  'payment list',
  'deck list',
  'coupon list',
  'key list',
]

test('a command against a running server loads no server: no Fastify, zod, Kysely, pg, DuckDB or Typst', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kvit-test-'))
  const spy = join(folder, 'spy.mjs')
  // Tells the address of every module that is loaded.
  await writeFile(
    spy,
    `import { registerHooks } from 'node:module'
     import { writeSync } from 'node:fs'
     registerHooks({ load(url, context, next) { writeSync(2, 'loads ' + url + '\\n'); return next(url, context) } })`,
  )
  for (const line of LISTS) {
    const loaded = await runSpied(spy, line.split(' '))
    assert.ok(
      loaded.some((module) => module.includes('/commander/')),
      `${line}: the spy sees what is loaded`,
    )
    const server = loaded.filter((module) =>
      /node_modules\/(?!commander)|src\/(main\.ts|engine|modules|adapters)\b/.test(module),
    )
    assert.deepEqual(server, [], line)
  }
  await rm(folder, { recursive: true, force: true })
})

async function runSpied(spy: string, args: readonly string[]): Promise<string[]> {
  const child = spawn(process.execPath, [...NODE_FLAGS, '--import', pathToFileURL(spy).href, MAIN, ...args], {
    env: { ...process.env, KVIT_URL: url, KVIT_KEY: 'kvit_key', NODE_OPTIONS: '' },
  })
  let err = ''
  child.stderr.on('data', (bytes) => (err += String(bytes)))
  child.stdout.resume()
  const code = await new Promise((resolve) => child.once('close', resolve))
  assert.equal(code, 0, `${args.join(' ')}: ${err.slice(-500)}`)
  return [...err.matchAll(/^loads (.*)$/gm)].map((match) => match[1] as string)
}

test('mistakes of a call are one line that says what is meant, and the exit code is 1', async () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['invoce list', /^kvit: unknown command "invoce"; did you mean invoice\? \("kvit --help" .*\)$/],
    ['invoice lst', /^kvit: unknown command "invoice lst"; did you mean list\? \("kvit invoice --help" .*\)$/],
    ['frobnicate', /^kvit: unknown command "frobnicate" \("kvit --help" lists what there is\)$/],
    ['invoice list --acount 1', /^kvit: invoice list: unknown option '--acount'; did you mean --account\?/],
    [
      'payment record --account 1',
      /^kvit: payment record needs --amount <decimal>, --currency <code>, --key <key>, for example: kvit payment record --account \S+ --amount/,
    ],
    ['bill run', /^kvit: bill run needs --until <date>, for example: kvit bill run --until \d{4}-\d\d-\d\d$/],
    ['invoice show', /^kvit: invoice show needs <reference>, for example: kvit invoice show \S+$/],
    ['customer create --key a', /^kvit: customer create needs --name <text>, for example: kvit customer create --key/],
    ['bill run --until', /^kvit: bill run: option '--until <date>' needs a value, for example: kvit bill run/],
    ['check it', /^kvit: check takes no arguments, and got it, for example: kvit check$/],
    ['completion tcsh', /^kvit: no completion for tcsh: use one of bash, zsh, fish$/],
  ]
  for (const [line, expected] of cases) {
    const { code, out, err } = await runCommand(line.split(' '), { KVIT_URL: url })
    assert.deepEqual({ code, out }, { code: 1, out: '' }, line)
    assert.match(err.trimEnd(), expected)
    assert.equal(err.trimEnd().split('\n').length, 1, err)
  }
})

test('the version is told without anything else; behind a command it is an option of that command', async () => {
  assert.deepEqual(await runCommand(['--version']), { code: 0, out: `${packageVersion()}\n`, err: '' })
  const asked: string[] = []
  const seen = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('content-type', 'application/json')
    response.end('{}')
  })
  await new Promise<void>((resolve) => seen.listen(0, '127.0.0.1', resolve))
  const { port } = seen.address() as { port: number }
  await runCommand(['plan', 'show', 'basic', '--version', '2'], { KVIT_URL: `http://127.0.0.1:${port}` })
  seen.close()
  assert.deepEqual(asked, ['/v1/plans/basic?version=2'])
})

test('help says what is required, how it is written, what holds without it, and an example', async () => {
  const { out } = await runCommand(['payment', 'record', '--help'])
  const text = out.replace(/\s+/g, ' ')
  assert.match(text, /--account <reference> \(required; an id or key\)/)
  assert.match(text, /--currency <code> \(required; ISO 4217, such as EUR\)/)
  assert.match(text, /--received-on <date> \(a day such as 2026-01-31\)/)
  assert.match(text, /--method <method> bank or cash \(default bank\)/)
  assert.match(text, /Example: kvit payment record --account/)
  const account = (await runCommand(['account', 'create', '--help'])).out.replace(/\s+/g, ' ')
  assert.match(account, /--zone <zone> \(required; such as Europe\/Kyiv\)/)
  assert.match(account, /--cycle-unit <text> one of day, week, month, year; default month/)
})

test('an address that is none, or that nobody answers at, is told in a sentence', async () => {
  const none = await runCommand(['invoice', 'list'], { KVIT_URL: 'foo' })
  assert.deepEqual(
    [none.code, none.err.trim()],
    [1, 'kvit: KVIT_URL=foo is no address of a server: write it as http://127.0.0.1:8080'],
  )
  const unknown = await runCommand(['invoice', 'list'], { KVIT_URL: 'http://nowhere.invalid' })
  assert.equal(unknown.code, 1)
  assert.match(
    unknown.err,
    /^kvit: no server answers at http:\/\/nowhere\.invalid \(E\w+\): start it, or correct KVIT_URL\n$|trying on/,
  )
})

test('bash completes words, words of words, and options behind them', () => {
  const complete = (line: string): string[] => {
    const script = `${completionScript(program, 'bash')}
      COMP_WORDS=(${line.endsWith(' ') ? `${line} ''` : line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _kvit; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
    assert.equal(stderr, '')
    return stdout.split('\n').filter((word) => word !== '')
  }
  assert.deepEqual(complete('kvit inv'), ['invoice'])
  assert.ok(['list', 'show', 'pdf'].every((word) => complete('kvit invoice ').includes(word)))
  assert.deepEqual(complete('kvit -t main invoice li'), ['list'])
  assert.deepEqual(complete('kvit invoice list --acc'), ['--account'])
  assert.ok(complete('kvit payment record --account 1 --').includes('--amount'))
})

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0

test('the completion for zsh is a script that it reads', { skip: !has('zsh') && 'no zsh here' }, () => {
  const { status, stderr } = spawnSync('zsh', ['-n'], { input: completionScript(program, 'zsh'), encoding: 'utf8' })
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' })
})

test('fish completes words, words of words, and options', { skip: !has('fish') && 'no fish here' }, async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'kvit-test-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'kvit.fish')
  await writeFile(file, completionScript(program, 'fish'))
  const complete = (line: string): string[] => {
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', `source ${file}; complete -C '${line}'`], {
      encoding: 'utf8',
    })
    assert.equal(stderr, '')
    return stdout.split('\n').map((found) => found.split('\t')[0] as string)
  }
  assert.ok(complete('kvit inv').includes('invoice'))
  assert.ok(['list', 'show', 'pdf'].every((word) => complete('kvit invoice ').includes(word)))
  assert.ok(complete('kvit -t main invoice li').includes('list'))
  assert.ok(complete('kvit invoice list --acc').includes('--account'))
})
