import type { FastifyInstance } from 'fastify'
import { AuditLog } from '../src/platform/http/audit-log.ts'
import { Budgets, budgetLimits } from '../src/platform/http/budgets.ts'
import type { Route } from '../src/platform/http/route.ts'
import { createServer } from '../src/platform/http/server.ts'
import { createLog } from '../src/platform/log.ts'
import { createMetrics } from '../src/platform/metrics.ts'
import type { TestKvit } from './harness.ts'

/** What a stub answers: it has the name of a tenant, as the answers of routes about tenants have. */
export const REACHED = { name: 'shop', reached: true }

/**
 * All routes of a running Kvit, with the same ways in and the same log of who did what, but nothing behind them: whoever is
 * let in gets `REACHED`, whatever was sent. So each route can be asked for, and nothing comes of it.
 */
export async function stubServer({ app }: TestKvit): Promise<FastifyInstance> {
  const { callers } = app
  const { db, nowMs } = app.charging
  const stubs = app.routes.map((route): Route => {
    const { params: _p, query: _q, body: _b, hot: _h, prepare: _r, aside: _a, rawBody: _w, ...rest } = route
    return { ...rest, handle: async () => REACHED } as Route
  })
  return createServer(
    {
      ...callers,
      db,
      nowMs,
      log: createLog('silent'),
      metrics: createMetrics(),
      version: '0',
      budgets: new Budgets(budgetLimits(384, 10_000)),
      aside: { run: async () => Promise.reject(new Error('nothing is read aside here')) },
      audit: new AuditLog(
        db,
        async (name) => callers.findTenant(name),
        () => undefined,
      ),
      afterCommit: async () => undefined,
      events: [],
      consoleDir: '/nowhere',
      corsOrigins: [],
      tls: null,
      metricsToken: null,
      readiness: async () => 'ok',
    },
    stubs,
  )
}

/** An address of a route, with something in each place of it. */
export function pathOfRoute({ url }: Route): string {
  return url.replace(/\{\w+\}/g, 'x')
}
