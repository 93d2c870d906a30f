import { Button, Menu, NativeSelect, useMantineColorScheme } from '@mantine/core'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useLive } from './live.ts'
import { Waiting } from './parts/feedback.tsx'
import { TimeBar } from './parts/time-bar.tsx'
import { SignInScreen } from './screens/sign-in.tsx'
import { type Scope, SessionProvider, useSession } from './session.tsx'
import { LANGUAGES, type Language, useWords, type Word } from './words.tsx'

/** Asked for by a key or a click: not part of what is loaded first. */
const Palette = lazy(async () => import('./parts/palette.tsx').then(({ Palette: loaded }) => ({ default: loaded })))

interface Place {
  readonly to: string
  readonly word: Word
  readonly scope: Scope | null
}

/** Where one can go; what the user's roles do not open is not shown. */
export const PLACES: readonly { readonly head: Word | null; readonly places: readonly Place[] }[] = [
  { head: null, places: [{ to: '/', word: 'place.home', scope: null }] },
  {
    head: 'place.people',
    places: [{ to: '/customers', word: 'place.customers', scope: 'customers:read' }],
  },
  {
    head: 'place.money',
    places: [
      { to: '/documents', word: 'place.documents', scope: 'invoices:read' },
      { to: '/payments', word: 'place.payments', scope: 'payments:read' },
      { to: '/bank-lines', word: 'place.bankLines', scope: 'payments:read' },
    ],
  },
  {
    head: 'place.product',
    places: [
      { to: '/plans', word: 'place.plans', scope: 'catalog:read' },
      { to: '/suspense', word: 'place.suspense', scope: 'usage:read' },
    ],
  },
]

export function Shell(): ReactNode {
  return (
    <SessionProvider signedOut={<SignInScreen />}>
      <Frame />
    </SessionProvider>
  )
}

function Frame(): ReactNode {
  const { say } = useWords()
  const { may } = useSession()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const [isFinding, setFinding] = useState(false)
  const { pathname } = useLocation()
  const isLive = useLive(may('events:read'))
  useEffect(() => setMenuOpen(false), [pathname])
  useEffect(() => {
    const open = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setFinding(true)
    }
    window.addEventListener('keydown', open)
    return () => window.removeEventListener('keydown', open)
  }, [])
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {say('shell.skip')}
      </a>
      <nav id="menu" className={`side ${isMenuOpen ? 'open' : ''}`} aria-label={say('shell.menu')}>
        <Link className="brand" to="/">
          <Mark /> Kvit
        </Link>
        {PLACES.map(({ head, places }) => {
          const open = places.filter(({ scope }) => scope === null || may(scope))
          if (open.length === 0) return null
          return (
            <div key={head ?? ''}>
              {head !== null && <div className="group">{say(head)}</div>}
              <ul>
                {open.map(({ to, word }) => (
                  <li key={to}>
                    <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
                      {say(word)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          )
        })}
      </nav>
      <div>
        <header className="top">
          <Button
            className="menu-button"
            variant="default"
            aria-expanded={isMenuOpen}
            aria-controls="menu"
            onClick={() => setMenuOpen(!isMenuOpen)}
          >
            {say('shell.menu')}
          </Button>
          <button type="button" className="find" onClick={() => setFinding(true)}>
            <span>{say('shell.find')}</span>
            <kbd className="wide-only">Ctrl K</kbd>
          </button>
          <div className="last">
            {isLive && (
              <span className="badge good wide-only" title={say('shell.liveWhy')}>
                {say('shell.live')}
              </span>
            )}
            <UserMenu />
          </div>
        </header>
        <TimeBar />
        <main id="main" className="main" tabIndex={-1}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {isFinding && (
        <Suspense fallback={null}>
          <Palette onClose={() => setFinding(false)} />
        </Suspense>
      )}
    </div>
  )
}

export function Mark(): ReactNode {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0b7285" />
      <path d="M8 11.5h16M8 20.5h16" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" />
    </svg>
  )
}

function UserMenu(): ReactNode {
  const { say } = useWords()
  const { me, tenant, roles, setTenant, signOut } = useSession()
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="default">{me.user.name}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.user.email}
          <br />
          {tenant}: {roles.join(', ')}
        </Menu.Label>
        {me.tenants.length > 1 &&
          me.tenants
            .filter(({ name }) => name !== tenant)
            .map(({ name }) => (
              <Menu.Item key={name} onClick={() => setTenant(name)}>
                {say('shell.workIn', { tenant: name })}
              </Menu.Item>
            ))}
        <Menu.Item component={Link} to="/profile">
          {say('shell.profile')}
        </Menu.Item>
        <Menu.Item component="a" href="/reference/">
          {say('shell.reference')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>{say('shell.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Language and light, wherever one is. */
export function Appearance(): ReactNode {
  const { say, language, setLanguage } = useWords()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <div className="row">
      <NativeSelect
        label={say('shell.language')}
        value={language}
        onChange={({ currentTarget }) => setLanguage(currentTarget.value as Language)}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      />
      <NativeSelect
        label={say('shell.colours')}
        value={colorScheme}
        onChange={({ currentTarget }) => setColorScheme(currentTarget.value as typeof colorScheme)}
        data={(['auto', 'light', 'dark'] as const).map((value) => ({ value, label: say(`shell.${value}`) }))}
      />
    </div>
  )
}
