// Keeps what is typed in a question when its page is left by whatever way. Nothing is recorded, and nothing is stored in
// the browser: it is sent to the server, and is back on the page when it is opened again. Without scripts a button does it.
// Only what the server says it has is kept; before somebody leaves what is not, the browser asks them.
const form = document.querySelector("form[data-keep-typed]");
if (form) {
  // A browser sends no more than 64 KiB from a page that is closing, with what else is on its way.
  const largestWhileClosing = 60_000;
  let typed = "typed" in form.dataset;
  let failed = false;
  let sent = false;
  const written = () => new URLSearchParams(new FormData(form)).toString();
  const keep = async (closing) => {
    if (!typed) return;
    typed = false;
    const body = written();
    const answer = await fetch(form.dataset.keepTyped, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body,
      keepalive: closing || body.length <= largestWhileClosing,
      redirect: "error",
    }).catch(() => null);
    failed = !answer?.ok;
    if (failed && !sent) typed = true;
  };
  form.addEventListener("input", () => {
    typed = true;
    sent = false;
  });
  form.addEventListener("submit", (event) => {
    sent = true;
    typed = typed && event.submitter?.value === "danger";
  });
  // Another form leads back here at once, such as that of the language: it waits until what is typed has arrived.
  document.addEventListener("submit", async (event) => {
    if (event.target === form || !typed) return;
    event.preventDefault();
    await keep(false);
    event.target.submit();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(false);
  });
  addEventListener("pagehide", () => keep(true));
  // The form itself never asks: whoever saves, or says that somebody is in danger, takes everything along.
  addEventListener("beforeunload", (event) => {
    if (sent || !typed || !(failed || written().length > largestWhileClosing)) return;
    event.preventDefault();
    keep(false);
  });
  for (const button of form.querySelectorAll("[data-without-scripts]")) button.remove();
}
