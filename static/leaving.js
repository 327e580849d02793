// Leaves a sheet at one press, or with the Escape key: the page is emptied and another takes its place in the history, so
// that going back shows nothing of it. Without scripts the link still leads away. It does not erase what a phone remembers.
const way = document.querySelector("[data-leave]");

function leave(event) {
  event.preventDefault();
  window.speechSynthesis?.cancel();
  document.documentElement.replaceChildren();
  location.replace(way.href);
}

way.addEventListener("click", leave);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") leave(event);
});
