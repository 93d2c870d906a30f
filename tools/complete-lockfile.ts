import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * npm leaves the optional platform packages of other systems out of a lockfile, and `npm ci` then refuses it elsewhere.
 * This adds them: run it after every change of dependencies.
 */
interface Entry {
  version: string
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const SYSTEMS = [
  'darwin',
  'windows',
  'win32',
  'android',
  'freebsd',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'aix',
  'linux',
]
const PROCESSORS = ['arm64', 'aarch64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el']

/** What the name of a platform package says about where it runs: `@x/cli-linux-arm64-musl`. */
function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const words = (name.split('/').at(-1) ?? '').split('-')
  if (words.some((word) => word.startsWith('wasm32'))) return { cpu: ['wasm32'] }
  const system = SYSTEMS.find((candidate) => words.includes(candidate)) ?? 'linux'
  const processor = PROCESSORS.find((candidate) => words.includes(candidate))
  const libc = words.find((word) => word.startsWith('musl') || word.startsWith('gnu'))
  return {
    os: [system === 'windows' ? 'win32' : system],
    ...(processor === undefined ? {} : { cpu: [processor === 'aarch64' ? 'arm64' : processor] }),
    ...(libc === undefined ? {} : { libc: [libc.startsWith('musl') ? 'musl' : 'glibc'] }),
  }
}

const file = join(import.meta.dirname, '../package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> }
let added = 0
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const places = [`${path}/node_modules/${name}`, `node_modules/${name}`]
    if (places.some((place) => lock.packages[place] !== undefined)) continue
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ''),
      optional: true,
      ...platformOf(name),
    }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} platform packages added`)
