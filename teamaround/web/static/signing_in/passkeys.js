// Passkeys are offered where the browser has them, and a ceremony that fails is said on the page.
(() => {
  if (!window.PublicKeyCredential) return
  for (const form of document.querySelectorAll('[data-passkeys]')) form.hidden = false
  document.addEventListener('allauth.error', event => {
    event.preventDefault()
    const problem = document.getElementById('passkey-problem')
    if (problem) problem.hidden = false
  })
})()
