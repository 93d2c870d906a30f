import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { AnswerOf, BodyOf, PlanVersion } from '../../../sdk/src/index.ts'
import { useAsk, useKvit, useWritten } from '../asking.ts'
import { Fault } from '../parts/feedback.tsx'
import { TableHead } from '../parts/table-head.tsx'
import { typedCount, typedQuantity } from '../typed.ts'
import { useWords } from '../words.tsx'
import { contentOf } from './plans.tsx'

interface Meter {
  readonly code: string
  readonly name: string
  readonly eventType: string
  readonly aggregator: string
  readonly property?: string
  readonly unit: string
}
type Trial = AnswerOf<'post', '/v1/plans/{code}/simulate'>

/** Records that a count is tried with, at most. */
const MAX_COUNTED = 1_000

/** What usage would cost: quantities that somebody thinks of, or what an account has really used. */
export function TryPrices({ plan }: { readonly plan: PlanVersion }): ReactNode {
  const { say } = useWords()
  const meters = useAsk('/v1/meters', {})
  const clock = useAsk('/v1/clock', {})
  const client = useKvit()
  const [way, setWay] = useState('quantities')
  const [unread, setUnread] = useState<readonly string[]>([])
  const used = new Set(contentOf(plan).prices.flatMap(({ meter }) => meter ?? []))
  const own = ((meters.data?.items ?? []) as readonly Meter[]).filter(({ code }) => used.has(code))
  const month = `${(clock.data?.now ?? '2026-01').slice(0, 7)}-01`
  const trial = useMutation({
    mutationFn: async (body: BodyOf<'post', '/v1/plans/{code}/simulate'>) =>
      client.post('/v1/plans/{code}/simulate', { code: plan.code, body: { version: plan.version, ...body } }),
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const fields = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>
    if (way === 'account')
      trial.mutate({
        usage: { account: fields['account'] ?? '', from: fields['from'] ?? '', until: fields['until'] ?? '' },
      })
    else if (way === 'records')
      trial.mutate({
        records: (fields['records'] ?? '')
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => JSON.parse(line) as never),
      })
    else {
      const given = own.flatMap((meter) => {
        const typed = (fields[meter.code] ?? '').trim()
        return typed === ''
          ? []
          : [{ meter, read: meter.aggregator === 'count' ? typedCount(typed) : typedQuantity(typed) }]
      })
      const wrong = given.filter(({ read }) => read === null).map(({ meter }) => meter.code)
      setUnread(wrong)
      if (wrong.length > 0) return
      const records = given.flatMap(({ meter, read }) => recordsFor(meter, read ?? '', month)) as never
      trial.mutate({ records, startsOn: month, zone: 'UTC' })
    }
  }
  return (
    <section className="sheet stack">
      <h2>{say('try.title')}</h2>
      <form className="stack" onSubmit={submit}>
        <NativeSelect
          label={say('try.by')}
          value={way}
          onChange={({ currentTarget }) => setWay(currentTarget.value)}
          data={(['quantities', 'account', 'records'] as const).map((value) => ({ value, label: say(`try.${value}`) }))}
        />
        {way === 'quantities' &&
          own.map((meter) => (
            <TextInput
              key={meter.code}
              name={meter.code}
              label={`${meter.name}, ${meter.unit}`}
              inputMode="decimal"
              error={
                unread.includes(meter.code) &&
                say('typed.how', { example: meter.aggregator === 'count' ? '1234' : '1234.50' })
              }
            />
          ))}
        {way === 'quantities' && own.length === 0 && <p className="faint">{say('try.noMeters')}</p>}
        {way === 'account' && (
          <>
            <TextInput name="account" label={say('column.account')} required />
            <TextInput name="from" type="date" label={say('column.from')} required defaultValue={month} />
            <TextInput name="until" type="date" label={say('column.until')} required />
          </>
        )}
        {way === 'records' && (
          <Textarea
            name="records"
            label={say('try.records')}
            description={say('try.recordsHow')}
            rows={6}
            classNames={{ input: 'mono' }}
            required
          />
        )}
        <Button type="submit" loading={trial.isPending}>
          {say('try.do')}
        </Button>
      </form>
      {trial.isError && <Fault error={trial.error} />}
      {trial.data !== undefined && <Result trial={trial.data} plan={plan} />}
    </section>
  )
}

/** A quantity as records that a meter makes it of. */
function recordsFor(meter: Meter, quantity: string, day: string): readonly object[] {
  const of = (id: number, data: object): object => ({
    id: `${meter.code}-${id}`,
    source: 'console',
    service: 'trial',
    type: meter.eventType,
    time: `${day}T12:00:00Z`,
    data,
  })
  if (meter.aggregator === 'count')
    return Array.from({ length: Math.min(Number(quantity) || 0, MAX_COUNTED) }, (_, at) => of(at, {}))
  return [of(0, meter.property === undefined ? {} : { [meter.property]: quantity })]
}

function Result({ trial, plan }: { readonly trial: Trial; readonly plan: PlanVersion }): ReactNode {
  const { say } = useWords()
  const { money, number } = useWritten()
  const nameOf = (code: string): string => contentOf(plan).prices.find((price) => price.code === code)?.name ?? code
  return (
    <div>
      <table>
        <TableHead first={say('paper.price')} figures={[say('column.quantity'), say('column.amount')]} />
        <tbody>
          {trial.items.map(({ price, cell, period, quantity, unit, amount }) => (
            <tr key={`${price} ${cell} ${period}`}>
              <td>
                {nameOf(price)} <span className="small faint">{cell}</span>
              </td>
              <td className="right figure">
                {number(quantity)} {unit}
              </td>
              <td className="right figure">{money(amount, trial.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="row spread" role="status">
        <strong>{say('paper.total')}</strong> <strong className="figure">{money(trial.total, trial.currency)}</strong>
      </p>
      {trial.leftOut > 0 && (
        <div className="notice warn small">
          {say('try.leftOut', { n: trial.leftOut })}
          <ul>
            {trial.firstLeftOut.map(({ index, reason, detail }) => (
              <li key={index}>
                {reason}: {detail}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
