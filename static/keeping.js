// Keeps what is typed in a question when its page is left by whatever way. Nothing is recorded, and nothing is stored in
// the browser: it is sent to the server, and is back on the page when it is opened again. Without scripts a button does it.
const form = document.querySelector("form[data-keep-typed]");
if (form) {
  let typed = "typed" in form.dataset;
  const keep = () => {
    if (!typed) return null;
    typed = false;
    return fetch(form.dataset.keepTyped, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(new FormData(form)),
      keepalive: true,
      redirect: "error",
    }).catch(() => {
      typed = true;
    });
  };
  form.addEventListener("input", () => {
    typed = true;
  });
  form.addEventListener("submit", (event) => {
    typed = typed && event.submitter?.value === "danger";
  });
  // Another form leads back here at once, such as that of the language: it waits until what is typed has arrived.
  document.addEventListener("submit", async (event) => {
    if (event.target === form || !typed) return;
    event.preventDefault();
    await keep();
    event.target.submit();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  addEventListener("pagehide", keep);
  for (const way of document.querySelectorAll("[data-not-kept]")) {
    way.addEventListener("click", () => {
      typed = false;
    });
  }
  for (const button of form.querySelectorAll("[data-without-scripts]")) button.remove();
}
