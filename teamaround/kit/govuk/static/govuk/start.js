// Wakes the GOV.UK components. Every page works without it.
// The library's address comes from the page, because the server gives files names of their own.
const { initAll } = await import(document.getElementById("govuk-frontend").href);

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
