import { Button, Menu } from '@mantine/core'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useLive } from './live.ts'
import { Mark } from './parts/appearance.tsx'
import { Waiting } from './parts/feedback.tsx'
import { TimeBar } from './parts/time-bar.tsx'
import { PLACES } from './places.ts'
import { SignInScreen } from './screens/sign-in.tsx'
import { SessionProvider, useSession } from './session.tsx'
import { useWords } from './words.tsx'

/** Asked for by a key or a click: not part of what is loaded first. */
const Palette = lazy(async () => import('./parts/palette.tsx').then(({ Palette: loaded }) => ({ default: loaded })))

export function Shell(): ReactNode {
  return (
    <SessionProvider signedOut={<SignInScreen />}>
      <Frame />
    </SessionProvider>
  )
}

function Frame(): ReactNode {
  const { say } = useWords()
  const { may, me, tenant } = useSession()
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
            {me.tenants.length > 1 && (
              <span className="badge accent tenant" title={tenant}>
                {tenant}
              </span>
            )}
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
