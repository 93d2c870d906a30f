import { Button, Modal } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { AnswerOf } from '../../../sdk/src/index.ts'
import { useAsk, useWritten } from '../asking.ts'
import { useWords } from '../words.tsx'
import { Facts, Fault, Waiting } from './feedback.tsx'
import { TableHead } from './table-head.tsx'

type UsedRecord = NonNullable<Explained['records']>[number]
type Explained = AnswerOf<'get', '/v1/invoice-lines/{id}/explain'>

const FIRST = 20
const MORE = 500

/** An amount opened: the price version, how it came about, how it was rounded, and the records behind it. */
export function Explain({ line, onClose }: { readonly line: string; readonly onClose: () => void }): ReactNode {
  const { say, language } = useWords()
  const { money, number } = useWritten()
  const [limit, setLimit] = useState(FIRST)
  const answer = useAsk('/v1/invoice-lines/{id}/explain', { id: line, records: limit, language }, { keep: true })
  const found = answer.data
  return (
    <Modal
      opened
      onClose={onClose}
      title={found?.description ?? say('explain.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': say('act.close') }}
    >
      {answer.isError && <Fault error={answer.error} />}
      {answer.isPending && <Waiting />}
      {found !== undefined && (
        <div className="stack">
          <div>
            {found.text
              .split('\n')
              .filter((sentence) => sentence.trim() !== '')
              .slice(1)
              .map((sentence) => (
                <div key={sentence}>{sentence}</div>
              ))}
          </div>
          <Facts
            of={[
              [
                'explain.plan',
                found.plan && (
                  <Link
                    to="/plans/$reference"
                    params={{ reference: found.plan.code }}
                    search={{ version: String(found.plan.version) } as never}
                  >
                    {say('plan.version', { plan: found.plan.code, version: found.plan.version })}
                  </Link>
                ),
              ],
              ['explain.model', found.model],
              ['explain.meter', found.meter && `${found.meter.code}: ${found.meter.aggregator}, ${found.meter.unit}`],
              ['explain.used', found.aggregate && `${number(found.aggregate.quantity)} ${found.aggregate.unit}`],
              ['explain.exact', number(found.rounding.exactAmount)],
              ['explain.before', money(found.rounding.billedBefore, found.rounding.currency)],
              [
                'explain.rounded',
                `${money(found.rounding.amount, found.rounding.currency)} (${found.rounding.roundedTo})`,
              ],
            ]}
          />
          {found.parts !== undefined && found.parts.length > 0 && (
            <Parts parts={found.parts} currency={found.rounding.currency} />
          )}
          {found.records !== undefined && (
            <Records
              records={found.records}
              of={found.thisLine?.records ?? found.records.length}
              currency={found.rounding.currency}
              unit={found.meter?.unit ?? ''}
              onMore={limit === FIRST ? () => setLimit(MORE) : undefined}
            />
          )}
        </div>
      )}
    </Modal>
  )
}

function Parts({
  parts,
  currency,
}: {
  readonly parts: NonNullable<Explained['parts']>
  readonly currency: string
}): ReactNode {
  const { say } = useWords()
  const { number } = useWritten()
  return (
    <section>
      <h3>{say('explain.parts')}</h3>
      <table>
        <TableHead
          first={say('explain.part')}
          figures={[say('column.quantity'), say('paper.price'), `${say('column.amount')}, ${currency}`]}
        />
        <tbody>
          {parts.map(({ label, units, unitAmount, flatAmount, amount }) => (
            <tr key={label}>
              <td>{label}</td>
              <td className="right figure">{number(units)}</td>
              <td className="right figure">
                {[unitAmount, flatAmount]
                  .filter((price) => price !== null)
                  .map((price) => number(price))
                  .join(' + ')}
              </td>
              <td className="right figure">{number(amount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Records(props: {
  readonly records: readonly UsedRecord[]
  readonly of: number
  readonly currency: string
  readonly unit: string
  readonly onMore?: (() => void) | undefined
}): ReactNode {
  const { say } = useWords()
  const { number, time } = useWritten()
  return (
    <section>
      <h3>{say('explain.records', { n: props.of })}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={say('explain.records', { n: props.of })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('column.at')}</th>
              <th scope="col">{say('column.service')}</th>
              <th scope="col">{say('explain.record')}</th>
              <th scope="col" className="right">{`${say('column.quantity')}, ${props.unit}`}</th>
              <th scope="col" className="right">{`${say('explain.charge')}, ${props.currency}`}</th>
              <th scope="col" className="right">
                {say('explain.segment')}
              </th>
            </tr>
          </thead>
          <tbody>
            {props.records.map((record) => (
              <tr key={`${record.source} ${record.id}`}>
                <td>{time(record.time)}</td>
                <td className="mono">{record.service}</td>
                <td className="mono">
                  {record.source} {record.id}
                </td>
                <td className="right figure">{number(record.quantity)}</td>
                <td className="right figure">{number(record.charge)}</td>
                <td className="right figure">{record.segment}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {props.onMore !== undefined && props.records.length < props.of && (
        <Button variant="default" onClick={props.onMore}>
          {say('explain.more')}
        </Button>
      )}
    </section>
  )
}
