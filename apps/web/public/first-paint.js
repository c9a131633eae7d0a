// Runs before the first paint. The same keys and rules as src/lib/preferences.ts, tested against each other.
;(function () {
  var root = document.documentElement
  var locale = null
  var theme = null
  try {
    locale = localStorage.getItem('sarai.locale')
    theme = localStorage.getItem('sarai.theme')
  } catch {
    // Storage is switched off: the browser's own language and theme are used.
  }
  if (locale !== 'en' && locale !== 'ur') locale = /^ur\b/i.test(navigator.language) ? 'ur' : 'en'
  root.lang = locale
  root.dir = locale === 'ur' ? 'rtl' : 'ltr'
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
})()
