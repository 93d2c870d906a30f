import { NativeSelect } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Account } from '../../../sdk/src/index.ts'
import { useAsk, useWritten } from '../asking.ts'
import { Empty, Fault, Waiting } from '../parts/feedback.tsx'
import { Paper } from '../parts/paper.tsx'
import { useWords } from '../words.tsx'

/** What would be billed next, with the usage of now. */
export function NextBill({ accounts }: { readonly accounts: readonly Account[] }): ReactNode {
  const { say } = useWords()
  const { time, day } = useWritten()
  const [id, setId] = useState(accounts[0]?.id)
  const answer = useAsk('/v1/accounts/{reference}/next-invoice', id === undefined ? null : { reference: id })
  if (id === undefined) return <Empty title={say('customer.noAccount')} />
  return (
    <div className="stack">
      {accounts.length > 1 && (
        <NativeSelect
          label={say('column.account')}
          value={id}
          onChange={({ currentTarget }) => setId(currentTarget.value)}
          data={accounts.map(({ id: value, key }) => ({ value, label: key }))}
        />
      )}
      {answer.isError && <Fault error={answer.error} again={() => void answer.refetch()} />}
      {answer.isPending && <Waiting />}
      {answer.data !== undefined && (
        <>
          <p className="faint">
            {say('next.asOf', { until: day(answer.data.until), time: time(answer.data.usageAsOf) })}
          </p>
          {answer.data.documents.length === 0 && <Empty title={say('next.none')}>{say('next.noneWhy')}</Empty>}
          {answer.data.documents.map((document) => (
            <div key={`${document.purpose} ${document.period.from}`} className="stack">
              {(document.held ?? []).map((why) => (
                <p className="notice warn" key={why}>
                  {why}
                </p>
              ))}
              <Paper document={document} isIssued={false} />
            </div>
          ))}
        </>
      )}
    </div>
  )
}
