import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../problems.ts'
import { CONSOLE_POLICY } from './safe-headers.ts'

/**
 * The console is a page in a browser that works by the API alone. Its files are made by the launcher (`tools/build-console.ts`) and read
 * here once, compressed as they are; without them everything but the page works.
 */
export interface ConsoleFiles {
  readonly page: ConsoleFile
  /** By their addresses. Their names have a hash of what is in them. */
  readonly assets: ReadonlyMap<string, ConsoleFile>
}

interface ConsoleFile {
  readonly type: string
  readonly plain: Buffer
  readonly br?: Buffer
  readonly gzip?: Buffer
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  json: 'application/json',
}
/** A hashed name never means something else. */
const FOR_EVER = 'public, max-age=31536000, immutable'
/** Paths of programs: what is not there is said to them as a problem in JSON. */
const OF_PROGRAMS = /^\/(v\d+|pay|unsubscribe|reference|assets|openapi\.json|livez|readyz|metrics)(\/|\?|$)/

/** Reads the console once for each build of it. */
export class Console {
  private readonly folder: string
  private read: { readonly madeMs: number; readonly files: ConsoleFiles } | null = null

  constructor(folder: string) {
    this.folder = folder
  }

  /** @returns null where it is not built. */
  files(): ConsoleFiles | null {
    const page = join(this.folder, 'index.html')
    if (!existsSync(page)) return null
    const madeMs = statSync(page).mtimeMs
    if (this.read?.madeMs !== madeMs) this.read = { madeMs, files: readFiles(this.folder) }
    return this.read.files
  }
}

function readFiles(folder: string): ConsoleFiles {
  const assets = new Map<string, ConsoleFile>()
  for (const name of readdirSync(join(folder, 'assets')))
    if (!/\.(br|gz)$/.test(name)) assets.set(`/assets/${name}`, readOne(join(folder, 'assets', name)))
  return { page: readOne(join(folder, 'index.html')), assets }
}

function readOne(path: string): ConsoleFile {
  const [br, gzip] = ['br', 'gz'].map((end) =>
    existsSync(`${path}.${end}`) ? readFileSync(`${path}.${end}`) : undefined,
  )
  const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  return { type, plain: readFileSync(path), ...(br ? { br } : {}), ...(gzip ? { gzip } : {}) }
}

/** Whether a person asks for a page, and not a program for a route. */
export function isPageOfConsole(method: string, url: string, accept: string | undefined): boolean {
  return method === 'GET' && accept?.includes('text/html') === true && !OF_PROGRAMS.test(url)
}

/** The page of the console, at whatever address of it; without a build a page that says what to do. */
export function sendConsole(console: Console, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const files = console.files()
  if (files === null)
    return reply
      .status(200)
      .type(TYPES['html'] as string)
      .send(NOT_BUILT)
  void reply.header('content-security-policy', CONSOLE_POLICY).header('cache-control', 'no-cache')
  return sendFile(files.page, request, reply)
}

/** Serves what the page consists of. */
export function addConsole(app: FastifyInstance, console: Console): void {
  app.get('/assets/:name', { schema: { hide: true }, compress: false }, async (request, reply) => {
    const file = console.files()?.assets.get(request.url.split('?')[0] as string)
    if (file === undefined)
      throw new Refusal(
        'not_found',
        'no such file of the console: it was built anew, and the page is to be loaded again',
      )
    return sendFile(file, request, reply.header('cache-control', FOR_EVER))
  })
}

function sendFile(file: ConsoleFile, { headers }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const taken = String(headers['accept-encoding'] ?? '')
  const [encoding, body] =
    file.br !== undefined && /\bbr\b/.test(taken)
      ? ['br', file.br]
      : file.gzip !== undefined && /\bgzip\b/.test(taken)
        ? ['gzip', file.gzip]
        : [null, file.plain]
  if (encoding !== null) void reply.header('content-encoding', encoding)
  return reply.header('vary', 'accept-encoding').type(file.type).send(body)
}

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Kvit</title>
<h1>Kvit works; its console is not built</h1>
<p>The launcher builds it at each start: stop the server and run <code>./kvit start</code>. What keeps it from being built is said there.</p>
<p>The API needs no console: <a href="/reference/">all routes</a>.</p></html>`
