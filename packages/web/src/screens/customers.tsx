import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Customer } from '../../../sdk/src/index.ts'
import { useWritten } from '../asking.ts'
import { Empty, PageHead } from '../parts/feedback.tsx'
import type { ListColumn } from '../parts/list-column.ts'
import { ListTable } from '../parts/list-table.tsx'
import { useSession } from '../session.tsx'
import { sayCode, useWords } from '../words.tsx'
import { ToCustomer } from './columns.tsx'

export function CustomersScreen(): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const { time } = useWritten()
  const columns: readonly ListColumn<Customer>[] = [
    {
      id: 'name',
      head: 'column.name',
      cell: ({ id, name }) => <ToCustomer id={id}>{name}</ToCustomer>,
      text: ({ name }) => name,
    },
    { id: 'key', head: 'column.key', cell: ({ key }) => <span className="mono">{key}</span>, text: ({ key }) => key },
    { id: 'email', head: 'column.email', cell: ({ email }) => email ?? '', text: ({ email }) => email ?? '' },
    {
      id: 'kind',
      head: 'column.kind',
      cell: ({ kind }) => (kind === null ? '' : sayCode(say, 'kind', kind)),
      text: ({ kind }) => kind ?? '',
    },
    {
      id: 'taxIds',
      head: 'column.taxIds',
      cell: ({ taxIds }) => taxIds.join(', '),
      text: ({ taxIds }) => taxIds.join(' '),
      isExtra: true,
    },
    {
      id: 'language',
      head: 'column.language',
      cell: ({ language }) => language,
      text: ({ language }) => language,
      isExtra: true,
    },
    { id: 'made', head: 'column.made', cell: ({ createdAt }) => time(createdAt), text: ({ createdAt }) => createdAt },
  ]
  const add = may('customers:write') ? (
    <Button component={Link} to="/customers/new">
      {say('customer.new')}
    </Button>
  ) : undefined
  return (
    <>
      <PageHead title={say('place.customers')} acts={add} />
      <ListTable
        name="customers"
        path="/v1/customers"
        find="customers.find"
        columns={columns}
        filters={[
          { name: 'createdFrom', label: 'filter.madeFrom' },
          { name: 'createdUntil', label: 'filter.madeUntil' },
        ]}
        empty={
          <Empty title={say('customers.none')} act={add}>
            {say('customers.noneHow')}
          </Empty>
        }
      />
    </>
  )
}
