import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, type ReactNode, useState } from 'react'
import { currencyCodes } from '../../../../src/core/base/currency.ts'
import type { Kvit, PlanVersion } from '../../../sdk/src/index.ts'
import { useAsk, useNow, useWrite } from '../asking.ts'
import { LANGUAGES } from '../languages.ts'
import { midnightIn } from '../midnight.ts'
import { Empty, Fault, PageHead, Waiting } from '../parts/feedback.tsx'
import { useSession } from '../session.tsx'
import { useWords } from '../words.tsx'

interface Named {
  readonly id: string
  readonly key: string
  readonly name: string
}
type Fields = Readonly<Record<string, string>>

/** A new customer with an account, what usage points at, and a contract: four requests of the API, each with one effect however often it is sent. */
export function OnboardScreen(): ReactNode {
  const { say } = useWords()
  const issuers = useAsk('/v1/issuers', { limit: 100 })
  const plans = useAsk('/v1/plans', {})
  const now = useNow()
  if (issuers.isError) return <Fault error={issuers.error} />
  // A form begins with what it offers: nothing of it comes later.
  if (issuers.data === undefined || now === undefined || plans.isPending) return <Waiting />
  return (
    <>
      <PageHead title={say('customer.new')}>{say('onboard.what')}</PageHead>
      {issuers.data.items.length === 0 ? (
        <NewIssuer />
      ) : (
        <OnboardForm issuers={issuers.data.items} plans={plans.data?.items ?? []} now={now} />
      )}
    </>
  )
}

/** Documents say who issues them: without that there is nothing to bill with. */
function NewIssuer(): ReactNode {
  const { say } = useWords()
  const make = useWrite()
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const body = filled(event.currentTarget)
    const { name = '', address = '' } = body
    make.mutate(async (client) => client.post('/v1/issuers', { body: { key: keyFor(name), name, address } }))
  }
  return (
    <section className="sheet">
      <Empty title={say('onboard.noIssuer')}>{say('onboard.noIssuerHow')}</Empty>
      <form className="stack" onSubmit={submit}>
        <TextInput name="name" label={say('onboard.issuerName')} required />
        <TextInput name="address" label={say('column.address')} required />
        {make.isError && <Fault error={make.error} />}
        <Button type="submit" loading={make.isPending}>
          {say('onboard.issuerMake')}
        </Button>
      </form>
    </section>
  )
}

/** What was filled in; what is empty is left out. */
export function filled(form: HTMLFormElement): Record<string, string> {
  const fields = Object.entries(Object.fromEntries(new FormData(form)) as Record<string, string>)
  return Object.fromEntries(fields.map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ''))
}

/** A name as a key: what keys may not have is a hyphen. */
function keyFor(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return (
    plain
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60) || 'customer'
  )
}

function OnboardForm(props: {
  readonly issuers: readonly Named[]
  readonly plans: readonly PlanVersion[]
  /** Null where it may not be asked for: then nobody is told which days may be meant. */
  readonly now: string | null
}): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const navigate = useNavigate()
  // After a fault it goes on where it was: a step with the same body has one effect.
  const make = useWrite<{ readonly id: string }>(
    ({ id }) => void navigate({ to: '/customers/$reference', params: { reference: id } }),
  )
  const [name, setName] = useState('')
  const [currency, setCurrency] = useState(props.plans.at(-1)?.currency ?? 'EUR')
  const [isPrepaid, setPrepaid] = useState(false)
  const newest = [...new Map(props.plans.map((plan) => [plan.code, plan])).values()].filter(
    (plan) => plan.currency === currency,
  )
  const month = props.now === null ? '' : `${props.now.slice(0, 7)}-01`
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        const fields = filled(event.currentTarget)
        make.mutate(async (client) => makeAll(client, fields, isPrepaid, month))
      }}
    >
      <fieldset className="sheet">
        <legend>{say('onboard.who')}</legend>
        <div className="cards fields">
          <TextInput
            name="name"
            label={say('column.name')}
            required
            autoFocus
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <TextInput
            name="key"
            label={say('column.key')}
            description={say('onboard.keyWhy')}
            placeholder={keyFor(name)}
          />
          <TextInput name="email" type="email" label={say('column.email')} />
          <TextInput name="address" label={say('column.address')} />
          <NativeSelect
            name="language"
            label={say('onboard.language')}
            data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          />
          <NativeSelect
            name="kind"
            label={say('column.kind')}
            data={['consumer', 'business', 'public_body'].map((value) => ({
              value,
              label: say(`kind.${value as 'consumer'}`),
            }))}
          />
        </div>
      </fieldset>
      <fieldset className="sheet">
        <legend>{say('onboard.account')}</legend>
        <div className="cards fields">
          <NativeSelect
            name="issuer"
            label={say('onboard.issuer')}
            data={props.issuers.map(({ key, name: label }) => ({ value: key, label }))}
          />
          <NativeSelect
            name="currency"
            label={say('column.currency')}
            value={currency}
            onChange={({ currentTarget }) => setCurrency(currentTarget.value)}
            data={currencyCodes()}
          />
          <TextInput
            name="zone"
            label={say('onboard.zone')}
            defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone}
            required
          />
          <TextInput
            name="cycleAnchor"
            type="date"
            label={say('onboard.anchor')}
            description={say('onboard.anchorWhy')}
            defaultValue={month}
            required
          />
        </div>
        <Checkbox
          mt="md"
          label={say('onboard.prepaid')}
          description={say('onboard.prepaidWhy')}
          checked={isPrepaid}
          onChange={({ currentTarget }) => setPrepaid(currentTarget.checked)}
        />
      </fieldset>
      <fieldset className="sheet">
        <legend>{say('onboard.contract')}</legend>
        <div className="cards fields">
          <NativeSelect
            name="plan"
            label={say('onboard.plan')}
            key={currency}
            defaultValue={newest[0]?.code ?? ''}
            data={[
              { value: '', label: say('onboard.noPlan') },
              ...newest.map(({ code, content }) => ({ value: code, label: `${content.name} · ${code}` })),
            ]}
          />
          <TextInput name="startsOn" type="date" label={say('onboard.starts')} defaultValue={month} required />
          <TextInput name="service" label={say('onboard.service')} description={say('onboard.serviceWhy')} />
        </div>
        {newest.length === 0 && (
          <p className="notice">
            {say('onboard.noPlans', { currency })}{' '}
            {may('catalog:read') && <Link to="/plans">{say('place.plans')}</Link>}
          </p>
        )}
      </fieldset>
      {make.isError && <Fault error={make.error} />}
      <div className="row">
        <Button type="submit" loading={make.isPending}>
          {say('onboard.make')}
        </Button>
      </div>
    </form>
  )
}

async function makeAll(
  client: Kvit,
  fields: Fields,
  isPrepaid: boolean,
  month: string,
): Promise<{ readonly id: string }> {
  const { name = '', key = keyFor(name), email, address, service, plan } = fields
  const { issuer, currency, zone = 'UTC', cycleAnchor } = fields
  const starts = midnightIn(zone, fields['startsOn'] ?? month)
  const person = {
    key,
    name,
    language: fields['language'],
    kind: fields['kind'],
    ...(email ? { email } : {}),
    ...(address ? { address } : {}),
  } as const
  const customer = await client.post('/v1/customers', { body: person as never })
  const account = { key, customer: key, issuer, currency, zone, cycleAnchor, creditLimit: isPrepaid ? '0' : null }
  await client.post('/v1/accounts', { body: account as never })
  if (service !== undefined) {
    const place = { key: service, account: key, validFrom: starts }
    await client.post('/v1/services', { body: place })
  }
  if (plan !== undefined) {
    const contract = {
      key: `${key}-1`,
      account: key,
      plan,
      startsAt: starts,
      alignment: 'calendar',
      quantity: 1,
      ...(service === undefined ? {} : { service }),
    } as const
    await client.post('/v1/subscriptions', { body: contract })
  }
  return customer
}
