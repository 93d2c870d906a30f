import { Button, Checkbox, Menu, NativeSelect, TextInput } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { ItemOf, Page } from '../../../sdk/src/index.ts'
import { useAsk } from '../asking.ts'
import { useWords, type Word } from '../words.tsx'
import { CsvButton } from './csv-button.tsx'
import { Fault, Waiting } from './feedback.tsx'
import type { ListAt, ListColumn } from './list-column.ts'

interface ListFilter {
  readonly name: string
  readonly label: Word
  /** Values with their words; without them a day is asked for. */
  readonly options?: readonly (readonly [string, string])[]
}

interface Props<P extends ListAt, T extends ItemOf<P>> {
  /** What columns are remembered under, and CSV files are called. */
  readonly name: string
  readonly path: P
  /** What the list is narrowed to, whatever its reader chooses. */
  readonly fixed?: Readonly<Record<string, string>>
  readonly columns: readonly ListColumn<T>[]
  readonly filters?: readonly ListFilter[]
  /** Whether rows can be found by a text, and what it is compared with. */
  readonly find?: Word
  /** What a typed text is asked by, where that is not always `text`. */
  readonly findBy?: (text: string) => string
  readonly order?: 'newest' | 'oldest'
  readonly empty: ReactNode
}

type Search = Readonly<Record<string, string | undefined>>
const features = tableFeatures({ columnVisibilityFeature })
const TYPING_MS = 250

/** Any list of the API as a table: filters, order and page stand in the address; columns are chosen; all of it as CSV. */
export function ListTable<
  P extends ListAt,
  T extends ItemOf<P> & { readonly id: string } = ItemOf<P> & { readonly id: string },
>(props: Props<P, T>): ReactNode {
  const { say } = useWords()
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const names = ['text', ...(props.filters ?? []).map(({ name }) => name)]
  const chosen = Object.fromEntries(names.map((name) => [name, search[name]]))
  const { text, ...filtered } = chosen
  const found = text === undefined ? {} : { [props.findBy?.(text) ?? 'text']: text }
  const query = { order: search['order'] ?? props.order ?? 'newest', ...filtered, ...found, ...props.fixed }
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''))
  const answer = useAsk(
    props.path as '/v1/customers',
    { ...given, cursor: search['cursor'], before: search['before'] } as object,
    { keep: true },
  ) as unknown as UseQueryResult<Page<T> & Turns>
  const set = (change: Search): void => {
    const next = { ...search, cursor: undefined, before: undefined, ...change }
    void navigate({ to: '.', search: next as never, replace: true, resetScroll: false })
  }
  const [visible, setVisible] = useColumns(props)
  const columns = useMemo(() => props.columns.map(({ id, head }) => ({ id, header: head })), [props.columns])
  const table = useTable({
    ...{ features, columns, data: answer.data?.items ?? [] },
    state: { columnVisibility: visible },
    getRowId: ({ id }) => id,
  })
  const shown = table.getVisibleLeafColumns().flatMap(({ id }) => props.columns.filter((column) => column.id === id))
  const isNarrowed = Object.values(chosen).some(Boolean)
  return (
    <section className="sheet flush" aria-busy={answer.isFetching}>
      <div className="filters">
        {props.find !== undefined && (
          <FindField
            label={say(props.find)}
            value={search['text'] ?? ''}
            onFind={(text) => set({ text: text || undefined })}
          />
        )}
        {(props.filters ?? []).map((filter) => (
          <FilterField
            key={filter.name}
            filter={filter}
            value={search[filter.name] ?? ''}
            onChoose={(value) => set({ [filter.name]: value || undefined })}
          />
        ))}
        <NativeSelect
          label={say('list.order')}
          value={query.order}
          onChange={({ currentTarget }) => set({ order: currentTarget.value })}
          data={[
            { value: 'newest', label: say('list.newest') },
            { value: 'oldest', label: say('list.oldest') },
          ]}
        />
        <ColumnMenu columns={props.columns} visible={visible} onChange={setVisible} />
        <CsvButton name={props.name} path={props.path} asks={given} columns={shown} />
      </div>
      {answer.isError && <Fault error={answer.error} again={() => void answer.refetch()} />}
      {answer.isPending && <Waiting />}
      {answer.data !== undefined &&
        answer.data.items.length === 0 &&
        (isNarrowed ? <p className="empty">{say('list.none')}</p> : props.empty)}
      {answer.data !== undefined && answer.data.items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section className="scroll" tabIndex={0} aria-label={say('list.rows')}>
          <Rows columns={shown} rows={table.getRowModel().rows.map(({ original }) => original)} />
        </section>
      )}
      <Paging
        page={answer.data}
        onTurn={set}
        isLater={search['cursor'] !== undefined || search['before'] !== undefined}
      />
    </section>
  )
}

/** A plain table of rows that are there already. */
export function Rows<T extends { readonly id: string }>(props: {
  readonly columns: readonly ListColumn<T>[]
  readonly rows: readonly T[]
}): ReactNode {
  const { say } = useWords()
  return (
    <table className="list">
      <thead>
        <tr>
          {props.columns.map(({ id, head, isFigure }) => (
            <th key={id} scope="col" className={isFigure === true ? 'right' : undefined}>
              {say(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.id}>
            {props.columns.map(({ id, cell, isFigure }) => (
              <td key={id} className={isFigure === true ? 'right figure' : undefined}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function FindField(props: {
  readonly label: string
  readonly value: string
  readonly onFind: (text: string) => void
}): ReactNode {
  const [typed, setTyped] = useState(props.value)
  const { value, onFind } = props
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return undefined
    const timer = setTimeout(() => onFind(typed), TYPING_MS)
    return () => clearTimeout(timer)
  })
  return (
    <TextInput
      className="wide"
      type="search"
      label={props.label}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  )
}

function FilterField(props: {
  readonly filter: ListFilter
  readonly value: string
  readonly onChoose: (value: string) => void
}): ReactNode {
  const { say } = useWords()
  const { label, options } = props.filter
  const choose = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void =>
    props.onChoose(currentTarget.value)
  if (options === undefined) return <TextInput type="date" label={say(label)} value={props.value} onChange={choose} />
  const data = [{ value: '', label: say('list.all') }, ...options.map(([value, text]) => ({ value, label: text }))]
  return <NativeSelect label={say(label)} value={props.value} onChange={choose} data={data} />
}

/** Which columns are shown, remembered in this browser. */
function useColumns<T>({
  name,
  columns,
}: {
  readonly name: string
  readonly columns: readonly ListColumn<T>[]
}): [Record<string, boolean>, (visible: Record<string, boolean>) => void] {
  const key = `kvit.columns.${name}`
  const [visible, setVisible] = useState<Record<string, boolean>>(() => ({
    ...Object.fromEntries(columns.map(({ id, isExtra }) => [id, isExtra !== true])),
    ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, boolean>),
  }))
  return [
    visible,
    (next) => {
      localStorage.setItem(key, JSON.stringify(next))
      setVisible(next)
    },
  ]
}

function ColumnMenu<T>(props: {
  readonly columns: readonly ListColumn<T>[]
  readonly visible: Record<string, boolean>
  readonly onChange: (visible: Record<string, boolean>) => void
}): ReactNode {
  const { say } = useWords()
  const count = props.columns.filter(({ id }) => props.visible[id] !== false).length
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button variant="default">{say('list.columns')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {props.columns.map(({ id, head }) => {
          const isOn = props.visible[id] !== false
          const isLast = isOn && count === 1
          return (
            <Menu.Item
              key={id}
              role="menuitemcheckbox"
              aria-checked={isOn}
              disabled={isLast}
              onClick={() => props.onChange({ ...props.visible, [id]: !isOn })}
              leftSection={<Checkbox.Indicator checked={isOn} size="xs" />}
            >
              {say(head)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

interface Turns {
  readonly nextCursor?: string | null
  readonly previousCursor?: string | null
}

function Paging(props: {
  readonly page: Turns | undefined
  readonly isLater: boolean
  readonly onTurn: (change: Search) => void
}): ReactNode {
  const { say } = useWords()
  const next = props.page?.nextCursor
  const before = props.page?.previousCursor
  if (next == null && before == null && !props.isLater) return null
  return (
    <div className="foot">
      <Button variant="default" disabled={before == null} onClick={() => props.onTurn({ before: before ?? undefined })}>
        {say('list.previous')}
      </Button>
      <Button variant="default" disabled={next == null} onClick={() => props.onTurn({ cursor: next ?? undefined })}>
        {say('list.next')}
      </Button>
    </div>
  )
}
