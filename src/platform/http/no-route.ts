import type { FastifyInstance } from 'fastify'
import { closestSpelling } from '../../core/base/suggest-spelling.ts'
import { Refusal } from '../problems.ts'
import { type Console, isPageOfConsole, sendConsole } from './console.ts'
import type { Route } from './route.ts'

/** Longest address that is compared with those that there are. */
const MAX_COMPARED = 100
const WHERE = 'GET /reference/ is a page of all routes, and GET /openapi.json has them for programs'

/** Says of an address without a route what it takes instead, or which one was probably meant. */
export function noRoute(routes: readonly Route[], method: string, url: string): Refusal {
  const path = (url.split('?')[0] as string).replace(/(?<=.)\/$/, '')
  const said = `no route ${method} ${url.slice(0, MAX_COMPARED)}`
  const methods = routes.filter((route) => patternOf(route).test(path)).map((route) => route.method)
  if (methods.length > 0)
    return new Refusal('not_found', `${said}: this address takes ${[...new Set(methods)].join(', ')}`)
  const meant =
    path.length > MAX_COMPARED ? undefined : closestSpelling(path, new Set(routes.map((route) => route.url)))
  const hint = meant === undefined ? '' : `; did you mean ${meant}?`
  return new Refusal('not_found', `${said}${hint} ${WHERE}`)
}

function patternOf({ url }: Route): RegExp {
  return new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`)
}

/** The page at the address of the server itself: for people the console, for programs where to look. */
export function addFrontDoor(app: FastifyInstance, version: string, console: Console): void {
  app.get('/', { schema: { hide: true }, compress: false }, async (request, reply) =>
    isPageOfConsole('GET', '/', request.headers.accept)
      ? sendConsole(console, request, reply)
      : { name: 'Kvit', version, console: '/', reference: '/reference/', openapi: '/openapi.json', health: '/readyz' },
  )
}
