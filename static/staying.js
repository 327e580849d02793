// Keeps a session alive while somebody types an answer, and warns before it ends. Without scripts the page works as it
// is: what is sent after the end is kept on the page of the refusal. An open page in which nobody types sends nothing.
const page = document.querySelector("[data-still-answering]");
if (page) {
  const address = page.dataset.stillAnswering;
  const idle = Number(page.dataset.idleSeconds) * 1000;
  const token = page.querySelector("input[name=csrf_token]").value;
  const note = document.querySelector(".cairn-going");
  const [soon, over] = note.querySelectorAll("p");
  let alive = Date.now();
  let typed = false;

  const say = (which) => {
    note.hidden = !which;
    soon.hidden = which !== soon;
    over.hidden = which !== over;
  };
  const stay = async () => {
    typed = false;
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrf_token: token }),
      redirect: "error",
    }).catch(() => null);
    if (answer && answer.status === 204) {
      alive = Date.now();
      say(null);
    } else if (answer && answer.status === 401) {
      alive = 0;
    }
  };
  page.addEventListener("input", () => {
    typed = true;
    if (Date.now() - alive > idle - 120_000) stay();
  });
  setInterval(() => {
    const quiet = Date.now() - alive;
    if (typed && quiet > 60_000 && quiet < idle) stay();
    else if (quiet >= idle) say(over);
    else if (quiet > idle - 120_000) say(soon);
  }, 5_000);
}
