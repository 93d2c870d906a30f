import { Modal, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import { keyOf } from '../api.ts'
import { useKvit } from '../asking.ts'
import { PLACES } from '../places.ts'
import { useSession } from '../session.tsx'
import { useWords } from '../words.tsx'

interface Found {
  readonly id: string
  readonly label: string
  readonly kind: string
  readonly to: string
}

const OF_EACH = 5
const NONE = { items: [] } as const
const TYPING_MS = 180

/** Finds customers, accounts, documents, plans and places by a few letters, without a mouse. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useFound(text)
  useEffect(() => setAt(0), [text])
  const go = (choice: Found | undefined): void => {
    if (choice === undefined) return
    onClose()
    void navigate({ to: choice.to })
  }
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setAt((now) => (now + step + found.length) % Math.max(found.length, 1))
    } else if (event.key === 'Enter') go(found[at])
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={say('palette.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': say('act.close') }}
    >
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={found[at] === undefined ? undefined : `found-${found[at].id}`}
        aria-label={say('palette.title')}
        placeholder={say('palette.hint')}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={onKey}
      />
      <div id="palette-list" className="palette-list" role="listbox" aria-label={say('palette.found')}>
        {found.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the combobox
          <div
            key={choice.id}
            id={`found-${choice.id}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            onMouseEnter={() => setAt(index)}
            onClick={() => go(choice)}
          >
            <span>{choice.label}</span>
            <span className="small faint">{choice.kind}</span>
          </div>
        ))}
        {found.length === 0 && <p className="faint">{say('list.none')}</p>}
      </div>
    </Modal>
  )
}

/** Places and actions at once; what the server has a moment after the last letter. */
function useFound(text: string): readonly Found[] {
  const { say } = useWords()
  const { may, tenant } = useSession()
  const client = useKvit()
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  const answer = useQuery({
    queryKey: [tenant, 'palette', asked],
    enabled: asked.length > 1,
    queryFn: async (): Promise<readonly Found[]> => {
      const [customers, accounts, documents] = await Promise.all([
        may('customers:read') ? client.get('/v1/customers', { text: asked, limit: OF_EACH }) : NONE,
        may('customers:read') ? client.get('/v1/accounts', { text: asked, limit: OF_EACH }) : NONE,
        may('invoices:read') ? client.get('/v1/invoices', { number: asked, limit: OF_EACH }) : NONE,
      ])
      return [
        ...customers.items.map(({ id, key, name }) => ({
          id,
          label: `${name} · ${key}`,
          kind: say('palette.customer'),
          to: `/customers/${id}`,
        })),
        ...accounts.items.map(({ id, key, customerName, customer }) => ({
          id,
          label: `${key} · ${customerName}`,
          kind: say('palette.account'),
          to: `/customers/${keyOf(customer)}`,
        })),
        ...documents.items.map(({ id, number, customerName }) => ({
          id,
          label: `${number} · ${customerName}`,
          kind: say('palette.document'),
          to: `/documents/${id}`,
        })),
      ]
    },
  })
  const places = PLACES.flatMap(({ places: all }) => all)
    .filter(({ scope }) => scope === null || may(scope))
    .map(({ to, word }) => ({ id: to.replaceAll('/', '-'), label: say(word), kind: say('palette.place'), to }))
  const acts = may('customers:write')
    ? [{ id: 'new-customer', label: say('customer.new'), kind: say('palette.act'), to: '/customers/new' }]
    : []
  const near = [...acts, ...places].filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()))
  return [...(asked.length > 1 ? (answer.data ?? []) : []), ...near]
}
