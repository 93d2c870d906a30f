import { z } from 'zod'
import { toCsvCell } from '../../core/base/csv.ts'
import { formatMinor } from '../../core/base/money.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { textUpTo, thingKey } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { RawAnswer, type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import {
  accountNames,
  accountQuery,
  accountsNamed,
  listByIds,
  lockAccount,
  ofAccount,
  ofAccounts,
} from '../parties/index.ts'
import { amount, taskAnswer, viewTasks } from './answers.ts'
import { taskEvent } from './events.ts'
import { handOver } from './hand-over.ts'
import * as handOvers from './hand-over-store.ts'
import * as tasks from './task-store.ts'

const tag = 'Dunning'
const read = { scope: 'dunning:read', tag } as const
const byId = z.object({ id: z.uuid() })

/** Calls that people make, and files of accounts for those who collect. */
export function collectionRoutes(): Route[] {
  return [...taskRoutes(), ...handOverRoutes()]
}

function taskRoutes(): Route[] {
  return [
    writeRoute({
      url: '/v1/call-tasks/{id}/outcome',
      scope: 'dunning:write',
      tag,
      summary: 'Say what came of a call',
      params: byId,
      body: z.strictObject({ outcome: z.enum(tasks.CALL_OUTCOMES), note: textUpTo(2_000).nullable().default(null) }),
      answer: taskAnswer,
      handle: async ({ db, nowMs }, { params, body }, { caller }) => {
        const { id, accountId } = await tasks.getTask(db, params.id)
        await lockAccount(db, accountId)
        const set = { ...body, state: 'done', endedBy: caller.id, endedAt: new Date(nowMs) } as const
        const isEnded = await tasks.endTask(db, id, set)
        const task = await tasks.getTask(db, id)
        if (!isEnded && (task.outcome !== body.outcome || task.note !== body.note))
          throw new Refusal('conflict', `the call task is ${task.state}`)
        if (isEnded) await publish(db, [taskEvent(task)], nowMs)
        return (await viewTasks(db, [task]))[0]
      },
    }),
    readRoute({
      ...read,
      url: '/v1/call-tasks/{id}',
      summary: 'A call that somebody is to make, or has made',
      params: byId,
      answer: taskAnswer,
      handle: async ({ db }, { params }) => (await viewTasks(db, [await tasks.getTask(db, params.id)]))[0],
    }),
    readRoute({
      ...read,
      url: '/v1/call-tasks',
      summary: 'Calls that somebody is to make, with what to say, and those that were made',
      query: z.object({
        ...listQuery,
        ...accountQuery,
        state: z.enum(['open', 'done', 'cancelled']).optional(),
        outcome: z.enum(tasks.CALL_OUTCOMES).optional(),
      }),
      answer: listOf(taskAnswer),
      handle: async ({ db }, { query }) => {
        const accountIds = await accountsNamed(db, query)
        const page = await listPage<tasks.CallTask>(db, query, {
          ...{ table: 'dunningCallTask', madeAt: 'createdAt' },
          narrow: (rows) => ofAccounts(rows, accountIds),
          keep: (rows) =>
            withText(having(rows, { 'row.state': query.state, 'row.outcome': query.outcome }), query.text, [
              'row.note',
            ]),
        })
        return { ...page, items: await viewTasks(db, page.items) }
      },
    }),
  ]
}

const handOverAnswer = z
  .strictObject({
    id: z.uuid(),
    key: z.string(),
    recipient: z.string().nullable(),
    madeBy: z.string(),
    madeAt: z.iso.datetime(),
    accounts: z.array(
      z.strictObject({
        ...ofAccount,
        email: z.string().nullable(),
        address: z.string().nullable(),
        taxId: z.string().nullable(),
        currency: z.string(),
        amount: amount.describe('What was open when the file was made'),
        isRecalled: z.boolean().describe('Its debt is gone since: it is not to be collected any more'),
        documents: z.array(z.strictObject({ id: z.uuid(), number: z.string(), dueOn: z.iso.date(), open: amount })),
      }),
    ),
  })
  .meta({ id: 'DunningHandOver' })

interface Debtor {
  readonly email: string | null
  readonly address: string | null
  readonly taxId: string | null
}

interface ViewedAccount extends Debtor {
  readonly accountId: string
  readonly account?: string
  readonly customerName?: string
  readonly currency: string
  readonly amount: string
  readonly isRecalled: boolean
  readonly documents: readonly {
    readonly id: string
    readonly number: string
    readonly dueOn: string
    readonly open: string
  }[]
}

async function viewHandOvers(
  db: Database,
  rows: readonly handOvers.HandOver[],
): Promise<(handOvers.HandOver & { readonly accounts: readonly ViewedAccount[] })[]> {
  const handed = await handOvers.handedBy(
    db,
    rows.map(({ id }) => id),
  )
  const names = await accountNames(
    db,
    handed.map(({ accountId }) => accountId),
  )
  const customerIds = [...new Set([...names.values()].map(({ customerId }) => customerId))]
  const customers = new Map(
    (await listByIds(db, 'customer', customerIds)).map((row) => [row.id, row as unknown as Debtor]),
  )
  return rows.map((row) => ({
    ...row,
    accounts: handed
      .filter(({ handOverId }) => handOverId === row.id)
      .map(({ accountId, currency, amountMinor, items, state }) => {
        const named = names.get(accountId)
        const { email = null, address = null, taxId = null } = customers.get(named?.customerId ?? '') ?? {}
        const money = (minor: string | null): string => formatMinor(BigInt(minor ?? '0'), currency)
        const documents = (items ?? []).map(({ invoiceId: id, number, dueOn, open }) => {
          return { id, number, dueOn, open: money(open) }
        })
        const isRecalled = state === 'recalled'
        return {
          accountId,
          ...named,
          email,
          address,
          taxId,
          currency,
          amount: money(amountMinor),
          isRecalled,
          documents,
        }
      }),
  }))
}

/** A row for each document. */
function csvOf(accounts: readonly ViewedAccount[]): string {
  const head = [
    'account',
    'customer',
    'address',
    'email',
    'tax_id',
    'document',
    'due_on',
    'currency',
    'open',
    'recalled',
  ]
  const rows = accounts.flatMap(({ account, customerName, address, email, taxId, currency, isRecalled, documents }) =>
    documents.map(({ number, dueOn, open }) =>
      [account, customerName, address, email, taxId, number, dueOn, currency, open, isRecalled ? 'yes' : 'no'].map(
        (cell) => toCsvCell(cell ?? ''),
      ),
    ),
  )
  return `${[head, ...rows].map((row) => row.join(',')).join('\n')}\n`
}

function handOverRoutes(): Route[] {
  return [
    writeRoute({
      url: '/v1/dunning-hand-overs',
      scope: 'dunning:write',
      tag,
      summary:
        'Hand over to somebody who collects the accounts whose policy says so: a file with what is open of them now',
      status: 201,
      body: z.strictObject({
        key: thingKey.optional().describe('The caller’s own identifier: the same key again is the same file'),
        recipient: textUpTo(200).nullable().default(null).describe('Whom they are handed to'),
      }),
      answer: handOverAnswer,
      handle: async (context, { body: { key = newId(), recipient } }, { caller }) => {
        const made = await handOver(context, { key, recipient }, caller.id)
        return (await viewHandOvers(context.db, [made]))[0]
      },
    }),
    readRoute({
      ...read,
      url: '/v1/dunning-hand-overs/{id}',
      summary: 'A file of accounts that were handed over, as JSON, or as CSV with a row for each document',
      params: byId,
      query: z.object({ format: z.enum(['json', 'csv']).default('json') }),
      answer: handOverAnswer,
      handle: async ({ db }, { params, query }) => {
        const [view] = await viewHandOvers(db, [await handOvers.getHandOver(db, params.id)])
        return query.format === 'csv' ? new RawAnswer('text/csv; charset=utf-8', csvOf(view?.accounts ?? [])) : view
      },
    }),
    readRoute({
      ...read,
      url: '/v1/dunning-hand-overs',
      summary: 'Files of accounts that were handed over',
      query: z.object({ ...listQuery }),
      answer: listOf(handOverAnswer),
      handle: async ({ db }, { query }) => {
        const page = await listPage<handOvers.HandOver>(db, query, {
          ...{ table: 'dunningHandOver', madeAt: 'madeAt' },
          keep: (rows) => withText(rows, query.text, ['row.key', 'row.recipient']),
        })
        return { ...page, items: await viewHandOvers(db, page.items) }
      },
    }),
  ]
}
