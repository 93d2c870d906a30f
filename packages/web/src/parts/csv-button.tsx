import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Page } from '../../../sdk/src/index.ts'
import { useKvit } from '../asking.ts'
import { toCsv } from '../format.ts'
import { useWords } from '../words.tsx'
import { Fault } from './feedback.tsx'
import type { ListAt, ListColumn } from './list-column.ts'

/** Rows of one page of the API, and pages of one file: what is longer is exported by the API itself. */
const PAGE = 500
const MAX_PAGES = 40

/** Everything that a list has by its filters, in the columns that are shown. */
export function CsvButton<T>(props: {
  readonly name: string
  readonly path: ListAt | '/v1/plans'
  readonly asks?: object
  readonly columns: readonly ListColumn<T>[]
}): ReactNode {
  const { say } = useWords()
  const client = useKvit()
  const [state, setState] = useState<{
    readonly rows: number | null
    readonly error?: unknown
    readonly isCut?: boolean
  }>({ rows: null })
  const fetchAll = async (): Promise<void> => {
    const rows = [props.columns.map(({ head }) => say(head))]
    let cursor: string | null | undefined
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const asks = props.path === '/v1/plans' ? {} : { ...props.asks, limit: PAGE, cursor }
      const page: Page<T> = (await (client.get as (path: string, asks: object) => Promise<unknown>)(
        props.path,
        asks,
      )) as Page<T>
      rows.push(...page.items.map((row) => props.columns.map(({ text }) => text(row))))
      setState({ rows: rows.length - 1 })
      cursor = page.nextCursor
      if (cursor == null) break
    }
    saveFile(`${props.name}.csv`, new Blob(['\ufeff', toCsv(rows)], { type: 'text/csv' }))
    setState({ rows: null, isCut: cursor != null })
  }
  const isBusy = state.rows !== null
  return (
    <>
      <Button
        variant="default"
        disabled={isBusy}
        onClick={() => void fetchAll().catch((error: unknown) => setState({ rows: null, error }))}
      >
        {isBusy ? say('list.csvRows', { n: state.rows ?? 0 }) : say('list.csv')}
      </Button>
      {state.isCut === true && <p className="notice warn small">{say('list.csvCut', { n: PAGE * MAX_PAGES })}</p>}
      {state.error !== undefined && <Fault error={state.error} />}
    </>
  )
}

/** Has the browser keep a file. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}
