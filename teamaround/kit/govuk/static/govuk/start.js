// Wakes the GOV.UK components. Every page works without it.
// The library's address comes from the page, because the server gives files names of their own.
const { initAll } = await import(document.getElementById("govuk-frontend").href);

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// ARIA allows aria-expanded on tick boxes and not on radio buttons; what a radio button opens comes right after it.
function withoutExpandedRadios() {
  for (const radio of document.querySelectorAll("input[type=radio][aria-expanded]")) radio.removeAttribute("aria-expanded");
}
withoutExpandedRadios();
addEventListener("click", withoutExpandedRadios);
addEventListener("pageshow", withoutExpandedRadios);
