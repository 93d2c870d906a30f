import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useKvit } from '../asking.ts'
import { saveFile } from '../parts/csv-button.tsx'
import { Fault } from '../parts/feedback.tsx'
import { checkProof } from '../proof-check.ts'
import { useWords } from '../words.tsx'
import type { WholeDocument } from './columns.tsx'

/** The proof of a document, checked here: by the same functions that anybody can run offline, and by nothing that the server says. */
export function Proof({ of }: { readonly of: WholeDocument }): ReactNode {
  const { say } = useWords()
  const client = useKvit()
  const check = useMutation({
    mutationFn: async () => {
      const text = await (await client.send('get', '/v1/invoices/{reference}/proof', { reference: of.id })).text()
      return { text, found: checkProof(text, of) }
    },
  })
  const found = check.data?.found
  const steps = found?.kind === 'steps' ? found.steps : []
  const holds = steps.every((step) => step.holds)
  return (
    <section className="sheet stack">
      <p>{say('proof.what')}</p>
      <div className="row">
        <Button loading={check.isPending} onClick={() => check.mutate()}>
          {say('proof.check')}
        </Button>
        {check.data !== undefined && (
          <Button
            variant="default"
            onClick={() =>
              saveFile(`${of.number}-proof.json`, new Blob([check.data.text], { type: 'application/json' }))
            }
          >
            {say('proof.save')}
          </Button>
        )}
      </div>
      {check.isError && <Fault error={check.error} />}
      {found?.kind === 'none' && (
        <p className="notice bad" role="alert">
          {say('proof.none')}
        </p>
      )}
      {found?.kind === 'other' && (
        <p className="notice bad" role="alert">
          {say('proof.other', { other: found.number, number: of.number })}
        </p>
      )}
      {steps.length > 0 && (
        <>
          <p className={`notice ${holds ? 'good' : 'bad'}`} role="status">
            {say(holds ? 'proof.holds' : 'proof.fails')}
          </p>
          <ol className="timeline">
            {steps.map(({ step, holds: ok, detail }) => (
              <li key={step}>
                <span className={`badge ${ok ? 'good' : 'bad'}`}>{say(ok ? 'proof.ok' : 'proof.wrong')}</span>{' '}
                <strong>{step}</strong>
                <div className="small mono faint">{detail}</div>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}
