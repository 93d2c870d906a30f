import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Account, ItemOf } from '../../../sdk/src/index.ts'
import { isCode, keyOf, newKey } from '../api.ts'
import { useAsk, useWrite, useWritten } from '../asking.ts'
import { Fault, State } from '../parts/feedback.tsx'
import type { ListColumn } from '../parts/list-column.ts'
import { Rows } from '../parts/list-table.tsx'
import { useSession } from '../session.tsx'
import { sayCode, useWords } from '../words.tsx'

/** What is shown on one page: whoever has more of it works by the API. */
const SHOWN = 100

/** What an account has: money and units, lot by lot, in the order in which they are used. */
export function Balances({ account }: { readonly account: Account }): ReactNode {
  const { say } = useWords()
  const { money, number, time } = useWritten()
  const answer = useAsk('/v1/accounts/{reference}/balances', { reference: account.id })
  // An account that pays by invoice has no balances.
  if (isCode(answer.error, 'not_found')) return null
  if (answer.isError) return <Fault error={answer.error} />
  if (answer.data === undefined) return null
  const { available, spentThisPeriod, balances, runningSessions, credit } = answer.data
  const shown = (unit: string, amount: string): string =>
    unit === account.currency ? money(amount, unit) : `${number(amount)} ${unit}`
  return (
    <div className="part">
      <h3>{say('balances.title')}</h3>
      <p className="row">
        {available !== null && (
          <span>
            {say('balances.available')} <strong className="figure">{money(available, account.currency)}</strong>
          </span>
        )}
        <span>
          {say('balances.spent')} <strong className="figure">{money(spentThisPeriod, account.currency)}</strong>
        </span>
        {credit.owed !== '0' && !/^0(\.0+)?$/.test(credit.owed) && (
          <span>
            {say('balances.owed')} <strong className="figure">{money(credit.owed, account.currency)}</strong>
          </span>
        )}
        {runningSessions > 0 && (
          <span className="badge accent">{say('balances.sessions', { n: runningSessions })}</span>
        )}
      </p>
      {balances.some(({ lots }) => lots.length > 0) && (
        <table>
          <thead>
            <tr>
              <th scope="col">{say('balances.source')}</th>
              <th scope="col">{say('balances.expires')}</th>
              <th scope="col" className="right">
                {say('balances.remaining')}
              </th>
            </tr>
          </thead>
          <tbody>
            {balances.flatMap(({ unit, lots }) =>
              lots.map((lot) => (
                <tr key={`${unit} ${lot.number}`}>
                  <td>{sayCode(say, 'lot', lot.source)}</td>
                  <td>{lot.expiresAt === null ? '–' : time(lot.expiresAt)}</td>
                  <td className="right figure">
                    {shown(unit, lot.remaining)} <span className="faint small">/ {shown(unit, lot.amount)}</span>
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
    </div>
  )
}

type Contract = ItemOf<'/v1/subscriptions'>

export function Contracts({ customer }: { readonly customer: string }): ReactNode {
  const { say } = useWords()
  const { time, number } = useWritten()
  const answer = useAsk('/v1/subscriptions', { customer, limit: SHOWN })
  const columns: readonly ListColumn<Contract>[] = [
    { id: 'key', head: 'column.key', cell: ({ key }) => <span className="mono">{key}</span>, text: ({ key }) => key },
    {
      id: 'plan',
      head: 'column.plan',
      cell: ({ plan, planVersion }) => (
        <Link to="/plans/$reference" params={{ reference: plan }}>
          {say('plan.version', { plan, version: planVersion })}
        </Link>
      ),
      text: ({ plan }) => plan,
    },
    {
      id: 'service',
      head: 'column.service',
      cell: ({ service }) => keyOf(service) || say('contract.allServices'),
      text: ({ service }) => keyOf(service),
    },
    {
      id: 'quantity',
      head: 'column.quantity',
      isFigure: true,
      cell: ({ quantity }) => number(quantity),
      text: ({ quantity }) => String(quantity),
    },
    { id: 'from', head: 'column.from', cell: ({ startsAt }) => time(startsAt), text: ({ startsAt }) => startsAt },
    {
      id: 'until',
      head: 'column.until',
      cell: ({ endsAt }) => (endsAt === null ? '–' : time(endsAt)),
      text: ({ endsAt }) => endsAt ?? '',
    },
    { id: 'state', head: 'column.state', cell: ({ state }) => <State code={state} />, text: ({ state }) => state },
  ]
  return (
    <section className="sheet">
      <h2>{say('contracts.title')}</h2>
      {answer.isError && <Fault error={answer.error} />}
      {answer.data?.items.length === 0 && <p className="faint">{say('contracts.none')}</p>}
      {answer.data?.nextCursor != null && <p className="faint small">{say('list.first', { n: SHOWN })}</p>}
      {answer.data !== undefined && answer.data.items.length > 0 && (
        <section className="scroll" aria-label={say('contracts.title')}>
          <Rows columns={columns} rows={answer.data.items} />
        </section>
      )}
    </section>
  )
}

type Service = ItemOf<'/v1/services'>

/** What usage points at, whether it is open, and why it is not. */
export function Services({ account }: { readonly account: Account }): ReactNode {
  const { say } = useWords()
  const { time } = useWritten()
  const { may } = useSession()
  const services = useAsk('/v1/services', { account: account.id, limit: SHOWN })
  const seesBlocks = may('blocks:read')
  const states = useAsk(
    '/v1/accounts/{reference}/service-states',
    seesBlocks ? { reference: account.id, limit: SHOWN } : null,
  )
  const blocks = useAsk('/v1/blocks', seesBlocks ? { account: account.id, state: 'standing', limit: SHOWN } : null)
  const byService = new Map((states.data?.items ?? []).map((state) => [state.serviceId, state]))
  const block = useWrite()
  const columns: readonly ListColumn<Service>[] = [
    {
      id: 'key',
      head: 'column.service',
      cell: ({ key }) => <span className="mono">{key}</span>,
      text: ({ key }) => key,
    },
    { id: 'from', head: 'column.from', cell: ({ validFrom }) => time(validFrom), text: ({ validFrom }) => validFrom },
    {
      id: 'until',
      head: 'column.until',
      cell: ({ validUntil }) => (validUntil === null ? '–' : time(validUntil)),
      text: ({ validUntil }) => validUntil ?? '',
    },
    {
      id: 'state',
      head: 'column.state',
      cell: ({ id }) => {
        const state = byService.get(id)
        if (state === undefined) return ''
        return (
          <>
            <State group="service" code={state.state} />{' '}
            <span className="small faint">
              {state.reasons.map((reason) => sayCode(say, 'reason', reason)).join(', ')}
            </span>
          </>
        )
      },
      text: ({ id }) => byService.get(id)?.state ?? '',
    },
    ...(may('blocks:write')
      ? [
          {
            id: 'act',
            head: 'column.act' as const,
            cell: ({ key, id }: Service) => (
              <Button
                size="compact-sm"
                variant="default"
                disabled={block.isPending}
                onClick={() =>
                  block.mutate(async (client) =>
                    client.post('/v1/blocks', {
                      body: { service: id, reason: 'customer', scope: 'all', key: `${key}-${newKey()}` },
                    }),
                  )
                }
              >
                {say('service.block')}
              </Button>
            ),
            text: () => '',
          },
        ]
      : []),
  ]
  return (
    <section className="sheet">
      <h2>{say('services.of', { key: account.key })}</h2>
      {services.isError && <Fault error={services.error} />}
      {block.isError && <Fault error={block.error} />}
      {services.data?.items.length === 0 && <p className="faint">{say('services.none')}</p>}
      {services.data?.nextCursor != null && <p className="faint small">{say('list.first', { n: SHOWN })}</p>}
      {services.data !== undefined && services.data.items.length > 0 && (
        <section className="scroll" aria-label={say('services.of', { key: account.key })}>
          <Rows columns={columns} rows={services.data.items} />
        </section>
      )}
      {(blocks.data?.items ?? []).map(({ id, reason, service, from, note }) => (
        <div className="notice warn row spread" key={id}>
          <span>
            {say('block.stands', {
              service: service ?? say('block.all'),
              reason: sayCode(say, 'reason', reason),
              time: time(from),
            })}{' '}
            {note}
          </span>
          {may('blocks:write') && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => block.mutate(async (client) => client.post('/v1/blocks/{id}/lift', { id, body: {} }))}
            >
              {say('block.lift')}
            </Button>
          )}
        </div>
      ))}
    </section>
  )
}
