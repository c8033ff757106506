/** How often a page that is looked at is brought up to date. */
const everyMs = 5_000

/**
 * Runs in the browser, on pages that change. It loads the page again and takes over what is new in
 * the parts marked `data-live`; focus and scroll stay where they are. It rests while nobody sees
 * the page, and while a text is being selected.
 */
export const refreshScript = `'use strict'
{
  let timer = 0
  let isBusy = false
  const complaint = document.getElementById('connection')

  function takeOver(page) {
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = page.getElementById(part.id)
      if (!fresh || fresh.innerHTML === part.innerHTML) continue
      const focused = part.contains(document.activeElement) ? document.activeElement.id : ''
      part.replaceChildren(...fresh.childNodes)
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
    }
  }

  async function refresh() {
    if (isBusy || !document.getSelection().isCollapsed) return
    isBusy = true
    try {
      const response = await fetch(location.href, { signal: AbortSignal.timeout(20_000) })
      if (!response.ok) throw new Error(response.statusText)
      takeOver(new DOMParser().parseFromString(await response.text(), 'text/html'))
      complaint.textContent = ''
    } catch {
      complaint.textContent = 'The archiver does not answer. What you see may be old.'
    } finally {
      isBusy = false
    }
  }

  function begin() {
    clearInterval(timer)
    if (!document.hidden) timer = setInterval(refresh, ${everyMs})
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) refresh()
    begin()
  })
  begin()
}
`
