// Keeps what is being typed: <form data-keep="/keep/"> is sent there every few seconds, so that no word is lost.
// Never sent: passwords, files, and the token that makes the form trusted, which goes as a header.

const EVERY = 4000;
const TOKEN = "csrfmiddlewaretoken";
const CLOCK = { hour: "numeric", minute: "2-digit", hour12: true };

const OFFLINE = "Not saved: you are offline. Your words stay on this page.";
const SIGNED_OUT = "Not saved: you are signed out. Your words stay on this page. Sign in again in another tab.";
const NO_ANSWER = "Not saved: the service did not answer. Your words stay on this page, and we keep trying.";

/** Everything typed or chosen in the form, as it would be sent. */
function words(form) {
  const sent = new URLSearchParams();
  for (const field of form.elements) {
    if (!field.name || field.disabled || field.name === TOKEN) continue;
    if (["password", "file", "submit", "button"].includes(field.type)) continue;
    if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
    if (field.type === "select-multiple") {
      for (const option of field.selectedOptions) sent.append(field.name, option.value);
    } else {
      sent.append(field.name, field.value);
    }
  }
  return sent.toString();
}

/** Whether the page already holds words that the server did not put there, as after going back to it. */
function startsUnsaved(form) {
  const refused = document.querySelector(".govuk-error-summary") !== null;
  return refused || [...form.elements].some(typedInto);
}

function typedInto(field) {
  if (field.type === "hidden" || field.type === "password" || field.type === "file") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return "defaultValue" in field && field.value !== field.defaultValue;
}

function statusLine(form) {
  const given = form.querySelector("[data-keeping]");
  if (given) return given;
  const line = document.createElement("p");
  line.className = "ta-keeping";
  line.setAttribute("role", "status");
  form.append(line);
  return line;
}

function keep(form) {
  const line = statusLine(form);
  let saved = startsUnsaved(form) ? null : words(form);
  let leaving = false;
  let underway = null;

  function say(text, kept) {
    line.classList.toggle("ta-keeping--not", !kept);
    if (line.textContent !== text) line.textContent = text; // said again only when it says something new
  }

  async function save({ last = false } = {}) {
    const now = words(form);
    if (leaving || now === saved || (underway && !last)) return;
    underway = new AbortController();
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: new URLSearchParams(now),
        headers: { "X-CSRFToken": form.elements[TOKEN]?.value ?? "" },
        redirect: "manual",
        keepalive: last && now.length < 60000, // browsers refuse more after the page has gone
        signal: underway.signal,
      });
      if (answer.ok) {
        saved = now;
        say(`Saved at ${new Date().toLocaleTimeString("en-GB", CLOCK).replace(/\s/, "")}`, true);
      } else {
        const signedOut = answer.type === "opaqueredirect" || [401, 403].includes(answer.status);
        say(signedOut ? SIGNED_OUT : NO_ANSWER, false);
      }
    } catch (problem) {
      if (problem.name !== "AbortError") say(navigator.onLine ? NO_ANSWER : OFFLINE, false);
    } finally {
      underway = null;
    }
  }

  form.addEventListener("focusout", () => save());
  form.addEventListener("submit", () => {
    leaving = true; // the form itself carries the words now; a late copy must not come after it
    underway?.abort();
  });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("online", () => save());
  addEventListener("pagehide", () => save({ last: true }));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save({ last: true }); });
  addEventListener("beforeunload", (event) => {
    if (!leaving && words(form) !== saved) event.preventDefault(); // the browser asks: leave this page?
  });
  setInterval(save, EVERY);
}

for (const form of document.querySelectorAll("form[data-keep]")) keep(form);
