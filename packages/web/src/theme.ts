import { createTheme, Modal } from '@mantine/core'

/** What Mantine is told; colours and fonts stand in `console.css`, since no style is written into the page. */
export const theme = createTheme({
  primaryColor: 'cyan',
  defaultRadius: 'sm',
  respectReducedMotion: true,
  // Locking the page's own scrolling would write a style into it.
  components: { Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: true } }) },
})
