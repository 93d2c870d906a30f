import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { MODULES } from '../src/app/modules.ts'
import { SUSPENSE_REASONS } from '../src/core/mediation/suspense-reason.ts'
import { PROBLEMS } from '../src/platform/problems.ts'

const ROOT = join(import.meta.dirname, '..')
/** Nobody holds a longer file in their head. */
const isWrittenByATool = (file: string): boolean =>
  file === 'src/platform/tables.ts' || file.startsWith('packages/sdk/src/generated/')
const MAX_LINES = 330
const MAX_LINE_LENGTH = 210

const files = ['src', 'test', 'bench', 'packages', 'tools'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
)
const sources = new Map(files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]))
const isTest = (file: string): boolean => file.endsWith('.test.ts') || file.startsWith('test/')

function importsOf(file: string): string[] {
  const text = sources.get(file) ?? ''
  return [...text.matchAll(/^(?:import|export)[^'"]*?from '([^']+)'/gms)].map((match) => match[1] as string)
}

function resolved(file: string, target: string): string {
  return normalize(join(dirname(file), target))
}

/** Who may import whom: the first rule whose `from` fits a file holds for it. */
const RULES: readonly { from: RegExp; may: (target: string, file: string) => boolean }[] = [
  { from: /^src\/core\//, may: (target) => target.startsWith('src/core/') },
  { from: /^src\/platform\//, may: (target) => /^src\/(platform|core\/base)\//.test(target) },
  { from: /^src\/engine\//, may: (target) => /^src\/(engine|core|platform)\//.test(target) },
  {
    from: /^src\/modules\//,
    may: (target, file) => {
      const own = file.split('/').slice(0, 3).join('/')
      if (target.startsWith(`${own}/`) || /^src\/(core|platform)\//.test(target)) return true
      return (
        ['src/engine/index.ts', 'src/modules/module.ts'].includes(target) ||
        /^src\/modules\/[a-z-]+\/index\.ts$/.test(target)
      )
    },
  },
  // The console knows what the API shows: the core, and the client of the API.
  { from: /^packages\/web\//, may: (target) => /^(packages\/(web|sdk)|src\/core)\//.test(target) },
  { from: /^packages\/sdk\//, may: (target) => target.startsWith('packages/sdk/') },
  // Fakes stand in for adapters, and see of the house what those see.
  {
    from: /^packages\/fakes\//,
    may: (target) => /^(packages\/fakes|src\/(core|platform))\/|^src\/modules\/[a-z-]+\/ports\.ts$/.test(target),
  },
  {
    from: /^src\/adapters\//,
    may: (target, file) => {
      const own = file.split('/').slice(0, 3).join('/')
      return (
        target.startsWith(`${own}/`) ||
        // What all those have in common that ask providers over HTTP.
        target.startsWith('src/adapters/provider-http/') ||
        /^src\/(core|platform)\//.test(target) ||
        /^src\/(engine|modules\/[a-z-]+)\/(ports|inbound)\.ts$/.test(target)
      )
    },
  },
]

test('files import only what their place in the house allows', () => {
  const broken = files
    .filter((file) => !isTest(file))
    .flatMap((file) => {
      const rule = RULES.find(({ from }) => from.test(file))
      if (rule === undefined) return []
      return importsOf(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => resolved(file, target))
        .filter((target) => !rule.may(target, file))
        .map((target) => `${file} imports ${target}`)
    })
  assert.deepEqual(broken, [])
})

test('the core imports no package and asks no clock, no chance and no environment', () => {
  const core = files.filter((file) => file.startsWith('src/core/') && !isTest(file))
  const broken = core.flatMap((file) => [
    ...importsOf(file)
      .filter((target) => !target.startsWith('.'))
      .map((target) => `${file} imports ${target}`),
    ...(/\bDate\.now\(|\bnew Date\(\)|Math\.random\(|Temporal\.Now|process\.|console\./.test(sources.get(file) ?? '')
      ? [`${file} is not pure`]
      : []),
  ])
  assert.deepEqual(broken, [])
})

test('only the clock asks for the time, and only tests, benchmarks and the command line measure it', () => {
  const asks = files.filter(
    (file) => /\bDate\.now\(|Temporal\.Now|new Date\(\)/.test(sources.get(file) ?? '') && !isTest(file),
  )
  assert.deepEqual(asks, ['src/platform/clock.ts'])
})

/**
 * Rooms of the engine, the lowest first: a file imports from its own room and from lower ones. `ports.ts` counts as a file
 * of the journal; the other files beside the rooms (`engine.ts`, `engine-reads.ts`) are the door, above them all.
 */
const ENGINE_ROOMS = [
  'columnar',
  'definitions',
  'journal',
  'memory',
  'rating',
  'charging',
  'online',
  'partition',
  'corrections',
  'archive',
  'queries',
  'audit',
]

test('rooms of the engine import only from lower rooms', () => {
  const level = (file: string): number => {
    const [, , room] = file.split('/')
    if (room === 'ports.ts') return ENGINE_ROOMS.indexOf('journal')
    return room?.endsWith('.ts') ? ENGINE_ROOMS.length : ENGINE_ROOMS.indexOf(room ?? '')
  }
  const engine = files.filter((file) => file.startsWith('src/engine/') && !isTest(file))
  const rooms = engine.map((file) => file.split('/')[2] as string).filter((room) => !room.endsWith('.ts'))
  assert.deepEqual(new Set(rooms), new Set(ENGINE_ROOMS))
  const climbs = engine.flatMap((file) =>
    importsOf(file)
      .filter((target) => target.startsWith('.'))
      .map((target) => resolved(file, target))
      .filter((target) => target.startsWith('src/engine/') && level(target) > level(file))
      .map((target) => `${file} imports ${target}`),
  )
  assert.deepEqual(climbs, [])
})

test('modules import each other without a circle', () => {
  const uses = new Map<string, Set<string>>()
  for (const file of files.filter((name) => name.startsWith('src/modules/') && !isTest(name))) {
    const own = file.split('/')[2] as string
    const targets = importsOf(file)
      .filter((target) => target.startsWith('.'))
      .map((target) => resolved(file, target).split('/'))
      .filter((parts) => parts[1] === 'modules' && parts[2] !== own)
      .map((parts) => parts[2] as string)
    uses.set(own, new Set([...(uses.get(own) ?? []), ...targets]))
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(uses.get(from) ?? [])].some((next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))))
  assert.deepEqual(
    [...uses.keys()].filter((name) => reaches(name, name)),
    [],
  )
})

test('no file and no line is too long', () => {
  const long = files
    .filter((file) => !isWrittenByATool(file))
    .flatMap((file) => {
      const lines = (sources.get(file) ?? '').split('\n')
      const wide = lines.findIndex((line) => line.length > MAX_LINE_LENGTH)
      return [
        ...(lines.length > MAX_LINES ? [`${file} has ${lines.length} lines`] : []),
        ...(wide < 0 ? [] : [`${file}:${wide + 1} has ${lines[wide]?.length} characters`]),
      ]
    })
  assert.deepEqual(long, [])
})

test('no name says nothing, and no money passes through floating point', () => {
  const broken = files.flatMap((file) => {
    const text = sources.get(file) ?? ''
    return [
      ...(/(^|\/)(utils?|helpers?|common|types|manager)(\.tsx?|\/)/.test(file)
        ? [`${file}: a name that says nothing`]
        : []),
      ...(/^export default\b/m.test(text) ? [`${file}: default export`] : []),
      ...(file.startsWith('src/core/') && !isTest(file) && /parseFloat|toFixed\(/.test(text)
        ? [`${file}: floating point`]
        : []),
    ]
  })
  assert.deepEqual(broken, [])
})

test('an "or" written in SQL stands in parentheses: further conditions are joined to it with "and"', () => {
  const open = files.flatMap((file) =>
    [...(sources.get(file) ?? '').matchAll(/\.(?:where|having)\(\s*sql(?:<\w+>)?`([^`]*)`/g)].flatMap(
      ([, text = '']) => {
        let outside = text
        for (let before = ''; before !== outside; ) [before, outside] = [outside, outside.replace(/\([^()]*\)/g, '')]
        return / or /.test(outside) ? [`${file}: ${text}`] : []
      },
    ),
  )
  assert.deepEqual(open, [])
})

test('every problem and every reason for suspense is documented', () => {
  const page = readFileSync(join(ROOT, 'docs/ERRORS.md'), 'utf8')
  const undocumented = [...Object.keys(PROBLEMS), ...Object.keys(SUSPENSE_REASONS)].filter(
    (code) => !page.includes(`\`${code}\``),
  )
  assert.deepEqual(undocumented, [])
})

test('every folder of a domain is in the list of modules, and nothing else is', () => {
  const folders = readdirSync(join(ROOT, 'src/modules')).filter((name) => !name.endsWith('.ts'))
  assert.deepEqual(new Set(MODULES.map(({ name }) => name)), new Set(folders))
})

test('every module says in a README what it owns and what it does not do', () => {
  const modules = readdirSync(join(ROOT, 'src/modules')).filter((name) => !name.endsWith('.ts'))
  const missing = modules.filter((name) => !readdirSync(join(ROOT, 'src/modules', name)).includes('README.md'))
  assert.deepEqual(missing, [])
})
